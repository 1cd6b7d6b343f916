/** True counts, made the slow and obvious way from the answers themselves, to hold the product's against. */
import type { Answers } from '../../src/contract/call.js';
import type { TableShape } from '../../src/contract/plan.js';
import { findDimension, topOf } from '../../src/contract/vocabulary.js';
import { vocabulary } from './calls.js';

export interface CountedCall {
  readonly month: string;
  readonly answers: Answers;
}

/** The cells of a table: rows x columns, one column where it has no axis. */
export function countByHand(shape: TableShape, calls: readonly CountedCall[]): number[][] {
  const codesOn = (axis: TableShape['rows'], call: CountedCall): Set<string> => {
    if (axis.dimension === 'month') return new Set([call.month]);
    const answer = call.answers[axis.dimension] ?? [];
    const leaves = typeof answer === 'string' ? [answer] : answer;
    const codes = findDimension(vocabulary, axis.dimension)?.codes ?? [];
    return new Set(
      leaves.map((leaf) =>
        axis.level === 'leaf'
          ? leaf
          : topOf(codes.find(({ id }) => id === leaf) ?? { id: '', label: { sv: '', en: '' } }),
      ),
    );
  };
  const inUniverse = calls.filter(
    ({ answers }) => shape.universe === 'all' || answers['kind'] === 'conversation',
  );
  const answered = inUniverse.map((call) => ({
    rows: codesOn(shape.rows, call),
    columns: shape.columns === null ? null : codesOn(shape.columns, call),
  }));
  return shape.rows.codes.map(({ code: row }) =>
    (shape.columns?.codes ?? [{ code: null }]).map(
      ({ code: column }) =>
        answered.filter(
          ({ rows, columns }) => rows.has(row) && (column === null || columns?.has(column) === true),
        ).length,
    ),
  );
}
