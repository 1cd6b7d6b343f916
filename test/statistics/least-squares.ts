/** Least squares by brute force: the whole system of normal equations, solved by Gaussian elimination. */

/** One observation: the unknowns it adds up (coefficients by index), what was observed, all of one variance. */
export interface Observation {
  readonly coefficients: ReadonlyMap<number, number>;
  readonly observed: number;
}

type Matrix = number[][];

const at = (matrix: Matrix, row: number, column: number) => matrix[row]?.[column] ?? 0;

/** Brings the row with the largest number in a column, from the diagonal down, to the diagonal. */
function pivotOn(matrix: Matrix, index: number): void {
  let best = index;
  for (let row = index; row < matrix.length; row += 1)
    if (Math.abs(at(matrix, row, index)) > Math.abs(at(matrix, best, index))) best = row;
  const [a, b] = [matrix[index] ?? [], matrix[best] ?? []];
  matrix[index] = b;
  matrix[best] = a;
}

/** Takes so many times the source from the target that the target's number in a column becomes zero. */
function eliminate(target: number[], source: readonly number[], from: number): void {
  const factor = (target[from] ?? 0) / (source[from] ?? 1);
  if (factor === 0) return;
  for (let column = from; column < target.length; column += 1)
    target[column] = (target[column] ?? 0) - factor * (source[column] ?? 0);
}

/** Solves a square system given as rows with the right-hand side last. */
function solve(matrix: Matrix): number[] {
  const size = matrix.length;
  for (let index = 0; index < size; index += 1) {
    pivotOn(matrix, index);
    const source = matrix[index] ?? [];
    for (const target of matrix) if (target !== source) eliminate(target, source, index);
  }
  return matrix.map((row, index) => (row[size] ?? 0) / at(matrix, index, index));
}

/** The unknowns with the least sum of squared misses. */
export function leastSquares(unknowns: number, observations: readonly Observation[]): number[] {
  const normal: Matrix = Array.from({ length: unknowns }, () => new Array<number>(unknowns + 1).fill(0));
  for (const { coefficients, observed } of observations) {
    for (const [i, left] of coefficients) {
      const row = normal[i] ?? [];
      for (const [j, right] of coefficients) row[j] = (row[j] ?? 0) + left * right;
      row[unknowns] = (row[unknowns] ?? 0) + left * observed;
    }
  }
  return solve(normal);
}

/**
 * The total that fits tables best when every cell is an unknown of its own and each table's cells add up to the
 * total: unknown 0 is the total, the last cell of a table is the total minus its other cells. `direct` are
 * observations of the total itself.
 */
export function totalByBruteForce(tables: readonly (readonly number[])[], direct: readonly number[]): number {
  const observations: Observation[] = direct.map((observed) => ({
    coefficients: new Map([[0, 1]]),
    observed,
  }));
  let next = 1;
  for (const cells of tables) {
    const first = next;
    next += cells.length - 1;
    cells.slice(0, -1).forEach((observed, index) => {
      observations.push({ coefficients: new Map([[first + index, 1]]), observed });
    });
    const last = new Map([[0, 1]]);
    for (let cell = first; cell < next; cell += 1) last.set(cell, -1);
    observations.push({ coefficients: last, observed: cells.at(-1) ?? 0 });
  }
  return leastSquares(next, observations)[0] ?? NaN;
}
