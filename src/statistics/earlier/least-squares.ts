/**
 * Least squares under equalities: of all x with Ax = b the one nearest to the observed y, all of one variance, is
 *
 *   x = y - A'(AA')^-1 (Ay - b)
 *
 * (orthogonal projection; the method of Lagrange gives the same). AA' is as wide as there are equalities, a hundred
 * for the largest plan, and is solved by its Cholesky factor L, AA' = LL'. Only the four operations and the square
 * root, which IEEE 754 defines to the last bit, in a fixed order: the same answer on every machine. Pure.
 */

/** The left side of an equality: the factor of each unknown by its place, 0 where absent. */
export type Row = ReadonlyMap<number, number>;

/** The equalities that do not follow from those before them, by their places in the list, and the factor L. */
export interface Equalities {
  readonly rows: readonly Row[];
  readonly places: readonly number[];
  readonly lower: readonly (readonly number[])[];
}

/** What is left, relative to a row's length, of a row that the rows before it imply; of others 0.001 and more. */
const IMPLIED = 1e-9;

const at = (numbers: readonly number[], place: number): number => numbers[place] ?? 0;

/** The scalar product of two lists of numbers. */
export const product = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, place) => sum + value * at(other, place), 0);

function rowProduct(one: Row, other: Row): number {
  let sum = 0;
  for (const [place, factor] of one) sum += factor * (other.get(place) ?? 0);
  return sum;
}

/** A row times a list of numbers. */
function apply(row: Row, numbers: readonly number[]): number {
  let sum = 0;
  for (const [place, factor] of row) sum += factor * at(numbers, place);
  return sum;
}

/** Solves L z = right, from the first row down. */
function solveDown(lower: Equalities['lower'], right: readonly number[]): number[] {
  const solved: number[] = [];
  for (const [place, line] of lower.entries())
    solved.push((at(right, place) - product(solved, line)) / at(line, place));
  return solved;
}

/** Solves L' z = right, from the last row up. */
function solveUp(lower: Equalities['lower'], right: readonly number[]): number[] {
  const solved = [...right];
  for (const [back] of lower.entries()) {
    const place = lower.length - 1 - back;
    const line = lower[place] ?? [];
    const value = at(solved, place) / at(line, place);
    solved[place] = value;
    for (let above = 0; above < place; above += 1)
      solved[above] = at(solved, above) - at(line, above) * value;
  }
  return solved;
}

/** Prepares equalities, given by their left sides; those that follow from earlier ones drop out. */
export function factorise(all: readonly Row[]): Equalities {
  const rows: Row[] = [];
  const places: number[] = [];
  const lower: number[][] = [];
  for (const [place, row] of all.entries()) {
    const length = rowProduct(row, row);
    const line = solveDown(
      lower,
      rows.map((earlier) => rowProduct(earlier, row)),
    );
    const rest = length - product(line, line);
    if (rest <= IMPLIED * length) continue;
    rows.push(row);
    places.push(place);
    lower.push([...line, Math.sqrt(rest)]);
  }
  return { rows, places, lower };
}

/** The numbers nearest to the observed ones that fulfil the equalities; `right` are the right sides of the kept rows. */
export function nearest(
  { rows, lower }: Equalities,
  observed: readonly number[],
  right: readonly number[],
): number[] {
  const gaps = rows.map((row, place) => apply(row, observed) - at(right, place));
  const multipliers = solveUp(lower, solveDown(lower, gaps));
  const numbers = [...observed];
  rows.forEach((row, equality) => {
    for (const [place, factor] of row)
      numbers[place] = at(numbers, place) - factor * at(multipliers, equality);
  });
  return numbers;
}

/**
 * What the equalities say of a sum of unknowns: the coordinates L^-1 A c of its part that they fix, so that the
 * squared length of that part is the coordinates' own.
 */
export const fixedPart = ({ rows, lower }: Equalities, sum: Row): number[] =>
  solveDown(
    lower,
    rows.map((row) => rowProduct(sum, row)),
  );

/** L^-1 b: a scalar product with `fixedPart` gives how much of the right sides b goes into that sum. */
export const fixedBy = ({ lower }: Equalities, right: readonly number[]): number[] => solveDown(lower, right);
