/**
 * A plan compiles to its list of queries, in which all stands that a quarter counts, draws and publishes by: what is asked,
 * with which weights and which noise. The list is frozen with the quarter. Pure.
 */
import { keepsBudgets } from './budgets.js';
import { familiesOf, type Family } from './families.js';
import { ownVariances } from './own-variances.js';
import { monthsOfQuarter, type Quarter } from './period.js';
import { MONTH, planSigma2, tableShapes, type Plan, type TableShape } from './plan.js';
import { presetVariances } from './preset-variances.js';
import { forTwoShares, type Query } from './queries.js';
import { reduced, type Rational } from './rational.js';
import type { Vocabulary } from './vocabulary.js';

const withVariances = (families: readonly Family[], variances: readonly Rational[]): Query[] =>
  families.flatMap(({ queries }, place) => {
    const sigma2 = variances[place];
    if (sigma2 === undefined) throw new RangeError('A family has no variance.');
    return queries.map((query) => ({ ...query, sigma2 }));
  });

/** The variances that a preset has of its own, where they keep both budgets over this vocabulary; else those of the rule. */
function variancesOf(plan: Plan, families: readonly Family[], shapes: readonly TableShape[]): Rational[] {
  const ready = presetVariances(plan, families);
  return ready !== null && keepsBudgets(withVariances(families, ready), shapes, plan.rho)
    ? ready
    : ownVariances(families, shapes, plan.rho);
}

/** The totals, then table by table, row by row. */
function inOrder(queries: readonly Query[], shapes: readonly TableShape[]): Query[] {
  const places = new Map<string | null, number>(shapes.map(({ id }, place) => [id, place]));
  const tableOf = ({ table }: Query) => places.get(table) ?? -1;
  return queries.toSorted(
    (a, b) => tableOf(a) - tableOf(b) || (a.row ?? 0) - (b.row ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** The list of queries that a quarter's plan compiles to. Throws RangeError where the vocabulary lacks a dimension. */
export function compileQueries(plan: Plan, vocabulary: Vocabulary, quarter: Quarter): Query[] {
  const shapes = tableShapes(plan, vocabulary, quarter);
  const families = familiesOf(plan, vocabulary, quarter);
  // Both budgets are kept before two shares ask for more, and so by what they make of it.
  const variances = variancesOf(plan, families, shapes).map((sigma2) => reduced(forTwoShares(sigma2)));
  return inOrder(withVariances(families, variances), shapes);
}

/**
 * The list of queries of a quarter that version 0.1 began: each cell of its tables once, all with one variance, which is
 * that of its plan unless another one is given.
 */
export function compileOlderQueries(
  plan: Plan,
  vocabulary: Vocabulary,
  quarter: Quarter,
  sigma2: Rational = planSigma2(plan, vocabulary),
): Query[] {
  const months = monthsOfQuarter(quarter);
  return tableShapes(plan, vocabulary, quarter).flatMap(({ id, rows, columns, universe }) =>
    rows.codes.flatMap((_, row) =>
      (columns?.codes ?? [null]).map((_cell, column) => ({
        ...{ table: id, row, column },
        month: rows.dimension === MONTH ? (months[row] ?? null) : null,
        ...{ cell: 1, margin: 0, universe: 0, of: universe, sigma2 },
      })),
    ),
  );
}
