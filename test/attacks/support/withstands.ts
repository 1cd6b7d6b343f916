import { expect, test } from '../../support/jest.js';
import { failures, type Attack } from './figures.js';

/** A test that an attack, at the size for tests, keeps every bound. */
export function withstands({ id, title, run }: Attack): void {
  test(`${id} ${title}: every figure keeps its bound`, async () => {
    const findings = await run('test');
    expect(findings.figures.length).toBeGreaterThan(0);
    expect(failures(findings)).toEqual([]);
  }, 240_000);
}
