/**
 * A year: the estimates of its four published quarters added up, before any display rule; their noise is independent, and
 * adds up with them. A question that all four counted is kept, in groups where some of them counted groups. What cannot be
 * added is named: several answers to a call at two levels, for two answers of one group would count twice, and a question
 * whose answers changed. Pure.
 */
import { MONTH, type Axis, type TableShape } from '../contract/plan.js';
import type { Missing, Step } from '../contract/statistics.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import { lazy } from './lazy.js';
import {
  added,
  inGroups,
  largestVariance,
  stacked,
  type Measured,
  type Noise,
  type Table,
} from './numbers.js';
import type { Earlier, NoisyPeriod, Total } from './period.js';

/** A quarter of the year, and the words of its tables. */
interface Part {
  readonly period: NoisyPeriod;
  readonly vocabulary: Vocabulary;
}

const axisKey = (axis: Axis | null) =>
  axis === null ? null : [axis.dimension, axis.codes.map(({ code }) => code)];

/** Tables with equal keys have the same cells; the months of a month table are left out, they always differ. */
function cellsKey({ rows, columns, universe }: TableShape): string {
  const rowKey = rows.dimension === MONTH ? MONTH : axisKey(rows);
  return JSON.stringify([universe, rowKey, axisKey(columns)]);
}

/** Tables with equal keys are about the same questions. */
const questionsKey = ({ rows, columns, universe }: TableShape): string =>
  JSON.stringify([universe, rows.dimension, columns?.dimension ?? null]);

/** A table as one of the quarters has it. */
interface Counted {
  readonly table: Table;
  readonly measured: Measured;
}

/** Each quarter's table about the same questions, with axes in groups where another has them so; null where that is no sum. */
function alike(parts: readonly Part[], wanted: TableShape): Counted[] | null {
  const candidates = parts.map(({ period }) =>
    period.tables.filter(({ shape }) => questionsKey(shape) === questionsKey(wanted)),
  );
  const same = candidates.map((tables) => tables.find(({ shape }) => cellsKey(shape) === cellsKey(wanted)));
  if (same.every((table) => table !== undefined)) return same.map((table) => ({ table, measured: table }));
  const first = candidates.map(([table]) => table);
  return first.every((table) => table !== undefined) ? alikeInGroups(parts, first, wanted) : null;
}

/** The same of quarters that count some of it at different levels. */
function alikeInGroups(
  parts: readonly Part[],
  first: readonly Table[],
  wanted: TableShape,
): Counted[] | null {
  const levels = (axis: 'rows' | 'columns') => new Set(first.map(({ shape }) => shape[axis]?.level ?? null));
  const which = { rows: levels('rows').size > 1, columns: levels('columns').size > 1 };
  const several = (which.rows && wanted.rows.several) || (which.columns && wanted.columns?.several === true);
  if (several || (!which.rows && !which.columns)) return null;
  const counted = first.map((table, place) => ({
    table,
    measured: inGroups(table, parts[place]?.vocabulary ?? { version: 0, dimensions: [] }, which),
  }));
  const keys = new Set(counted.map(({ measured }) => cellsKey(measured.shape)));
  return keys.size === 1 ? counted : null;
}

const largest = (steps: readonly Step[]): Step => (steps.includes(5) ? 5 : 1);

/** The months of all quarters side by side; null where they are shown by different noise, for one number has one. */
function monthsTogether(counted: readonly Counted[], last: TableShape): Measured | null {
  const noises = counted.map(({ table }) => table.noise());
  if (noises.some(({ sigma2, step }) => sigma2 !== noises[0]?.sigma2 || step !== noises[0].step)) return null;
  const codes = counted.flatMap(({ measured }) => measured.shape.rows.codes);
  return stacked(
    counted.map(({ measured }) => measured),
    { ...last, rows: { ...last.rows, codes } },
  );
}

function tableOf(counted: readonly Counted[], noiseOf: (own: Measured) => Noise): Table | null {
  const last = counted.at(-1);
  if (last === undefined) return null;
  const shape = { ...last.measured.shape, id: last.table.shape.id };
  const isMonths = shape.rows.dimension === MONTH;
  const own = isMonths
    ? monthsTogether(counted, shape)
    : added(
        counted.map(({ measured }) => measured),
        shape,
      );
  if (own === null) return null;
  return {
    ...own,
    answeredByAll: last.table.answeredByAll,
    noise: lazy(() => (isMonths ? last.table.noise() : noiseOf(own))),
    fits: counted.every(({ table }) => table.fits),
  };
}

