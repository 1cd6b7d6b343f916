/**
 * A year: its four published quarters added cell by cell, before any display rule. Only tables that all four
 * have, over the same codes, can be added; noise adds up with them.
 */
import { MONTH, type Axis, type TableShape } from '../contract/plan.js';
import type { Step } from '../contract/statistics.js';
import { yearEstimates } from './estimates.js';
import type { Noisy, NoisyPeriod, NoisyTable } from './noisy.js';
import { lazy } from './lazy.js';
import { addEstimates } from './totals.js';

const axisKey = (axis: Axis | null) =>
  axis === null ? null : [axis.dimension, axis.level, axis.codes.map(({ code }) => code)];

/** Tables with equal keys have the same cells; the months of a month table are left out, they always differ. */
function cellsKey({ rows, columns, universe }: TableShape): string {
  const rowKey = rows.dimension === MONTH ? MONTH : axisKey(rows);
  return JSON.stringify([universe, rowKey, axisKey(columns)]);
}

function addCells(parts: readonly Noisy[]): number[][] {
  const [first = []] = parts;
  return first.map((line, row) =>
    line.map((_, column) => parts.reduce((sum, part) => sum + (part[row]?.[column] ?? 0), 0)),
  );
}

/** The twelve rows of a month table side by side; null when their noise differs, for one table has one sigma^2. */
function monthsTogether(parts: readonly NoisyTable[], last: NoisyTable): NoisyTable | null {
  if (parts.some(({ sigma2 }) => sigma2 !== last.sigma2)) return null;
  const codes = parts.flatMap(({ shape }) => shape.rows.codes);
  return {
    shape: { ...last.shape, rows: { ...last.shape.rows, codes } },
    sigma2: last.sigma2,
    noisy: parts.flatMap(({ noisy }) => noisy),
  };
}

function quartersAdded(parts: readonly NoisyTable[], last: NoisyTable): NoisyTable {
  return {
    shape: last.shape,
    sigma2: parts.reduce((sum, { sigma2 }) => sum + sigma2, 0),
    noisy: addCells(parts.map(({ noisy }) => noisy)),
  };
}

/** The year's table for one of the last quarter's; null unless all four quarters have it with the same cells. */
function yearTable(quarters: readonly NoisyPeriod[], last: NoisyTable): NoisyTable | null {
  const key = cellsKey(last.shape);
  const parts = quarters.flatMap(
    ({ tables }) => tables.find(({ shape }) => shape.id === last.shape.id && cellsKey(shape) === key) ?? [],
  );
  if (parts.length < quarters.length) return null;
  return last.shape.rows.dimension === MONTH ? monthsTogether(parts, last) : quartersAdded(parts, last);
}

/** What all have in common; 'own' when the quarters ran on different presets. */
function commonPreset(quarters: readonly NoisyPeriod[], last: NoisyPeriod): NoisyPeriod['preset'] {
  return quarters.every(({ preset }) => preset === last.preset) ? last.preset : 'own';
}

/**
 * Puts a year together from its four quarters, in order; words and order of tables are the last quarter's.
 * `rho` is the most any quarter spent, because a call is in one quarter only. Throws RangeError without quarters.
 */
export function yearOf(year: string, quarters: readonly NoisyPeriod[]): NoisyPeriod {
  const last = quarters.at(-1);
  if (last === undefined) throw new RangeError('A year has quarters.');
  const tables = last.tables.flatMap((table) => yearTable(quarters, table) ?? []);
  return {
    id: year,
    kind: 'year',
    publishedOn: quarters.reduce(
      (latest, { publishedOn }) => (publishedOn > latest ? publishedOn : latest),
      '',
    ),
    preset: commonPreset(quarters, last),
    rho: Math.max(...quarters.map(({ rho }) => rho)),
    sigma2: quarters.reduce((sum, { sigma2 }) => sum + sigma2, 0),
    step: quarters.reduce<Step>((largest, { step }) => (step > largest ? step : largest), 1),
    vocabularyVersion: last.vocabularyVersion,
    begunAnew: quarters.flatMap(({ begunAnew }) => begunAnew),
    tables,
    totals: {
      contacts: addEstimates(quarters.map(({ totals }) => totals.contacts)),
      conversations: addEstimates(quarters.map(({ totals }) => totals.conversations)),
    },
    estimates: lazy(() => yearEstimates(quarters, tables)),
  };
}
