/**
 * Counting a plan's tables. All of them are counted in one pass over the sealed rows: one SQL statement with a
 * grouping set for each pair of slots that a table crosses. Pure: this file writes the statement and reads its
 * rows; it never sees a call.
 */
import { MONTH, type Axis, type TableShape } from '../contract/plan.js';
import type { Month } from '../contract/period.js';
import type { Dimension } from '../contract/vocabulary.js';
import { slotExpressions, type Kept } from './layout.js';
import { sealedTable } from './sealed.js';

/** A row of the statement: the grouped columns hold a number, all others NULL, and `n` the count. */
export type CountRow = Readonly<Record<string, number | string | null>>;

export interface CountStatement {
  readonly sql: string;
  /** Exact counts of each table in the order of `shapes`: rows x columns, one column where there is no axis. */
  readonly read: (rows: readonly CountRow[]) => number[][][];
}

/** The grouped columns of an axis, and which of its cells a number in them falls into. */
interface Grouped {
  readonly columns: readonly string[];
  readonly cellOf: ReadonlyMap<number, number>;
}

type Columns = Map<string, string>;

const MONTH_COLUMN = 'month';

function monthAxis(axis: Axis, months: readonly Month[], columns: Columns): Grouped {
  columns.set(MONTH_COLUMN, MONTH_COLUMN);
  return {
    columns: [MONTH_COLUMN],
    cellOf: new Map(axis.codes.map(({ code }, cell) => [months.indexOf(code) + 1, cell])),
  };
}

const numberOf = (dimension: Dimension, code: string) =>
  dimension.codes.findIndex(({ id }) => id === code) + 1;

function dimensionAxis(axis: Axis, kept: readonly Kept[], columns: Columns): Grouped {
  const place = kept.findIndex(({ dimension }) => dimension.id === axis.dimension);
  const stored = kept[place];
  if (stored === undefined) throw new RangeError('A table counts a dimension that is not kept.');
  const { dimension } = stored;
  const expressions = slotExpressions(dimension, axis.level, stored.sealedSlot, stored.level);
  const names = expressions.map((expression, slot) => {
    const name = `d${place}_${axis.level}_${slot}`;
    columns.set(name, expression);
    return name;
  });
  return {
    columns: names,
    cellOf: new Map(axis.codes.map(({ code }, cell) => [numberOf(dimension, code), cell])),
  };
}

/** Every pair of slots that a table's row and column axis can cross; a one-way table has single columns. */
function groupingSets(rows: Grouped, columns: Grouped | null): string[][] {
  if (columns === null) return rows.columns.map((name) => [name]);
  return rows.columns.flatMap((row) => columns.columns.map((column) => [row, column]));
}

const keyOf = (names: readonly string[]) => [...names].sort().join(' ');

/** The counts by grouping set and values, as the tables look them up. */
function indexRows(
  rows: readonly CountRow[],
  names: readonly string[],
): Map<string, { row: CountRow; n: number }[]> {
  const sets = new Map<string, { row: CountRow; n: number }[]>();
  for (const row of rows) {
    const key = keyOf(names.filter((name) => row[name] !== null));
    const entries = sets.get(key) ?? [];
    entries.push({ row, n: Number(row['n']) });
    sets.set(key, entries);
  }
  return sets;
}

interface Counted {
  readonly shape: TableShape;
  readonly rows: Grouped;
  readonly columns: Grouped | null;
}

type Sets = ReadonlyMap<string, readonly { row: CountRow; n: number }[]>;

/** The cell a number falls into; none for 0, "no answer", and for a kind that the table's universe leaves out. */
const cellOf = (axis: Grouped, row: CountRow, name: string) => axis.cellOf.get(Number(row[name])) ?? -1;

/** Adds the counts of one grouping set, that is of one slot of the rows and one of the columns, to the cells. */
function addCounts(cells: number[][], { rows, columns }: Counted, set: readonly string[], sets: Sets): void {
  const [rowName = '', columnName = ''] = set;
  for (const { row, n } of sets.get(keyOf(set)) ?? []) {
    const line = cells[cellOf(rows, row, rowName)];
    const column = columns === null ? 0 : cellOf(columns, row, columnName);
    const before = line?.[column];
    if (line !== undefined && before !== undefined) line[column] = before + n;
  }
}

function readTable(table: Counted, sets: Sets): number[][] {
  const { shape, rows, columns } = table;
  const cells = shape.rows.codes.map(() => new Array<number>(shape.columns?.codes.length ?? 1).fill(0));
  for (const set of groupingSets(rows, columns)) addCounts(cells, table, set, sets);
  return cells;
}

/** The statement that counts `shapes` over the sealed tables of `months`, and how to read what it returns. */
export function countStatement(
  shapes: readonly TableShape[],
  kept: readonly Kept[],
  months: readonly Month[],
): CountStatement {
  const columns: Columns = new Map();
  const grouped = (axis: Axis) =>
    axis.dimension === MONTH ? monthAxis(axis, months, columns) : dimensionAxis(axis, kept, columns);
  const counted: Counted[] = shapes.map((shape) => ({
    shape,
    rows: grouped(shape.rows),
    columns: shape.columns === null ? null : grouped(shape.columns),
  }));
  const sets = new Map(
    counted.flatMap(({ rows, columns: across }) =>
      groupingSets(rows, across).map((set) => [keyOf(set), set]),
    ),
  );
  const calls = months
    .map((month, index) => `SELECT ${index + 1} AS ${MONTH_COLUMN}, codes FROM ${sealedTable(month)}`)
    .join(' UNION ALL ');
  const selected = [...columns].map(([name, expression]) => `${expression} AS ${name}`).join(', ');
  const names = [...columns.keys()];
  const sql = `SELECT ${names.join(', ')}, count(*) AS n FROM (SELECT ${selected} FROM (${calls}) AS calls) AS slots
    GROUP BY GROUPING SETS (${[...sets.values()].map((set) => `(${set.join(', ')})`).join(', ')})`;
  const read = (rows: readonly CountRow[]) => {
    const indexed = indexRows(rows, names);
    return counted.map((table) => readTable(table, indexed));
  };
  return { sql, read };
}