/** The year's tables, in the order of its last quarter's; of those about the same cells the first. */
function tablesOf(parts: readonly Part[], earlier: Noise | null): Table[] {
  const tables = new Map<string, Table>();
  for (const { shape } of parts.at(-1)?.period.tables ?? []) {
    const counted = alike(parts, shape);
    const step = () => largest((counted ?? []).map(({ table }) => table.noise().step));
    const noiseOf = (own: Measured) => earlier ?? { sigma2: largestVariance(own), step: step() };
    const table = counted === null ? null : tableOf(counted, noiseOf);
    if (table !== null && !tables.has(cellsKey(table.shape))) tables.set(cellsKey(table.shape), table);
  }
  return [...tables.values()];
}

/** What some quarter counted and the year has no table of. */
function missingOf(parts: readonly Part[], tables: readonly Table[]): Missing[] {
  const there = new Set(tables.map(({ shape }) => questionsKey(shape)));
  const missing = new Map<string, Missing>();
  for (const { period, vocabulary } of parts)
    for (const { shape } of period.tables) {
      const key = questionsKey(shape);
      if (there.has(key)) continue;
      const named = (axis: Axis) => ({
        dimension: axis.dimension,
        label: vocabulary.dimensions.find(({ id }) => id === axis.dimension)?.label ?? axis.label,
      });
      const { rows, columns } = shape;
      missing.set(key, { rows: named(rows), columns: columns === null ? null : named(columns) });
    }
  return [...missing.values()];
}

/** The sum of independent totals of different periods, in the step of the coarsest; null when one of them is missing. */
function addTotals(totals: readonly (Total | null)[]): Total | null {
  const known = totals.filter((total) => total !== null);
  if (known.length < totals.length) return null;
  return {
    value: known.reduce((sum, { value }) => sum + value, 0),
    variance: known.reduce((sum, { variance }) => sum + variance, 0),
    step: largest(known.map(({ step }) => step)),
  };
}

/** A year of quarters that version 0.1 began: one noise, and the answers of each table added up. */
function earlierOf(quarters: readonly NoisyPeriod[]): Noise | null {
  const noises = quarters.flatMap(({ earlier }) => (earlier === null ? [] : [earlier.noise]));
  if (noises.length < quarters.length) return null;
  return {
    sigma2: noises.reduce((sum, { sigma2 }) => sum + sigma2, 0),
    step: largest(noises.map(({ step }) => step)),
  };
}

/** What all have in common; 'own' when the quarters ran on different presets. */
function commonPreset(quarters: readonly NoisyPeriod[], last: NoisyPeriod): NoisyPeriod['preset'] {
  return quarters.every(({ preset }) => preset === last.preset) ? last.preset : 'own';
}

/**
 * Puts a year together from its four quarters, in order; words and order of tables are the last quarter's.
 * `rho` is the most any quarter spent, because a call is in one quarter only. Throws RangeError without quarters.
 */
export function yearOf(year: string, parts: readonly Part[]): NoisyPeriod {
  const quarters = parts.map(({ period }) => period);
  const last = quarters.at(-1);
  if (last === undefined) throw new RangeError('A year has quarters.');
  const noise = earlierOf(quarters);
  const tables = tablesOf(parts, noise);
  const byAnswers = (): Earlier['answers'] => {
    const before = parts.map(({ period, vocabulary }) => {
      const answers = period.earlier?.answers;
      const alone = period.tables.map((table) => ({
        ...table,
        pieces: (answers?.get(table.shape.id) ?? table).pieces,
      }));
      return { period: { ...period, tables: alone }, vocabulary };
    });
    return new Map(tablesOf(before, noise).map((table) => [table.shape.id, table]));
  };
  return {
    ...{ id: year, kind: 'year' },
    publishedOn: quarters.reduce(
      (latest, { publishedOn }) => (publishedOn > latest ? publishedOn : latest),
      '',
    ),
    preset: commonPreset(quarters, last),
    rho: Math.max(...quarters.map(({ rho }) => rho)),
    vocabularyVersion: last.vocabularyVersion,
    begunAnew: quarters.flatMap(({ begunAnew }) => begunAnew),
    tables,
    totals: {
      contacts: addTotals(quarters.map(({ totals }) => totals.contacts)),
      conversations: addTotals(quarters.map(({ totals }) => totals.conversations)),
    },
    totalsOfMonths: new Map(quarters.flatMap(({ totalsOfMonths }) => [...totalsOfMonths])),
    missing: missingOf(parts, tables),
    earlier: noise === null ? null : { noise, answers: byAnswers() },
  };
}
