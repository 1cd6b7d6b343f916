/** The figures of docs/privacy.md and docs/privacy.sv.md: of the one example, and of what follows from rho and plan. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Answers } from '../../src/contract/call.js';
import { presetSchema } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Locale } from '../../src/contract/problem.js';
import { leastSure, surenessOf } from '../../src/contract/sureness.js';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import { findDimension, topOf } from '../../src/contract/vocabulary.js';
import { projectRoot } from '../../src/platform/project.js';
import { stepFor, uncertaintyOf } from '../../src/contract/display.js';
import { vocabulary } from '../support/calls.js';
import { withFigures, type Figures } from './figured.js';
import {
  atMost,
  epsilonOf,
  inWhole,
  RHOS,
  rightAbout,
  rightAboutStories,
  rightAfterALook,
  storiesAfterALook,
  worst,
} from './guarantee.js';
import {
  answers,
  follow,
  receipt,
  sentUnder,
  type Counted,
  type Example,
  type Line,
} from './privacy-example.js';
import { sentences } from './privacy-sentences.js';

const quiet: Line = { preset: 'tiny', count: 58, conversations: 0.9, tables: ['concern-top'] };
const busy: Line = { preset: 'large', count: 1200, conversations: 0.75, tables: ['environment-by-gender'] };

/** The call of the example on a quiet line and on a busy one. */
export interface Examples {
  readonly tiny: Example;
  readonly large: Example;
}

export const followBoth = async (): Promise<Examples> => ({
  tiny: await follow(quiet),
  large: await follow(busy),
});

export const documents = { en: 'docs/privacy.md', sv: 'docs/privacy.sv.md' } as const;

const words = {
  en: {
    under: 'fewer than',
    withheld: 'not shown',
    notAsked: 'not asked',
    total: 'All conversations',
    bytes: 'bytes',
  },
  sv: {
    under: 'färre än',
    withheld: 'visas inte',
    notAsked: 'frågas inte',
    total: 'Alla samtal med stöd eller råd',
    bytes: 'byte',
  },
} as const;

