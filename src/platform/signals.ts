/** Being told to stop by the operating system. */

/** Aborts at the first SIGINT or SIGTERM. It listens to the end, so that no second one cuts the tidying up short. */
export function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
