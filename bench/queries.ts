/**
 * How sure the numbers of the presets are, in calls squared, beside version 0.1 and beside the best that others found, and
 * what the dearest call and the dearest two stories spend. Fails where a goal is missed.
 *
 * usage: npm run bench:queries
 */
import { compileQueries } from '../src/contract/compile.js';
import { presetSchema, tableShapes, toNumber, type Preset } from '../src/contract/plan.js';
import { presetPlan } from '../src/contract/presets.js';
import { spendingOf } from '../src/contract/spending.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { best, meanOf, missedBy, older } from './query-goals.js';
import { variancesOfPlan } from './variances.js';

const QUARTER = '2026-Q4';
const vocabulary = defaultVocabulary();

const fixed = (number: number | null | undefined, digits = 2): string =>
  number == null ? '–' : number.toFixed(digits);
const range = (least: number | undefined, most: number | undefined): string =>
  least === undefined || fixed(least) === fixed(most) ? fixed(least) : `${fixed(least)} to ${fixed(most)}`;
const line = (what: string, ...columns: string[]): string =>
  `  ${what.padEnd(26)}${columns.map((column) => column.padStart(18)).join('')}\n`;

function report(preset: Preset): string[] {
  const plan = presetPlan(preset);
  const queries = compileQueries(plan, vocabulary, QUARTER);
  const variances = variancesOfPlan({ quarter: QUARTER, plan, vocabulary, queries });
  const { call, story } = spendingOf(queries, tableShapes(plan, vocabulary, QUARTER));
  const [before, others] = [older[preset], best[preset]];
  const { totals, tables } = variances;
  const written = [
    `${preset}: ${queries.length} queries\n`,
    line('', 'Tyst', '0.1', 'best found'),
    line('mean of a cell', ...[meanOf(variances), before?.mean, others?.mean].map((one) => fixed(one))),
    line('contacts', ...[totals.all, before?.contacts, others?.contacts].map((one) => fixed(one))),
    line(
      'conversations',
      ...[totals.conversation, before?.conversations, others?.conversations].map((one) => fixed(one)),
    ),
    ...[...tables].map(([id, cells]) =>
      line(
        id,
        range(Math.min(...cells), Math.max(...cells)),
        range(before?.tables[id]?.[0], before?.tables[id]?.[1]),
        range(others?.tables[id]?.[0], others?.tables[id]?.[1]),
      ),
    ),
    line('dearest call, of rho', fixed(toNumber(call), 4), '–', fixed(others?.dearestCall, 4)),
    line('two stories, of 2 rho', fixed(toNumber(story), 4), '–', fixed((others?.twoStories ?? NaN) / 2, 4)),
  ];
  process.stdout.write(`${written.join('')}\n`);
  return missedBy(preset, variances);
}

const missed = presetSchema.options.flatMap(report);
process.stdout.write(missed.length === 0 ? 'All goals are reached.\n' : `Missed: ${missed.join('; ')}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