/** A number as a language writes it, with a true minus sign. */
const written = (number: number, locale: Locale, digits = 0) =>
  new Intl.NumberFormat(locale === 'sv' ? 'sv-SE' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
    .format(number)
    .replace('-', '−');

function shown(number: ShownNumber | null | undefined, locale: Locale): string {
  const { under, withheld } = words[locale];
  if (number === null || number === undefined) return '';
  if ('value' in number) return written(number.value, locale);
  return 'under' in number ? `${under} ${written(number.under, locale)}` : withheld;
}

/** What was sent on a line, as JSON over lines that fit. */
function sent({ preset }: Line): string {
  const pieces = JSON.stringify({ answers: sentUnder(preset) })
    .replaceAll('":', '": ')
    .split(/(?<=,)(?=")/);
  const lines = pieces.reduce<string[]>((before, piece) => {
    const line = before.at(-1);
    return line === undefined || line.length + piece.length > 104
      ? [...before, piece]
      : [...before.slice(0, -1), `${line} ${piece}`];
  }, []);
  return [`PUT /api/v1/calls/${receipt}`, lines.join('\n ')].join('\n');
}

/** The labels that the numbers in the envelope stand for, by dimension. */
function insideLabels({ inside }: Example, locale: Locale): Map<string, string> {
  let first = 0;
  return new Map(
    vocabulary.dimensions.flatMap(({ id, max, codes }) => {
      const numbers = inside.slice(first, (first += max)).filter((number) => number > 0);
      const labels = numbers.map((number) => codes[number - 1]?.label[locale]);
      return labels.length === 0 ? [] : [[id, labels.join(', ')] as const];
    }),
  );
}

function answered({ tiny, large }: Examples, locale: Locale): string[][] {
  const left = [insideLabels(tiny, locale), insideLabels(large, locale)];
  return vocabulary.dimensions.map(({ id, label, codes }) => {
    const chosen = [answers[id] ?? []].flat().map((one) => codes.find((code) => code.id === one));
    return [
      label[locale],
      chosen.map((code) => code?.label[locale]).join(', '),
      ...left.map((labels) => labels.get(id) ?? words[locale].notAsked),
    ];
  });
}

/** How many conversations of the line were counted under each code of a dimension, at level top. */
function trueCounts({ calls }: Example, dimension: string): Map<string, number> {
  const codes = findDimension(vocabulary, dimension)?.codes ?? [];
  const counts = new Map<string, number>();
  for (const call of calls) {
    const code = codes.find(({ id }) => id === call[dimension]);
    if (code !== undefined) counts.set(topOf(code), (counts.get(topOf(code)) ?? 0) + 1);
  }
  return counts;
}

function tableOf({ tables }: Example, id: string): PublishedTable {
  const table = tables[id];
  if (table === undefined) throw new Error(`The example has no table ${id}.`);
  return table;
}

/** What a cell of our call holds: the place of its code, or of the group of its code, on an axis. */
function placeOnAxis(axis: PublishedTable['rows']): number {
  const code = findDimension(vocabulary, axis.dimension)?.codes.find(
    ({ id }) => id === answers[axis.dimension],
  );
  return axis.codes.findIndex((one) => one.code === code?.id || one.code === code?.parent);
}

/** The table whose numbers are followed from the first share of their noise on. */
const FOLLOWED = 'concern-top';

const counterOf = ({ values, queryOf }: Counted, row: number) => values.get(queryOf(FOLLOWED, row)) ?? NaN;

/** How many counters there are, and how many of them the night of our call has moved. */
function movedIn({ before, after }: Example): { readonly all: number; readonly moved: number } {
  const steps = [...after.values].map(([query, value]) => value - (before.values.get(query) ?? NaN));
  return { all: steps.length, moved: steps.filter((step) => step !== 0).length };
}

const isTalk = ({ kind }: Answers) => kind === 'conversation';

/** What is asked of the followed table: so many times an answer's conversations, less all conversations. */
const asked = ({ calls }: Example, rows: number, count: number) => rows * count - calls.filter(isTalk).length;

const nightRows = (tiny: Example, locale: Locale): string[][] =>
  tableOf(tiny, FOLLOWED).rows.codes.map(({ label }, row) => [
    label[locale],
    written(counterOf(tiny.before, row), locale),
    written(counterOf(tiny.after, row), locale),
  ]);

const signed = (number: number, locale: Locale) => `${number > 0 ? '+' : ''}${written(number, locale)}`;

function publishedRows(tiny: Example, locale: Locale): string[][] {
  const counts = trueCounts(tiny, 'concern');
  const { rows, cells } = tableOf(tiny, FOLLOWED);
  return rows.codes.map(({ code, label }, row) => {
    const count = counts.get(code) ?? 0;
    const noisy = tiny.noisy[FOLLOWED]?.[row]?.[0] ?? NaN;
    const first = counterOf(tiny.before, row);
    const without = asked(tiny, rows.codes.length, count);
    return [
      label[locale],
      written(count, locale),
      written(without, locale),
      signed(first, locale),
      signed(noisy - without - first, locale),
      written(noisy, locale),
      shown(cells[row]?.[0], locale),
    ];
  });
}

function totalRow({ calls, period }: Example, locale: Locale): string[] {
  const conversations = calls.filter(isTalk).length;
  const uncertainty = `± ${String(period.sureness.conversations?.uncertainty)}`;
  return [
    words[locale].total,
    written(conversations, locale),
    `${shown(period.totals.conversations, locale)} ${uncertainty}`,
  ];
}

const presetRows = (locale: Locale) =>
  presetSchema.options.flatMap((preset) =>
    RHOS.map((rho) => {
      const plan = presetPlan(preset, rho);
      const { contacts, conversations, table } = surenessOf(plan, vocabulary);
      const sigma2 = leastSure(plan, vocabulary);
      const least = uncertaintyOf(sigma2, stepFor(sigma2));
      return [
        `\`${preset}\``,
        written(rho, locale, rho === 0.5 ? 1 : 3),
        ...[contacts, conversations, table, least].map((one) => `± ${String(one)}`),
      ];
    }),
  );

function tablesOf({ tiny, large }: Examples, locale: Locale): Figures['tables'] {
  const [row] = tiny.intake;
  const crossed = tableOf(large, 'environment-by-gender');
  return {
    repeat: {
      rows: [1, 2, 3, 4].map((calls) => [
        written(calls, locale),
        ...RHOS.map((rho) => `${written(atMost(rightAbout(calls, rho)), locale, 1)} %`),
      ]),
    },
    presets: { rows: presetRows(locale) },
    intake: {
      rows: [
        ['`receipt_hash`', `\`${row?.receipt_hash.slice(0, 12) ?? ''}…\``],
        ['`key_id`'],
        ['`day`', row?.day ?? ''],
        ['`month`', row?.month ?? ''],
        ['`envelope`', `${String(row?.envelope.length ?? 0)} ${words[locale].bytes}`],
      ],
    },
    inside: {
      rows: Object.entries({ tiny, large }).map(([preset, { inside }]) => [
        `\`${preset}\``,
        inside.join(' '),
      ]),
    },
    night: { rows: nightRows(tiny, locale) },
    answers: { rows: answered({ tiny, large }, locale) },
    published: { rows: publishedRows(tiny, locale) },
    total: { rows: [totalRow(tiny, locale)] },
    crossed: {
      head: (crossed.columns?.codes ?? []).map(({ label }) => label[locale]),
      rows: crossed.rows.codes.map(({ label }, at) => [
        label[locale],
        ...(crossed.cells[at] ?? []).map((cell) => shown(cell, locale)),
      ]),
    },
  };
}

/** The figures that stand in sentences, by the names that `privacy-sentences.ts` has for them. */
function inSentences({ tiny, large }: Examples, locale: Locale): Readonly<Record<string, string | number>> {
  const [concerns, crossed] = [tableOf(tiny, 'concern-top'), tableOf(large, 'environment-by-gender')];
  const counted = [...trueCounts(tiny, 'concern')].find(
    ([code]) => code === concerns.rows.codes[placeOnAxis(concerns.rows)]?.code,
  );
  const count = counted?.[1] ?? NaN;
  const cell = crossed.cells[placeOnAxis(crossed.rows)]?.[placeOnAxis(crossed.columns ?? crossed.rows)];
  if (cell === undefined || !('value' in cell))
    throw new Error('The example shows no number that its call is in.');
  const percent = (calls: number, rho: number) => written(atMost(rightAbout(calls, rho)), locale, 1);
  return {
    quietCalls: quiet.count,
    busyCalls: busy.count,
    forgetOn: tiny.memory[0]?.forget_on ?? '',
    closedOn: tiny.period.publishedOn,
    quietUncertainty: concerns.uncertainty,
    busyUncertainty: crossed.uncertainty,
    quietThreshold: concerns.threshold,
    answersAsked: concerns.rows.codes.length,
    otherAnswers: concerns.rows.codes.length - 1,
    ours: written(count, locale),
    without: written(count - 1, locale),
    oursShown: shown(concerns.cells[placeOnAxis(concerns.rows)]?.[0], locale),
    crossedOurs: written(cell.value, locale),
    tinyMoved: movedIn(tiny).moved,
    tinyCounters: movedIn(tiny).all,
    largeMoved: movedIn(large).moved,
    largeCounters: movedIn(large).all,
    stories: inWhole(rightAboutStories(0.5)),
    storiesStrict: inWhole(rightAboutStories(0.125)),
    look: inWhole(rightAfterALook(0.5)),
    lookStrict: inWhole(rightAfterALook(0.125)),
    lookStories: inWhole(storiesAfterALook(0.5)),
    lookStoriesStrict: inWhole(storiesAfterALook(0.125)),
    normal: worst(1, 0.5),
    strict: worst(1, 0.125),
    inPresets: percent(1, 0.5),
    inPresetsStrict: percent(1, 0.125),
    // One call in each of four quarters costs as much as two in one: m rho is (sqrt m)^2 rho.
    inFourQuarters: percent(Math.sqrt(4), 0.5),
    epsilon: written(epsilonOf(0.5), locale, 1),
  };
}

/** The document as it stands. */
export const documentIn = (locale: Locale) => readFileSync(join(projectRoot, documents[locale]), 'utf8');

/** The document as it must be: with the figures of the example, and formatted. */
export async function figuredDocument(locale: Locale, examples: Examples): Promise<string> {
  const figures = inSentences(examples, locale);
  const text = withFigures(documentIn(locale), {
    sentences: sentences[locale].map((sentence) => [sentence, figures]),
    tables: tablesOf(examples, locale),
    code: { 'sent-tiny': sent(quiet), 'sent-large': sent(busy) },
  });
  const path = join(projectRoot, documents[locale]);
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
