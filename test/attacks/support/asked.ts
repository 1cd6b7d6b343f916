/**
 * What the keeper asks of a quarter, and what calls answer to it: from the cells that the attacks' own counter says a call
 * enters, and not by the function with which the keeper counts.
 */
import { compileQueries } from '../../../src/contract/compile.js';
import type { Plan } from '../../../src/contract/plan.js';
import type { Query } from '../../../src/contract/queries.js';
import { columnsOf, isConversation, layOut, QUARTER, vocabulary, type Call, type Layout } from './line.js';

/** The list that the keeper freezes. */
export const askedOf = (plan: Plan): Query[] => compileQueries(plan, vocabulary, QUARTER);

/** By how much a call that enters some cells moves a query. */
function moved(query: Query, { shapes, offsets }: Layout, call: Call, cells: ReadonlySet<number>): number {
  if (query.month !== null && query.month !== call.month) return 0;
  const talked = isConversation(call);
  const around = query.of === 'all' || (query.of === 'conversation') === talked ? query.universe : 0;
  const table = shapes.findIndex(({ id }) => id === query.table);
  const shape = shapes[table];
  if (shape === undefined) return around;
  const width = columnsOf(shape);
  const first = (offsets[table] ?? NaN) + (query.row ?? NaN) * width;
  const inCell = cells.has(first + (query.column ?? NaN));
  const inRow = Array.from({ length: width }, (_, column) => first + column).some((cell) => cells.has(cell));
  return around + (inRow ? query.margin : 0) + (inCell ? query.cell : 0);
}

/** The exact answers of calls to the queries of a plan, in their order. */
export function answersOf(
  plan: Plan,
  calls: readonly Call[],
  queries: readonly Query[] = askedOf(plan),
): number[] {
  const layout = layOut(plan, queries);
  const answers = queries.map(() => 0);
  for (const call of calls) {
    const cells = new Set(layout.cellsOf(call));
    for (const [place, query] of queries.entries())
      answers[place] = (answers[place] ?? NaN) + moved(query, layout, call, cells);
  }
  return answers;
}
