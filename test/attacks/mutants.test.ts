import { describe, expect, test } from '../support/jest.js';
import { attackMutant, keepingMutants, mutants } from './mutants.js';
import { pinningOf } from './pinning.js';
import { countCells } from './support/line.js';
import { thresholdAndRound, type Publisher } from './support/publisher.js';

describe.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s', (_name, mutant) => {
  test('fails the suite: membership, attribute, fingerprint and group', async () => {
    const { against } = await attackMutant(mutant, 'test');
    const failed = against.filter(({ figures }) => figures.some(({ passes }) => !passes));
    expect(failed.map(({ id }) => id)).toEqual(['A1', 'A2', 'A7', 'A12']);
    // And not by a hair: some calls are proven to be there, or not to be, beyond doubt.
    const certain = failed[0]?.figures.find(({ name }) => name.includes('with certainty'));
    expect(certain?.value).toBeGreaterThan(0.03);
  }, 240_000);
});

test.each(keepingMutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s fails the suite: every attack that it is put to',
  async (_name, { attack }) => {
    const against = await attack();
    const failed = against.filter(({ figures }) => figures.some(({ passes }) => !passes));
    expect(failed).toEqual(against);
    const worst = against.flatMap(({ id, figures }) =>
      id === 'N2' ? [] : figures.filter(({ side }) => side === 'at most').map(({ value }) => value),
    );
    // Beyond doubt, not by a hair: a look finds exact counts, and copies are averaged.
    expect(Math.max(...worst)).toBeGreaterThan(0.99);
  },
  240_000,
);

/** Exact numbers with those under 10 left out, as tables without complementary suppression are published. */
const exact: Publisher = {
  ...thresholdAndRound,
  name: 'exact, under 10 left out',
  publish: (layout, records) => countCells(layout.cells, records).map((count) => (count < 10 ? NaN : count)),
  page: (_layout, published) => ({
    cells: published.map((number) =>
      Number.isNaN(number)
        ? { low: 0, high: 9, shown: false, value: null }
        : { low: number, high: number, shown: true, value: number },
    ),
    sums: [],
  }),
};

test('the linear programme does pin cells where numbers are exact', async () => {
  const { figures } = await pinningOf(exact, 'test', ['small', 'medium']);
  const times = (what: string) =>
    Math.max(...figures.filter(({ name }) => name.includes(what)).map(({ value }) => value));
  expect(times('pinned to one value')).toBeGreaterThan(0);
  expect(times('proven not empty')).toBeGreaterThan(0);
});
