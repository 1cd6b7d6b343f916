/**
 * The suite turned on two methods to publish that are in use elsewhere, and on two ways to keep a quarter that would be
 * simpler. All must fail it: a suite that everything passes proves nothing.
 */
import { noteSeal } from '../../src/keeping/key-store.js';
import { turnKey } from '../../src/keeping/turn.js';
import { lazy } from '../../src/statistics/lazy.js';
import { attributesOf } from './attribute.js';
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
import { cellKeys, thresholdAndRound, type Publisher } from './support/publisher.js';
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
