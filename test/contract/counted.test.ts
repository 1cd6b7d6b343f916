/** What a plan does not count is dropped before a call is sealed. */
import { monthsOfQuarter } from '../../src/contract/period.js';
import { presetSchema } from '../../src/contract/plan.js';
import { onlyCounted } from '../../src/contract/counted.js';
import { compileQueries } from '../../src/contract/compile.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import { aConversation, aSilentCall, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';

const QUARTER = '2026-Q4';

/** What is left of a call, by question; a question without an answer is not there. */
function left(codes: readonly number[]): Record<string, string[]> {
  let first = 0;
  return Object.fromEntries(
    vocabulary.dimensions.flatMap(({ id, max, codes: all }) => {
      const numbers = codes.slice(first, (first += max)).filter((number) => number !== 0);
      return numbers.length === 0 ? [] : [[id, numbers.map((number) => all[number - 1]?.id ?? '')]];
    }),
  );
}

describe('of a call is left', () => {
  test('under a plan of four tables: four answers in groups, and the kind of contact', () => {
    const call = aConversation({
      concern: 'violence',
      environment: 'left',
      relation: 'sibling',
      age: '0-12',
    });
    expect(left(onlyCounted(codesOf(call), vocabulary, smallPlan('tiny')))).toEqual({
      kind: ['conversation'],
      concern: ['danger'],
      environment: ['other_milieu'],
      relation: ['close'],
      age: ['minor'],
    });
  });

  test('of several referrals under one parent: the parent, once, the empty slots last', () => {
    const dropped = (referral: string[]) =>
      left(onlyCounted(codesOf(aConversation({ referral })), vocabulary, smallPlan('small')))['referral'];
    expect(dropped(['police', 'emergency', 'bup'])).toEqual(['public_services', 'authorities']);
    expect(dropped(['exit', 'police'])?.toSorted()).toEqual(['authorities', 'exit']);
    const codes = onlyCounted(
      codesOf(aConversation({ referral: ['police', 'emergency'] })),
      vocabulary,
      smallPlan('small'),
    );
    expect(codes).toHaveLength(codesOf(aConversation()).length);
  });

  test('of what was no conversation: what everybody is asked, where the plan counts it', () => {
    expect(left(onlyCounted(codesOf(aSilentCall()), vocabulary, smallPlan('tiny')))).toEqual({
      kind: ['silent'],
    });
    expect(left(onlyCounted(codesOf(aSilentCall()), vocabulary, smallPlan('medium')))).toEqual({
      kind: ['silent'],
      channel: ['phone'],
      daypart: ['night'],
    });
  });
});

test.each(presetSchema.options)('what is left moves the same queries, under %s', (preset) => {
  const plan = smallPlan(preset);
  const queries = compileQueries(plan, vocabulary, QUARTER);
  const count = callCounter({ quarter: QUARTER, plan, vocabulary, queries });
  const [month] = monthsOfQuarter(QUARTER);
  const moved = (codes: readonly number[]) => {
    const moves = queries.map(() => 0);
    count({ month, codes }, (query, by) => (moves[query] = (moves[query] ?? 0) + by));
    return moves;
  };
  const { below } = chance(preset);
  for (let index = 0; index < 300; index += 1) {
    const codes = codesOf(anyCall(below));
    expect(moved(onlyCounted(codes, vocabulary, plan))).toEqual(moved(codes));
  }
});
