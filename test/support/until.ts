/** Waiting for what a test needs, never for a time. */

const LOOK_AGAIN = 20;

/** Waits until something holds. Throws when it does not within so many seconds. */
export async function until(what: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}

/** Waits until an expectation is met, and throws its own error when it is not within so many seconds. */
export async function untilMet(expectation: () => unknown, seconds: number): Promise<void> {
  let unmet: unknown;
  const isMet = async () => {
    try {
      await expectation();
      return true;
    } catch (error) {
      unmet = error;
      return false;
    }
  };
  await until(isMet, seconds).catch(() => {
    throw unmet;
  });
}
