/** A plan of one's own in the making. Pure. */
import { MONTH, planProblem, type Plan, type PlanTable } from '../../contract/plan.js';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';

/** Whether a dimension looks another way when its answers are taken in groups. */
export const hasGroups = (dimension: Dimension | undefined): boolean =>
  dimension?.codes.some(({ parent }) => parent !== undefined) === true;

const sideName = (dimension: string, level: string | undefined) =>
  level === 'top' ? `${dimension}-top` : dimension;

/** A table with the name that says what it is, so that two of the same name are the same. */
export function named({ rows, level, columns, columnsLevel }: Omit<PlanTable, 'id'>): PlanTable {
  const first = sideName(rows, level);
  const id = columns === undefined ? first : `${first}-by-${sideName(columns, columnsLevel)}`;
  return {
    // The names of tables are written in small letters.
    id: id.toLowerCase().slice(0, 64),
    rows,
    ...(level === undefined ? {} : { level }),
    ...(columns === undefined ? {} : { columns }),
    ...(columns === undefined || columnsLevel === undefined ? {} : { columnsLevel }),
  };
}

/** A table that counts a question nobody counts yet, as far as there is one. */
export function nextTable(tables: readonly PlanTable[], { dimensions }: Vocabulary): PlanTable {
  const used = new Set(tables.map(({ id }) => id));
  const free = [MONTH, ...dimensions.map(({ id }) => id)].find((id) => !used.has(named({ rows: id }).id));
  return named({ rows: free ?? MONTH });
}

export type OwnProblem = 'few' | 'many' | 'twice' | 'same' | 'wrong';

/** What stands in the way of a plan; null when it may be chosen. */
export function ownProblem(plan: Plan, vocabulary: Vocabulary): OwnProblem | null {
  if (plan.tables.length === 0) return 'few';
  if (plan.tables.length > 60) return 'many';
  const problem = planProblem(plan, vocabulary);
  if (problem === null) return null;
  if (problem === 'duplicate-table') return 'twice';
  return problem === 'same-axes' ? 'same' : 'wrong';
}
