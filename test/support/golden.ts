/** Comparing with what is written down of an earlier run, and saying what to do when it differs. */
import { expect } from './jest.js';

const WHAT_NOW = 'Look at the change. If it is meant, `npm run goldens` writes it down.';

/** Expects what a file holds to be what is made now. */
export function expectGolden(path: string, held: unknown, made: unknown): void {
  try {
    expect(made).toEqual(held);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${path} holds something else. ${WHAT_NOW}\n\n${message}`, { cause: error });
  }
}
