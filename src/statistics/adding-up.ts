/**
 * Rounds the shown cells of a table so that they add up along lines: of a table without columns to its total, of a cross
 * table each row to the row's number in its own table, and a column that is shown whole to its number. What is hidden on
 * a line is rounded as one number. Pure.
 */
import { widthOf } from '../contract/cells.js';
import { valueOf } from '../contract/display.js';
import type { TableShape } from '../contract/plan.js';
import type { ShownNumber, Step } from '../contract/statistics.js';
import { quantise, roundTogether } from './controlled.js';

/** Cells that are to add up to a sum, by their places in the table; null where no sum is shown or none need be met. */
export interface Line {
  readonly places: readonly number[];
  readonly sum: number | null;
  /** Cells that are rounded elsewhere. */
  readonly fixed: ReadonlyMap<number, number>;
}

export interface ToRound {
  /** The cells as they are shown, row by row; a value only says that the cell is. */
  readonly numbers: readonly ShownNumber[];
  readonly values: readonly number[];
  readonly step: Step;
  readonly lines: readonly Line[];
  /** By column, where there are columns. */
  readonly columnSums: readonly (number | null)[];
}

/** The cells of a line that are not shown, what they hold, and that rounded with the rest; null without a sum to fill up. */
export interface Rest {
  readonly hidden: readonly number[];
  readonly value: number;
  readonly rounded: number | null;
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The places of each row's cells. */
export const placesInRows = (table: Pick<TableShape, 'rows' | 'columns'>): number[][] => {
  const width = widthOf(table);
  return table.rows.codes.map((_, row) =>
    Array.from({ length: width }, (_cell, column) => row * width + column),
  );
};

/** Cells in the rows of their table. */
export const inRows = <Cell>(
  cells: readonly Cell[],
  table: Pick<TableShape, 'rows' | 'columns'>,
): Cell[][] => {
  const width = widthOf(table);
  return table.rows.codes.map((_, row) => cells.slice(row * width, (row + 1) * width));
};

/** Of the sums of columns those that can be met, because every cell of the column is shown. */
export const ofWholeColumns = (
  sums: readonly (number | null)[],
  numbers: readonly ShownNumber[],
): (number | null)[] =>
  sums.map((sum, column) =>
    numbers.every((number, place) => place % sums.length !== column || valueOf(number) !== null) ? sum : null,
  );

/** A line with what is known of its cells before rounding. */
function open({ places, sum, fixed }: Line, { numbers, values }: ToRound) {
  const known = [...fixed].filter(([place]) => valueOf(numbers[place]) !== null);
  const hidden = places.filter((place) => valueOf(numbers[place]) === null);
  return {
    ...{ places, hidden, fixed: new Map(known) },
    left: sum === null ? null : sum - sumOf(known.map(([, value]) => value)),
    value: sumOf(hidden.map((place) => values[place] ?? 0)),
  };
}

/** Rounds the cells that are shown. */
export function addUp(table: ToRound): { readonly numbers: ShownNumber[]; readonly rests: Rest[] } {
  const { numbers, step } = table;
  const values = table.values.map(quantise);
  const lines = table.lines.map((line) => open(line, { ...table, values }));
  const inSteps = (number: number | null) => (number === null ? null : number / step);
  const toRound = lines.map(({ places, fixed, left, hidden, value }) => {
    const items = places.map((place) =>
      valueOf(numbers[place]) === null || fixed.has(place) ? null : (values[place] ?? 0),
    );
    const last = left === null || hidden.length === 0 ? null : value;
    return { items: [...items, last].map(inSteps), sum: inSteps(left) };
  });
  const rounded = roundTogether(toRound, table.columnSums.map(inSteps));
  const found = new Map(
    lines.flatMap(({ places, fixed }, line) =>
      places.map((place, item) => [place, fixed.get(place) ?? (rounded[line]?.[item] ?? 0) * step] as const),
    ),
  );
  return {
    numbers: numbers.map((number, place) =>
      'value' in number ? { value: Math.max(0, found.get(place) ?? 0) } : number,
    ),
    rests: lines.map(({ hidden, value }, line) => {
      const last = rounded[line]?.at(-1) ?? null;
      return { hidden, value, rounded: last === null ? null : last * step };
    }),
  };
}
