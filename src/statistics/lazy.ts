/** A function that works its answer out when first called and gives the same one ever after. */
export function lazy<T>(work: () => T): () => T {
  let done: { readonly answer: T } | null = null;
  return () => (done ??= { answer: work() }).answer;
}
