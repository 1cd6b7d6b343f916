/**
 * The suite turned on two methods to publish that are in use elsewhere, on two ways to keep a quarter that would be
 * simpler, and on budgets and weights that are wrong. All must fail it: a suite that everything passes proves nothing.
 */
import { isAtMost, exact } from '../../src/contract/rational.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { noteSeal } from '../../src/keeping/key-store.js';
import { turnKey } from '../../src/keeping/turn.js';
import { lazy } from '../../src/statistics/lazy.js';
import { attributesOf } from './attribute.js';
import { arithmetic, asProduced, type Ways } from './budget-arithmetic.js';
import { copiesOf } from './copies.js';
import { fingerprintOf } from './fingerprint.js';
import { groupsOf } from './group.js';
import { looksOf } from './look.js';
import { membershipOf } from './membership.js';
import { nextDayOf } from './next-day.js';
import { pinningOf } from './pinning.js';
import type { Nightly } from './support/archive.js';
import type { Curve, Figure, Size } from './support/figures.js';
import { QUARTER } from './support/line.js';
import { cellKeys, thresholdAndRound } from './support/other-publishers.js';
import type { Publisher } from './support/publisher.js';
import { oneShare } from './support/shares.js';

export const mutants: readonly Publisher[] = [cellKeys, thresholdAndRound];

/** An attack's figures against a mutant. */
export interface Against {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** The attacks that need no keeper: those on what is published. Membership at the given size, the rest at that for tests. */
export async function attackMutant(
  mutant: Publisher,
  size: Size,
): Promise<{ against: Against[]; curve: Curve }> {
  const membership = membershipOf(mutant, size, [300]);
  const against = [
    { id: 'A1', title: 'Membership', figures: membership.figures },
    { id: 'A2', title: 'Attribute', figures: attributesOf(mutant, 'test', ['medium']) },
    { id: 'A3', title: 'Pinning', figures: (await pinningOf(mutant, 'test', ['tiny', 'small'])).figures },
    { id: 'A7', title: 'Fingerprint of equality', figures: fingerprintOf(mutant, 'test').figures },
    { id: 'A12', title: 'Group', figures: groupsOf(mutant, 'test', 'large: environment-by-gender') },
  ];
  return { against, curve: { name: mutant.name, points: membership.curves[0]?.points ?? [] } };
}

/** A way to keep a quarter, and the attacks of the night on it, at the size for tests. */
export interface KeepingMutant {
  readonly name: string;
  readonly attack: () => Promise<Against[]>;
}

/** A night that counts nothing: the rows of finished days move on to the next key, until the close. */
const rowsKept: Nightly = (keeping) =>
  turnKey(keeping, {
    before: async ({ countersOf }) => {
      await countersOf(QUARTER);
    },
    after: ({ transaction }) => noteSeal(transaction, keeping.today),
  });

const exactAtALook = lazy((): Against => ({
  id: 'N3',
  title: 'One look',
  figures: looksOf(oneShare, 'test'),
}));

export const keepingMutants: readonly KeepingMutant[] = [
  {
    name: 'rows kept until the close',
    attack: async () => [
      { id: 'N2', title: 'The next day', figures: await nextDayOf(rowsKept) },
      // What a look finds are the rows themselves: counts without any noise, as when all of it is drawn at the close.
      exactAtALook(),
    ],
  },
  {
    name: oneShare.name,
    attack: () =>
      Promise.resolve([exactAtALook(), { id: 'N4', title: 'Copies', figures: copiesOf(oneShare, 'test') }]),
  },
];

/** Ways to compile, count or check of which one is wrong. */
export interface BudgetMutant {
  readonly name: string;
  readonly ways: Ways;
}

/** One query with a weight that is one more or less: the first there is about a cell of the table `concern`, or in groups. */
function offByOne(queries: readonly Query[], by: 1 | -1): Query[] {
  const which = queries.findIndex(({ table, cell }) => table?.startsWith('concern') === true && cell !== 0);
  return queries.map((query, place) => (place === which ? { ...query, cell: query.cell + by } : query));
}

const countedOffBy = (by: 1 | -1): Ways => ({
  ...asProduced,
  counter: ({ queries, ...rest }) => callCounter({ ...rest, queries: offByOne(queries, by) }),
});

export const budgetMutants: readonly BudgetMutant[] = [
  {
    name: 'the budget of a call left out',
    ways: {
      ...asProduced,
      within: (queries, shapes, rho) => {
        const limit = exact(rho);
        return isAtMost(spendingOf(queries, shapes).story, { ...limit, numerator: 2n * limit.numerator });
      },
    },
  },
  {
    name: 'the budget of two stories left out',
    ways: {
      ...asProduced,
      within: (queries, shapes, rho) => isAtMost(spendingOf(queries, shapes).call, exact(rho)),
    },
  },
  {
    name: 'a query’s weight one too great as it is compiled',
    ways: { ...asProduced, compile: (...of) => offByOne(asProduced.compile(...of), 1) },
  },
  { name: 'a query’s weight one too great as it is counted', ways: countedOffBy(1) },
  { name: 'a query’s weight one too small as it is counted', ways: countedOffBy(-1) },
];

/** The attack on budgets, of two plans that come with Tyst, on a mutant. */
export const attackBudgets = ({ ways }: BudgetMutant): Against => ({
  id: 'A10',
  title: 'Budget',
  figures: arithmetic([presetPlan('tiny'), presetPlan('small')], ways),
});
