/**
 * Weighted least squares under equalities: of all x that fulfil Ax = 0 the one for which the sum of
 * (observed - o(x))^2 / variance over all observations o is least. The equalities are solved first (Gauss and Jordan), so
 * that x = Bz with z free; z then follows from the normal equations, by their Cholesky factor L. Only the four operations
 * and the square root, which IEEE 754 defines to the last bit, in a fixed order: the same answer on every machine. Pure.
 */

/** A sum of unknowns: the factor of each by its place, 0 where absent. */
export type Row = ReadonlyMap<number, number>;

/** What is observed, with independent noise of that variance. */
export interface Observation {
  readonly row: Row;
  readonly variance: number;
}

export interface LeastSquares {
  /** The unknowns, from one observed number for each observation. */
  readonly solve: (observed: readonly number[]) => Float64Array;
  /** The variance of a sum of unknowns; Infinity where the observations do not say it. */
  readonly varianceOf: (row: Row) => number;
}

/** What is left, relative to what there was, of something that what comes before it implies. */
const IMPLIED = 1e-9;

const at = (numbers: Float64Array | undefined, place: number): number => numbers?.[place] ?? 0;

/** from -= times x what */
function take(from: Float64Array, what: Float64Array, times: number): void {
  for (let place = 0; place < from.length; place += 1)
    from[place] = at(from, place) - times * at(what, place);
}

function largestPlace(numbers: Float64Array): number {
  let largest = 0;
  for (let place = 1; place < numbers.length; place += 1)
    if (Math.abs(at(numbers, place)) > Math.abs(at(numbers, largest))) largest = place;
  return largest;
}

/** Solves equalities: each names one unknown that the others give, as a line in which that one has the factor 1. */
function solveEqualities(size: number, equalities: readonly Row[]): ReadonlyMap<number, Float64Array> {
  const lines = new Map<number, Float64Array>();
  for (const row of equalities) {
    const line = new Float64Array(size);
    for (const [place, factor] of row) line[place] = factor;
    for (const [pivot, known] of lines) if (at(line, pivot) !== 0) take(line, known, at(line, pivot));
    const pivot = largestPlace(line);
    const factor = at(line, pivot);
    if (Math.abs(factor) <= IMPLIED) continue;
    for (let place = 0; place < size; place += 1) line[place] = at(line, place) / factor;
    for (const other of lines.values()) if (at(other, pivot) !== 0) take(other, line, at(other, pivot));
    lines.set(pivot, line);
  }
  return lines;
}

/** Sums of unknowns as sums of the free ones alone. */
function reducer(size: number, lines: ReadonlyMap<number, Float64Array>) {
  const free = Array.from({ length: size }, (_, place) => place).filter((place) => !lines.has(place));
  const reduce = (row: Row): Float64Array => {
    const whole = new Float64Array(size);
    for (const [place, factor] of row) whole[place] = at(whole, place) + factor;
    for (const [place] of row) {
      const line = lines.get(place);
      if (line !== undefined) take(whole, line, at(whole, place));
    }
    return Float64Array.from(free, (place) => at(whole, place));
  };
  return { free, reduce };
}

/** The places of what is not 0: most of a row is. */
const filled = (numbers: Float64Array): number[] =>
  [...numbers.keys()].filter((place) => Math.abs(at(numbers, place)) > IMPLIED);

/** The lower triangle of the normal equations' matrix. */
function normalMatrix(width: number, rows: readonly Float64Array[], variances: readonly number[]) {
  const matrix = Array.from({ length: width }, (_, place) => new Float64Array(place + 1));
  for (const [number, row] of rows.entries()) {
    const places = filled(row);
    const weight = 1 / (variances[number] ?? NaN);
    for (const one of places)
      for (const other of places) {
        if (other > one) break;
        const line = matrix[one];
        if (line !== undefined) line[other] = at(line, other) + weight * at(row, one) * at(row, other);
      }
  }
  return matrix;
}

/** The Cholesky factor; a line of what no observation says is empty. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower: Float64Array[] = [];
  for (const [row, line] of matrix.entries()) {
    const own = new Float64Array(row + 1);
    for (let column = 0; column < row; column += 1) {
      const other = lower[column];
      const diagonal = at(other, column);
      if (other === undefined || diagonal === 0) continue;
      let rest = at(line, column);
      for (let place = 0; place < column; place += 1) rest -= at(own, place) * at(other, place);
      own[column] = rest / diagonal;
    }
    let rest = at(line, row);
    for (let place = 0; place < row; place += 1) rest -= at(own, place) ** 2;
    own[row] = rest <= IMPLIED * at(line, row) ? 0 : Math.sqrt(rest);
    lower.push(own);
  }
  return lower;
}

/** Solves L z = right, from the first row down; null where a line that is empty leaves something over. */
function solveDown(lower: readonly Float64Array[], right: Float64Array): Float64Array | null {
  const solved = new Float64Array(right.length);
  const from = right.findIndex((one) => one !== 0);
  for (let row = Math.max(0, from); row < lower.length; row += 1) {
    const line = lower[row];
    let rest = at(right, row);
    for (let place = from; place < row; place += 1) rest -= at(line, place) * at(solved, place);
    const diagonal = at(line, row);
    if (diagonal === 0 && Math.abs(rest) > 1e-6) return null;
    solved[row] = diagonal === 0 ? 0 : rest / diagonal;
  }
  return solved;
}

/** Solves L' z = right, from the last row up. */
function solveUp(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const solved = Float64Array.from(right);
  for (let row = lower.length - 1; row >= 0; row -= 1) {
    const line = lower[row];
    const diagonal = at(line, row);
    const value = diagonal === 0 ? 0 : at(solved, row) / diagonal;
    solved[row] = value;
    for (let above = 0; above < row; above += 1) solved[above] = at(solved, above) - at(line, above) * value;
  }
  return solved;
}

/** Prepares so many unknowns; equalities that follow from others do no harm. */
export function leastSquares(
  size: number,
  equalities: readonly Row[],
  observations: readonly Observation[],
): LeastSquares {
  const lines = solveEqualities(size, equalities);
  const { free, reduce } = reducer(size, lines);
  const rows = observations.map(({ row }) => reduce(row));
  const variances = observations.map(({ variance }) => variance);
  const lower = cholesky(normalMatrix(free.length, rows, variances));
  const solve = (observed: readonly number[]): Float64Array => {
    const right = new Float64Array(free.length);
    rows.forEach((row, number) => {
      take(right, row, -(observed[number] ?? NaN) / (variances[number] ?? NaN));
    });
    const down = solveDown(lower, right) ?? new Float64Array(free.length);
    const values = solveUp(lower, down);
    const whole = new Float64Array(size);
    free.forEach((place, number) => (whole[place] = at(values, number)));
    for (const [pivot, line] of lines) {
      let rest = 0;
      for (const place of free) rest -= at(line, place) * at(whole, place);
      whole[pivot] = rest;
    }
    return whole;
  };
  const varianceOf = (row: Row): number => {
    const solved = solveDown(lower, reduce(row));
    return solved === null ? Infinity : solved.reduce((sum, one) => sum + one * one, 0);
  };
  return { solve, varianceOf };
}
