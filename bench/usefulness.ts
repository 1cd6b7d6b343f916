/**
 * What a reader gets: how many cells are shown and how far they are from the truth, on made-up calls, beside two
 * methods that others use, and with and without consistency. Writes docs/usefulness.md.
 *
 * usage: npm run bench:usefulness -- [share of the full number of runs, default 1]
 */
import { writeFileSync } from 'node:fs';
import { monthsOfQuarter, quartersOfYear, type Quarter } from '../src/contract/period.js';
import { isMonthly, tableShape, type Preset } from '../src/contract/plan.js';
import { presetPlan } from '../src/contract/presets.js';
import { compileOlderQueries } from '../src/contract/compile.js';
import type { PublishedTable } from '../src/contract/statistics.js';
import { demoCalls, type DemoCall } from '../src/demo/calls.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { drawShares, type RandomSource } from '../src/keeping/noise.js';
import type { Estimates, Noisy, NoisyPeriod } from '../src/statistics/noisy.js';
import { assemblePeriods, type ClosedPeriod, type PlannedQuarter } from '../src/statistics/periods.js';
import { publishedTableOf } from '../src/statistics/present.js';
import { cellKey, hideAndRound, type Method } from './other-methods.js';
import { seededRandom } from './seeded-random.js';
import { countTable } from './synthetic.js';

const SEED = 20_260;

/** So many calls in a quarter, or in a year of four, closed under a preset, so many times over. */
interface Line {
  readonly calls: number;
  readonly period: 'quarter' | 'year';
  readonly preset: Preset;
  readonly runs: number;
}

const lines: readonly Line[] = [
  { calls: 40, period: 'quarter', preset: 'tiny', runs: 1000 },
  { calls: 60, period: 'quarter', preset: 'small', runs: 500 },
  { calls: 154, period: 'quarter', preset: 'small', runs: 400 },
  { calls: 40, period: 'year', preset: 'tiny', runs: 500 },
  { calls: 60, period: 'year', preset: 'tiny', runs: 500 },
  { calls: 154, period: 'year', preset: 'tiny', runs: 500 },
  { calls: 300, period: 'quarter', preset: 'medium', runs: 300 },
  { calls: 1000, period: 'quarter', preset: 'large', runs: 60 },
  { calls: 3000, period: 'quarter', preset: 'large', runs: 40 },
  { calls: 30_000, period: 'quarter', preset: 'large', runs: 12 },
  { calls: 1200, period: 'year', preset: 'medium', runs: 50 },
  { calls: 4000, period: 'year', preset: 'large', runs: 20 },
];

const vocabulary = defaultVocabulary();

/** Closes a quarter as the keeper does: months row by row, the rest at the end, each query with two shares of noise. */
function closeQuarter(
  quarter: Quarter,
  preset: Preset,
  calls: readonly DemoCall[],
  random: RandomSource,
): PlannedQuarter {
  const plan = presetPlan(preset);
  const queries = compileOlderQueries(plan, vocabulary, quarter);
  const months = monthsOfQuarter(quarter);
  const closed = [...months, quarter].map((id): [string, ClosedPeriod] => {
    const own = plan.tables.filter((table) => isMonthly(table) === (id !== quarter));
    const tables = own.map((table): [string, Noisy] => {
      const shape = tableShape(table, vocabulary, id === quarter ? months : [id]);
      const month = id === quarter ? null : id;
      const asked = queries.filter((query) => query.table === table.id && query.month === month);
      const variances = asked.map(({ sigma2 }) => sigma2);
      const [first, second] = [drawShares(variances, random), drawShares(variances, random)];
      const noiseOf = (place: number) => (first[place] ?? NaN) + (second[place] ?? NaN);
      const width = shape.columns?.codes.length ?? 1;
      const counts = countTable(shape, calls, vocabulary);
      return [table.id, counts.map((row, i) => row.map((count, j) => count + noiseOf(i * width + j)))];
    });
    return [id, { publishedOn: '2027-01-07', tables: new Map(tables) }];
  });
  return { quarter, plan, vocabulary, queries, countedFrom: null, closed: new Map(closed) };
}

/** What is measured of a method: over all runs, by shown cell. */
interface Measured {
  shown: number;
  callsShown: number;
  readonly errors: number[];
  readonly relative: number[];
  missed: number;
  remainders: number;
  callsRemaining: number;
}

const nothing = (): Measured => ({
  shown: 0,
  callsShown: 0,
  errors: [],
  relative: [],
  missed: 0,
  remainders: 0,
  callsRemaining: 0,
});

