/** How well scores tell members from others: the ROC curve, its area, and how much it gives at few false alarms. */

/** Points (share of others at or above a score, share of members), from (0, 0) to (1, 1), one for each score. */
export type Roc = readonly (readonly [number, number])[];

/** Scores may be infinite (certainty) and tied; between tied scores the attacker tosses a coin, a straight line. */
export function rocOf(members: readonly number[], others: readonly number[]): Roc {
  const descending = (scores: readonly number[]) => Float64Array.from(scores).sort().reverse();
  const [yes, no] = [descending(members), descending(others)];
  const points: [number, number][] = [[0, 0]];
  let [i, j] = [0, 0];
  while (i < yes.length || j < no.length) {
    const score = Math.max(yes[i] ?? -Infinity, no[j] ?? -Infinity);
    while (i < yes.length && yes[i] === score) i += 1;
    while (j < no.length && no[j] === score) j += 1;
    points.push([j / no.length, i / yes.length]);
  }
  return points;
}

/** The chance that a member scores above another, ties by half. */
export function areaUnder(roc: Roc): number {
  let area = 0;
  for (let index = 1; index < roc.length; index += 1) {
    const [[x0, y0], [x1, y1]] = [roc[index - 1] ?? [0, 0], roc[index] ?? [1, 1]];
    area += ((x1 - x0) * (y0 + y1)) / 2;
  }
  return area;
}

/** The share of members found when so great a share of others is falsely taken for members. */
export function foundAt(roc: Roc, falseAlarms: number): number {
  const after = roc.findIndex(([x]) => x > falseAlarms);
  const [x1, y1] = roc[after] ?? [1, 1];
  const [x0, y0] = roc[after - 1] ?? [0, 0];
  return x1 === x0 ? y0 : y0 + ((falseAlarms - x0) / (x1 - x0)) * (y1 - y0);
}

/** A curve with few enough points to draw: the last one in each of `steps` strips. */
export function thinned(roc: Roc, steps = 200): (readonly [number, number])[] {
  const strips = new Map(roc.map(([x, y]) => [Math.round((x + y) * (steps / 2)), [x, y] as const]));
  return [[0, 0], ...strips.values(), [1, 1]];
}
