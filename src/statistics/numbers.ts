/**
 * The numbers of a table, each with its variance: what has been worked out of a month, of a quarter, or of several added
 * up. A number is a sum of cells, of rows or of columns, and what it is and how sure it is are asked in the same terms
 * whatever is behind it. The room's own shapes, which nothing outside an audit gets to see. Pure.
 */
import { ownPlacesOf, placesOf, widthOf } from '../contract/cells.js';
import { answeredByAll } from '../contract/facts.js';
import type { Row } from '../contract/least-squares.js';
import { labelAt, type Axis, type TableShape } from '../contract/plan.js';
import type { Step } from '../contract/statistics.js';
import { codesAtLevel, findDimension, type Dimension, type Vocabulary } from '../contract/vocabulary.js';

/** What the answers to a list of queries say, with noise that is independent of every other list's. */
export interface Solved {
  readonly values: Float64Array;
  /** Infinity where the answers do not say it. */
  readonly varianceOf: (row: Row) => number;
}

/** A cell of a table, by its place row by row, or all calls of a row or of a column, each once. */
export interface Term {
  readonly of: 'cell' | 'rows' | 'columns';
  readonly place: number;
}

/** Terms so many times over, added up. */
export type Sum = readonly (readonly [term: Term, times: number])[];

/** What makes up a term. */
interface Piece {
  readonly solved: Solved;
  readonly row: Row;
}

/** How sure the numbers of a table are. */
export interface Noise {
  readonly sigma2: number;
  readonly step: Step;
}

/** A table's cells and margins. */
export interface Measured {
  readonly shape: TableShape;
  /** Null where no table says it. */
  readonly pieces: (term: Term) => readonly Piece[] | null;
}

export interface Table extends Measured {
  /** Whether each call has one code along the axis, so that cells add up over it. */
  readonly answeredByAll: { readonly rows: boolean; readonly columns: boolean };
  /** What it is shown by: the variance of its least sure cell, and the step. */
  readonly noise: () => Noise;
  /** Whether its numbers agree with the period's totals and other tables. */
  readonly fits: boolean;
}

export const cell = (place: number): Term => ({ of: 'cell', place });

/** A number and how sure it is. */
export interface Estimate {
  readonly value: number;
  readonly variance: number;
}

/** A sum as one row for each list of answers that it takes something from; null where a term is not known. */
function behind(table: Measured, sum: Sum): ReadonlyMap<Solved, Row> | null {
  const rows = new Map<Solved, Map<number, number>>();
  for (const [term, times] of sum) {
    const pieces = table.pieces(term);
    if (pieces === null) return null;
    for (const { solved, row } of pieces) {
      const all = rows.get(solved) ?? new Map<number, number>();
      rows.set(solved, all);
      for (const [place, factor] of row) all.set(place, (all.get(place) ?? 0) + times * factor);
    }
  }
  return rows;
}

/** What a sum of a table is, and how sure; null where the answers do not say it. */
export function estimate(table: Measured, sum: Sum): Estimate | null {
  const rows = behind(table, sum);
  if (rows === null) return null;
  let [value, variance] = [0, 0];
  for (const [{ values, varianceOf }, row] of rows) {
    for (const [place, factor] of row) value += factor * (values[place] ?? NaN);
    variance += varianceOf(row);
  }
  return Number.isFinite(variance) ? { value, variance } : null;
}

/** The value of each cell. */
export const cellValues = (table: Measured): number[] =>
  placesOf(table.shape).map((place) => estimate(table, [[cell(place), 1]])?.value ?? NaN);

/** The largest variance among some cells of a table, all that it is shown by unless others are named. */
export const largestVariance = (table: Measured, places = ownPlacesOf(table.shape)): number =>
  Math.max(...places.map((place) => estimate(table, [[cell(place), 1]])?.variance ?? Infinity));

/** Tables of the same cells, added up. */
export function added(parts: readonly Measured[], shape: TableShape): Measured {
  return {
    shape,
    pieces: (term) => {
      const found = parts.map(({ pieces }) => pieces(term));
      return found.every((one) => one !== null) ? found.flat() : null;
    },
  };
}

/** Tables of the same columns, one below the other. */
export function stacked(parts: readonly Measured[], shape: TableShape): Measured {
  const width = widthOf(shape);
  const rows = parts.flatMap((part) => part.shape.rows.codes.map((_, row) => ({ part, row })));
  return {
    shape,
    pieces: ({ of, place }) => {
      if (of === 'columns') return added(parts, shape).pieces({ of, place });
      const found = rows[of === 'cell' ? Math.floor(place / width) : place];
      if (found === undefined) return null;
      const { part, row } = found;
      return part.pieces({ of, place: of === 'cell' ? row * width + (place % width) : row });
    },
  };
}

/** Whether each call has one code along a table's axes. */
export const answeredAlong = ({ rows, columns }: TableShape, vocabulary: Vocabulary) => ({
  rows: answeredByAll(rows, vocabulary),
  columns: answeredByAll(columns, vocabulary),
});

const levelLabel = (dimension: Dimension | undefined, { label }: Axis) =>
  dimension === undefined ? label : labelAt(dimension, 'top');

/** For each group of an axis the places of its codes. */
function grouped(axis: Axis, vocabulary: Vocabulary): { readonly axis: Axis; readonly places: number[][] } {
  const dimension = findDimension(vocabulary, axis.dimension);
  const known = dimension?.codes ?? [];
  const groups = (dimension === undefined ? [] : codesAtLevel(dimension, 'top')).map(({ id, label }) => ({
    code: { code: id, label, alone: false },
    places: axis.codes.flatMap(({ code }, place) =>
      code === id || known.find((one) => one.id === code)?.parent === id ? [place] : [],
    ),
  }));
  return {
    axis: {
      ...axis,
      level: 'top',
      label: levelLabel(dimension, axis),
      codes: groups.map(({ code }) => code),
    },
    places: groups.map(({ places }) => places),
  };
}

const asIs = (axis: Axis) => ({ axis, places: axis.codes.map((_, place) => [place]) });

/** A table with the answers along some axes, one to a call, added up in groups. */
export function inGroups(
  { shape, pieces: piecesOf }: Measured,
  vocabulary: Vocabulary,
  which: { readonly rows: boolean; readonly columns: boolean },
): Measured {
  const along = (axis: Axis, change: boolean) => (change ? grouped(axis, vocabulary) : asIs(axis));
  const rows = along(shape.rows, which.rows);
  const columns = shape.columns === null ? null : along(shape.columns, which.columns);
  const [oldWidth, width] = [widthOf(shape), columns?.places.length ?? 1];
  const pieces: Measured['pieces'] = ({ of, place }) => {
    const terms: Term[] =
      of === 'cell'
        ? (rows.places[Math.floor(place / width)] ?? []).flatMap((row) =>
            (columns?.places[place % width] ?? [0]).map((column) => cell(row * oldWidth + column)),
          )
        : ((of === 'rows' ? rows : columns)?.places[place] ?? []).map((one) => ({ of, place: one }));
    const found = terms.map(piecesOf);
    return found.every((one) => one !== null) ? found.flat() : null;
  };
  return { shape: { ...shape, rows: rows.axis, columns: columns?.axis ?? null }, pieces };
}
