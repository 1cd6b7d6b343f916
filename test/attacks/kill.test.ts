/** Attacks on a keeper that is killed. */
import { expect, test } from '../support/jest.js';
import { kill } from './kill.js';
import { failures } from './support/figures.js';

// Hundreds of deaths, each with a start after it: on a busy machine that is minutes.
test(`${kill.id} ${kill.title}: every figure keeps its bound`, async () => {
  expect(failures(await kill.run('test'))).toEqual([]);
}, 900_000);
