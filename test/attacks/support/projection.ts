/** The best linear unbiased estimates of counts that were each published once, with equal variance, and satisfy equations. */
import type { Relation } from './structure.js';

/** An orthonormal basis of the space that the equations span (Gram and Schmidt, twice for exactness). */
function basisOf(equations: readonly Relation[], cells: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const { terms } of equations) {
    const row = new Float64Array(cells);
    for (const [cell, factor] of terms) row[cell] = factor;
    for (let pass = 0; pass < 2; pass += 1) for (const known of basis) subtract(row, known);
    const length = Math.sqrt(inner(row, row));
    // What is left of an equation that follows from the others is rounding.
    if (length > 1e-9) basis.push(row.map((value) => value / length));
  }
  return basis;
}

function inner(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** Takes the part along a vector of length one away. */
function subtract(row: Float64Array, known: Float64Array): void {
  const along = inner(row, known);
  if (along === 0) return;
  for (let index = 0; index < row.length; index += 1)
    row[index] = (row[index] ?? 0) - along * (known[index] ?? 0);
}

/**
 * The projection onto the counts that satisfy the equations: weighted least squares with equal weights, so the best
 * that any linear average of all published numbers can do.
 */
export function projectionOn(equations: readonly Relation[], cells: number) {
  const basis = basisOf(equations, cells);
  const project = (numbers: ArrayLike<number>): Float64Array => {
    const estimate = Float64Array.from(numbers);
    for (const known of basis) subtract(estimate, known);
    return estimate;
  };
  /** The variance of the estimate of a sum of cells, for noise of variance 1. */
  const varianceOf = (sum: readonly number[]): number => {
    const row = new Float64Array(cells);
    for (const cell of sum) row[cell] = 1;
    const projected = project(row);
    return inner(projected, projected);
  };
  return { project, varianceOf };
}
