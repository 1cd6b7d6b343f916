import { describe, expect, test } from '../support/jest.js';
import { attackBudgets, attackMutant, budgetMutants, keepingMutants, mutants } from './mutants.js';
import { pinningOf } from './pinning.js';
import { addedUp } from './support/moves.js';
import { pageWithin, thresholdAndRound } from './support/other-publishers.js';
import type { Publisher } from './support/publisher.js';

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

/** For each mutant the figure that it cannot keep. */
const caught: Readonly<Record<string, string>> = {
  'the budget of a call left out': 'lists accepted that keep 2 rho for two stories, and not rho for a call',
  'the budget of two stories left out':
    'lists accepted that keep rho for a call, and not 2 rho for two stories',
  'a query’s weight one too great as it is compiled': 'plans whose own list of queries was refused',
  'a query’s weight one too great as it is counted': 'plans under which some call spends more than rho',
  'a query’s weight one too small as it is counted':
    'plans of which the keeper counts otherwise than their queries ask',
};

test.each(budgetMutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s fails the suite: the attack on budgets',
  (name, mutant) => {
    const { figures } = attackBudgets(mutant);
    const failed = figures.filter(({ passes }) => !passes).map((figure) => figure.name);
    expect(failed).toContain(caught[name]);
  },
  240_000,
);

/** Exact numbers with those under 10 left out, as tables without complementary suppression are published. */
const exact: Publisher = {
  ...thresholdAndRound,
  name: 'exact, under 10 left out',
  publish: ({ cells }, records) => Array.from(addedUp(cells, records), (count) => (count < 10 ? NaN : count)),
  page: (_layout, published) => pageWithin(published, 0, 9),
};

test('the linear programme does pin cells where numbers are exact', async () => {
  const { figures } = await pinningOf(exact, 'test', ['small', 'medium']);
  const times = (what: string) =>
    Math.max(...figures.filter(({ name }) => name.includes(what)).map(({ value }) => value));
  expect(times('pinned to one value')).toBeGreaterThan(0);
  expect(times('proven not empty')).toBeGreaterThan(0);
});
