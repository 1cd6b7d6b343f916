/** A line's calls, made up: large and small answers, so that some cells are shown and others hidden. */
import { monthsOfQuarter, type Quarter } from '../../src/contract/period.js';
import { applies, KIND } from '../../src/contract/kind.js';
import type { Answers } from '../../src/contract/call.js';
import type { Dimension, Vocabulary } from '../../src/contract/vocabulary.js';
import { seededRandom } from '../../bench/seeded-random.js';
import type { ToldCall } from './answers.js';

/** So many calls that a vocabulary allows, in a quarter; each answer is chosen more seldom than the one before it. */
export function someCalls(
  { dimensions }: Vocabulary,
  many: number,
  quarter: Quarter = '2026-Q1',
  name = 'a line',
): ToldCall[] {
  const random = seededRandom(name);
  const chance = () => new DataView(Uint8Array.from(random(4)).buffer).getUint32(0) / 2 ** 32;
  const seldom = (places: number) => Math.floor(places * chance() ** 2);
  const answerTo = ({ required, max, codes }: Dimension): string | string[] | undefined => {
    const leaves = codes.filter(({ group }) => group !== true);
    const one = leaves[seldom(leaves.length)];
    if (one === undefined || (!required && chance() < 0.3)) return undefined;
    if (max === 1) return one.id;
    const other = leaves[seldom(leaves.length)];
    return one.exclusive === true || other?.exclusive === true || other === undefined || chance() < 0.5
      ? [one.id]
      : [...new Set([one.id, other.id])];
  };
  const months = monthsOfQuarter(quarter);
  return Array.from({ length: many }, () => {
    const answers: Answers = {};
    for (const dimension of dimensions) {
      if (dimension.id !== KIND && !applies(dimension, answers[KIND])) continue;
      const answer = answerTo(dimension);
      if (answer !== undefined) answers[dimension.id] = answer;
    }
    return { month: months[Math.floor(3 * chance())] ?? '', answers };
  });
}