function addCell(to: Measured, truth: number, shown: number, uncertainty: number): void {
  const error = Math.abs(shown - truth);
  to.shown += 1;
  to.callsShown += truth;
  to.errors.push(error);
  to.relative.push(truth === 0 ? Infinity : error / truth);
  to.missed += error > uncertainty ? 1 : 0;
}

/** Adds up what a published table shows against the truth. */
function addTable(to: Measured, table: PublishedTable, truth: Noisy): void {
  const hidden = table.cells.map((row, i) =>
    row.flatMap((cell, j) => {
      const count = truth[i]?.[j] ?? 0;
      if ('value' in cell) addCell(to, count, cell.value, table.uncertainty);
      return 'under' in cell ? [count] : [];
    }),
  );
  const byLine = table.columns === null ? [hidden.flat()] : hidden;
  table.remainders?.forEach((remainder, line) => {
    if (remainder === null) return;
    to.remainders += 1;
    to.callsRemaining += (byLine[line] ?? []).reduce((sum, count) => sum + count, 0);
  });
}

/** The period as it would be shown without consistency, or with it but each cell rounded by itself. */
const withoutEstimates = (period: NoisyPeriod): NoisyPeriod => ({ ...period, estimates: () => new Map() });
function roundedAlone(period: NoisyPeriod): NoisyPeriod {
  const estimates: Estimates = new Map(
    [...period.estimates()].map(([id, one]) => [id, { ...one, fitTogether: false }]),
  );
  return { ...period, estimates: () => estimates };
}

const ways = [
  'noisy',
  'alone',
  'together',
  'hide',
  'keys',
  'noisySame',
  'aloneSame',
  'togetherSame',
] as const;
type Way = (typeof ways)[number];

interface Result {
  readonly line: Line;
  cells: number;
  calls: number;
  readonly by: Readonly<Record<Way, Measured>>;
}

/** The cells whose numbers consistency changes and that both ways show, so that like is compared with like. */
function addSame(
  result: Result,
  tables: Readonly<Record<'noisy' | 'alone' | 'together', PublishedTable>>,
  truth: Noisy,
) {
  if (tables.together.remainders === undefined) return;
  tables.together.cells.forEach((row, i) =>
    row.forEach((cell, j) => {
      if (!('value' in cell)) return;
      for (const way of ['noisy', 'alone', 'together'] as const) {
        const own = tables[way].cells[i]?.[j];
        if (own !== undefined && 'value' in own)
          addCell(result.by[`${way}Same`], truth[i]?.[j] ?? 0, own.value, tables[way].uncertainty);
      }
    }),
  );
}

function addOther(to: Measured, method: Method, truth: Noisy, random: () => number): void {
  for (const count of truth.flat()) {
    const shown = method(count, random);
    if (shown !== null) addCell(to, count, shown, 0);
  }
}

function runOnce(line: Line, result: Result, run: number): void {
  const random = seededRandom(`usefulness ${SEED} ${line.preset} ${line.calls} ${line.period} ${run}`);
  const uniform = () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32;
  const quarters = line.period === 'quarter' ? ['2026-Q1'] : quartersOfYear('2026');
  const calls = demoCalls({
    count: line.calls,
    months: quarters.flatMap(monthsOfQuarter),
    seed: SEED + 100_003 * run + line.calls,
  });
  const closed = quarters.map((quarter) => {
    const months = new Set(monthsOfQuarter(quarter));
    return closeQuarter(
      quarter,
      line.preset,
      calls.filter(({ month }) => months.has(month)),
      random,
    );
  });
  const id = line.period === 'quarter' ? '2026-Q1' : '2026';
  const period = assemblePeriods(closed).find((one) => one.id === id);
  if (period === undefined) throw new Error(`${id} is not published`);
  for (const table of period.tables) {
    const truth = countTable(table.shape, calls, vocabulary);
    result.cells += truth.flat().length;
    result.calls += truth.flat().reduce((sum, count) => sum + count, 0);
    const shown = {
      noisy: publishedTableOf(withoutEstimates(period), table),
      alone: publishedTableOf(roundedAlone(period), table),
      together: publishedTableOf(period, table),
    };
    for (const way of ['noisy', 'alone', 'together'] as const) addTable(result.by[way], shown[way], truth);
    addSame(result, shown, truth);
    addOther(result.by.hide, hideAndRound, truth, uniform);
    addOther(result.by.keys, cellKey, truth, uniform);
  }
}

