/**
 * What a test file takes from Jest. The runner puts it into `globalThis` and lets a test take as long as it likes, so
 * here it gets its types and a limit: docs/decisions/0026.
 */
import type * as Jest from '@jest/globals';
import { watchFrom } from './watchdog.js';

// A process is told that the run is over by the end of its channel. What a test has left open must not keep it.
process.once('disconnect', () => process.exit());

type Body = (...given: never[]) => unknown;
type Hook = (body: () => unknown, milliseconds?: number) => void;

const jest = globalThis as unknown as typeof Jest;
const LIMIT = Number(process.env['TYST_TEST_LIMIT'] ?? 180_000);

/** A test or hook that fails when it has not ended in time, and goes on unheard. */
const limited =
  (name: string, body: Body, milliseconds = LIMIT) =>
  async (...given: never[]): Promise<void> => {
    const over = watchFrom(name, milliseconds);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`It was not over after ${milliseconds / 1000} s.`));
      }, milliseconds);
    });
    try {
      await Promise.race([body(...given), late]);
    } finally {
      clearTimeout(timer);
      over();
    }
  };

type Adder = (name: string, body: Body, milliseconds?: number) => void;
interface Test extends Adder {
  readonly each: (table: readonly unknown[]) => Adder;
}

const limitedTest = (add: Test): Test =>
  Object.assign<Adder, Pick<Test, 'each'>>(
    (name, body, milliseconds) => {
      add(name, limited(name, body, milliseconds));
    },
    {
      each: (table) => (name, body, milliseconds) => {
        add.each(table)(name, limited(name, body, milliseconds));
      },
    },
  );

const limitedHook =
  (name: string, add: Hook): Hook =>
  (body, milliseconds) => {
    add(limited(name, body, milliseconds));
  };

export const { expect, describe } = jest;
export const test = Object.assign(limitedTest(jest.test as unknown as Test), {
  skip: jest.test.skip,
  only: limitedTest(jest.test.only as unknown as Test),
}) as unknown as typeof Jest.test;
export const beforeAll = limitedHook('beforeAll', jest.beforeAll as Hook);
export const beforeEach = limitedHook('beforeEach', jest.beforeEach as Hook);
export const afterEach = limitedHook('afterEach', jest.afterEach as Hook);
export const afterAll = limitedHook('afterAll', jest.afterAll as Hook);
