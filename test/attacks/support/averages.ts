/**
 * The best linear average of everything that is published of a quarter, from what the attacker knows of the counts and
 * not from what the estimates know: which query asks about which cells, and which cells add up to the same calls.
 */
import { leastSquares, type LeastSquares, type Row } from '../../../src/contract/least-squares.js';
import { toNumber } from '../../../src/contract/plan.js';
import type { Query } from '../../../src/contract/queries.js';
import { columnsOf, type Layout } from './line.js';
import { countsOf, equations, knownOf, type Cells, type Known } from './structure.js';

/** What a query asks, in cells and totals. */
function asked(query: Query, layout: Layout, known: Known): Row {
  const row = new Map<number, number>();
  const add = (cells: Cells | undefined, times: number) => {
    if (times === 0) return;
    if (cells === undefined) throw new RangeError('The attacker does not know what a query asks.');
    for (const cell of cells) row.set(cell, (row.get(cell) ?? 0) + times);
  };
  const table = layout.shapes.findIndex(({ id }) => id === query.table);
  const shape = layout.shapes[table];
  if (shape !== undefined && query.row !== null) {
    const first = (layout.offsets[table] ?? NaN) + query.row * columnsOf(shape);
    add([first + (query.column ?? 0)], query.cell);
    add(known.row(shape, query.row), query.margin);
  }
  add(known.total(query.of, query.month), query.universe);
  return row;
}

/** Weighted least squares over all answers of a quarter; the counts as in structure.ts. */
export function bestAverages(layout: Layout): LeastSquares {
  const known = knownOf(layout);
  return leastSquares(
    countsOf(layout),
    equations(layout).map(({ terms }) => terms),
    layout.queries.map((query) => ({
      row: asked(query, layout, known),
      variance: toNumber(query.sigma2),
    })),
  );
}