function measure(line: Line, share: number): Result {
  const runs = Math.max(1, Math.round(line.runs * share));
  const by = Object.fromEntries(ways.map((way) => [way, nothing()])) as Record<Way, Measured>;
  const result: Result = {
    line: { ...line, runs },
    cells: 0,
    calls: 0,
    by,
  };
  for (let run = 0; run < runs; run += 1) runOnce(line, result, run);
  return result;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
const per = (share: number, digits = 0) =>
  Number.isFinite(share) ? `${(100 * share).toFixed(digits)}%` : '–';
const fixed = (number: number, digits = 1) => (Number.isFinite(number) ? number.toFixed(digits) : '–');

/** A table in Markdown, its columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const nameOf = ({ calls, period, preset }: Line) => `${calls.toLocaleString('en')} a ${period}, ${preset}`;

function sideBySide(results: readonly Result[]): string {
  const names: [Way, string][] = [
    ['together', 'Tyst'],
    ['hide', 'hide under 10, round to 5'],
    ['keys', 'cell keys'],
  ];
  const head = [
    'calls, preset',
    'method',
    'cells shown',
    'calls in them',
    'mean error',
    'median relative error',
  ];
  const rows = results.flatMap(({ line, cells, calls, by }) =>
    names.map(([way, name], index) => {
      const { shown, callsShown, errors, relative } = by[way];
      const { runs } = line;
      return [
        index === 0 ? nameOf(line) : '',
        name,
        `${fixed(shown / runs)} of ${fixed(cells / runs, 0)}`,
        per(callsShown / calls),
        fixed(mean(errors)),
        per(median(relative)),
      ];
    }),
  );
  return table(head, rows);
}

function beforeAndAfter(results: readonly Result[]): string {
  const names: ['noisy' | 'alone' | 'together', string][] = [
    ['noisy', 'noisy numbers'],
    ['alone', 'consistent, rounded one by one'],
    ['together', 'consistent, adding up (Tyst)'],
  ];
  const head = [
    'calls, preset',
    'numbers',
    'cells shown',
    'calls in them',
    'mean error',
    'same cells',
    'missed',
  ];
  const rows = results
    .filter(({ by }) => by.togetherSame.shown > 0)
    .flatMap(({ line, calls, by }) =>
      names.map(([way, name], index) => [
        index === 0 ? nameOf(line) : '',
        name,
        fixed(by[way].shown / line.runs),
        per(by[way].callsShown / calls, 1),
        fixed(mean(by[way].errors), 2),
        fixed(mean(by[`${way}Same`].errors), 2),
        per(by[way].missed / by[way].shown, 1),
      ]),
    );
  return table(head, rows);
}

function remaindersOf(results: readonly Result[]): string {
  const head = ['calls, preset', 'remainders', 'calls in shown cells', 'with the remainders'];
  const rows = results
    .filter(({ by }) => by.together.remainders > 0)
    .map(({ line, calls, by: { together } }) => [
      nameOf(line),
      fixed(together.remainders / line.runs),
      per(together.callsShown / calls, 1),
      per((together.callsShown + together.callsRemaining) / calls, 1),
    ]);
  return table(head, rows);
}

const share = Number(process.argv[2] ?? 1);
const results = lines.map((line) => measure(line, share));
const runs = results.map(({ line }) => line.runs);
writeFileSync(
  'docs/usefulness.md',
  `# What the numbers are good for

Written by \`npm run bench:usefulness\` (\`bench/usefulness.ts\`, seed ${SEED}): made-up calls (\`src/demo/calls.ts\`),
closed and shown by the production functions with noise from a repeatable source, ${Math.min(...runs)} to ${Math.max(...runs)} times over. A year
is four quarters closed under the preset; its calls are those of the whole year. A call counts in every cell that
holds it. _Calls in them_: the share of all that the tables count. _Mean error_: the mean distance of a shown cell
from the true count, in calls. _Median relative error_: as a share of the true count, half of the shown cells are
nearer.

## Beside other methods

The other two are here for size alone: neither keeps the promise. Somebody who knows all other calls can prove of most
calls that they were counted when numbers are hidden and rounded, of some with cell keys, and of more when a table is
made twice. They withhold no rows of cross tables, so they show more cells there. Cell
keys: D = 5, V = 3, under 10 hidden.

${sideBySide(results)}

## With and without consistency

On \`medium\` and \`large\` the shown cells come from least squares over all tables, and add up
(\`docs/decisions/0011-consistent-estimates.md\`, \`0012-adding-up.md\`). _Same cells_: the mean error in the cells that
this changes and that are shown in all three ways. _Missed_: shown cells further from the truth than the uncertainty
beside them.

${beforeAndAfter(results)}

The remainder of a table, or of a row of a cross table, tells how many calls its cells under the threshold hold
together.

${remaindersOf(results)}
`,
);
process.stdout.write('docs/usefulness.md is written.\n');
