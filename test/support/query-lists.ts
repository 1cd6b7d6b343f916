/** Lists of queries as no plan compiles to them: any weights, of any cell, several of the same one. */
import { monthsOfQuarter, type Quarter } from '../../src/contract/period.js';
import type { Rational, TableShape } from '../../src/contract/plan.js';
import { universes, type Query } from '../../src/contract/queries.js';
import type { Chance } from '../attacks/support/chance.js';

/** Variances of which every cost is a whole number of 280ths. */
const variances: readonly Rational[] = [
  { numerator: 2n, denominator: 1n },
  { numerator: 5n, denominator: 2n },
  { numerator: 4n, denominator: 1n },
  { numerator: 7n, denominator: 1n },
];
const PARTS = 280n;

/** What moving queries by so much costs, in 280ths: the sum of squares over twice the variance. */
export function partsSpent(queries: readonly Query[], moved: ArrayLike<number>): number {
  return queries.reduce((sum, { sigma2: { numerator, denominator } }, index) => {
    const parts = PARTS * denominator;
    if (parts % (2n * numerator) !== 0n) throw new Error('A cost is no whole number of parts.');
    return sum + (moved[index] ?? 0) ** 2 * Number(parts / (2n * numerator));
  }, 0);
}

/** An exact amount in 280ths. */
export const inParts = ({ numerator, denominator }: Rational): number =>
  Number(numerator * PARTS) / Number(denominator);

const anyOf = <One>({ below }: Chance, all: readonly One[], otherwise: One): One =>
  all[below(all.length)] ?? otherwise;

/** A query of a table, or a total. */
function anyQuery(random: Chance, shapes: readonly TableShape[], quarter: Quarter, signed: boolean): Query {
  const { below } = random;
  const weight = (most: number) => (signed ? below(2 * most + 1) - most : below(most + 1));
  const shape = shapes[below(shapes.length + 1)];
  const asked = {
    month: anyOf(random, [null, null, ...monthsOfQuarter(quarter)], null),
    of: anyOf(random, universes, 'all'),
    sigma2: anyOf(random, variances, { numerator: 2n, denominator: 1n }),
  };
  if (shape === undefined)
    return { ...asked, table: null, row: null, column: null, cell: 0, margin: 0, universe: weight(2) || 1 };
  return {
    ...asked,
    table: shape.id,
    row: below(shape.rows.codes.length),
    column: below(shape.columns?.codes.length ?? 1),
    cell: weight(4) || 1,
    margin: weight(2),
    universe: weight(2),
  };
}

/** Any list of queries over a plan's tables; `signed` says whether a weight may be negative. */
export const anyQueries = (
  random: Chance,
  shapes: readonly TableShape[],
  quarter: Quarter,
  { count, signed }: { readonly count: number; readonly signed: boolean },
): Query[] => Array.from({ length: count }, () => anyQuery(random, shapes, quarter, signed));
