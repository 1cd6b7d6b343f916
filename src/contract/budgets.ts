/** Both budgets, decided exactly from a list of queries and the plan's tables alone. Pure. */
import { widthOf } from './cells.js';
import { MAX_RHO, type TableShape } from './plan.js';
import type { Query } from './queries.js';
import { exact, isAtMost } from './rational.js';
import { spendingOf } from './spending.js';

/** Whether a place is one of so many; none at all only where nothing is asked that needs one. */
const isPlace = (place: number | null, places: number, needed: boolean): boolean =>
  place === null ? !needed : place < places;

const asksNothing = ({ cell, margin, universe }: Query): boolean =>
  cell === 0 && margin === 0 && universe === 0;

/** Whether a query asks of a cell that its table has; a total asks of none. */
function isPlaced({ row, column, cell, margin }: Query, table: TableShape | null): boolean {
  const [rows, columns] = table === null ? [0, 0] : [table.rows.codes.length, widthOf(table)];
  return isPlace(row, rows, cell !== 0 || margin !== 0) && isPlace(column, columns, cell !== 0);
}

/** Whether a query asks something, of a table that the plan has and a cell that the table has. */
function isAskable(query: Query, shapes: readonly TableShape[]): boolean {
  const table = query.table === null ? null : shapes.find(({ id }) => id === query.table);
  return table !== undefined && !asksNothing(query) && isPlaced(query, table);
}

/** Whether a list of queries keeps both budgets, decided exactly: rho for one call, 2 rho for two stories. */
export function keepsBudgets(queries: readonly Query[], shapes: readonly TableShape[], rho: number): boolean {
  const { call, story } = spendingOf(queries, shapes);
  const limit = exact(rho);
  return isAtMost(call, limit) && isAtMost(story, { ...limit, numerator: 2n * limit.numerator });
}

/**
 * Whether noise may be drawn for a list of queries. Never for a rho above 0.5, and not for a list with a query that asks
 * nothing, or of a table or cell the plan does not have.
 */
export function withinBudgets(
  queries: readonly Query[],
  shapes: readonly TableShape[],
  rho: number,
): boolean {
  if (!(rho > 0) || rho > MAX_RHO) return false;
  return queries.every((query) => isAskable(query, shapes)) && keepsBudgets(queries, shapes, rho);
}
