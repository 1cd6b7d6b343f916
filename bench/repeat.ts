/** Work that is done again and again, and what came of it. */

/** The least and the most of some figures. */
export const span = (figures: readonly number[], digits: number): string =>
  `${Math.min(...figures).toFixed(digits)} to ${Math.max(...figures).toFixed(digits)}`;

/** Does some work again and again, many at a time. */
export async function together(times: number, many: number, work: (index: number) => Promise<unknown>) {
  let next = 0;
  const one = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: many }, one));
}
