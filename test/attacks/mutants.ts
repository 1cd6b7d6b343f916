/**
 * The suite turned on two methods in use elsewhere. Both must fail it: a suite that everything passes proves nothing.
 */
import { attributesOf } from './attribute.js';
import { fingerprintOf } from './fingerprint.js';
import { groupsOf } from './group.js';
import { membershipOf } from './membership.js';
import { pinningOf } from './pinning.js';
import type { Curve, Figure, Size } from './support/figures.js';
import { cellKeys, thresholdAndRound, type Publisher } from './support/publisher.js';

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
