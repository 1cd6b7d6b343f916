/** What a bench of the statistics needs: made-up calls counted by hand. */
import { MONTH, type Axis, type TableShape } from '../src/contract/plan.js';
import { CONVERSATION, findDimension, KIND, topOf, type Vocabulary } from '../src/contract/vocabulary.js';
import type { DemoCall } from '../src/demo/calls.js';

/** The places along an axis that a call falls in: none, one, or several where it may have several answers. */
function placesAlong(axis: Axis | null, vocabulary: Vocabulary): (call: DemoCall) => number[] {
  if (axis === null) return () => [0];
  const places = new Map(axis.codes.map(({ code }, place) => [code, place]));
  const placeOf = (code: string) => places.get(code) ?? [];
  if (axis.dimension === MONTH) return ({ month }) => [placeOf(month)].flat();
  const codes = findDimension(vocabulary, axis.dimension)?.codes ?? [];
  const counted = new Map(codes.map((code) => [code.id, axis.level === 'top' ? topOf(code) : code.id]));
  return ({ answers }) => {
    const given = [answers[axis.dimension] ?? []].flat();
    return [...new Set(given.map((code) => counted.get(code) ?? code))].flatMap(placeOf);
  };
}

/** The true cells of a table: for measuring what is published against. */
export function countTable(
  shape: TableShape,
  calls: readonly DemoCall[],
  vocabulary: Vocabulary,
): number[][] {
  const cells = shape.rows.codes.map(() => new Array<number>(shape.columns?.codes.length ?? 1).fill(0));
  const [down, across] = [placesAlong(shape.rows, vocabulary), placesAlong(shape.columns, vocabulary)];
  const counted =
    shape.universe === 'all' ? calls : calls.filter(({ answers }) => answers[KIND] === CONVERSATION);
  for (const call of counted) {
    for (const row of down(call)) {
      const line = cells[row] ?? [];
      for (const column of across(call)) line[column] = (line[column] ?? 0) + 1;
    }
  }
  return cells;
}
