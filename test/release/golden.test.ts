/**
 * Releases of lines of three sizes, and of a year, to the byte: the same published numbers give the same files on every
 * machine. Who changes on purpose what a file looks like runs `npm run goldens`.
 */
import { expectGolden } from '../support/golden.js';
import { expect, test } from '../support/jest.js';
import { GOLDEN, goldenHashes, goldenReleases, hashesOf } from './golden.js';

test.each(goldenReleases)('the release of a line: %s', async (name, content) => {
  expectGolden(GOLDEN, goldenHashes()[name], await hashesOf(content()));
});

test('no other release is written down', () => {
  expect(Object.keys(goldenHashes())).toEqual(goldenReleases.map(([name]) => name));
});
