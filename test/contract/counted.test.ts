/** What a plan does not count is dropped before a call is sealed. */
import { monthsOfQuarter } from '../../src/contract/period.js';
import { presetSchema, type Plan } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { checkAnswers, type AnswerProblem, type Answers } from '../../src/contract/call.js';
import { askedUnder } from '../../src/contract/counted.js';
import { compileQueries } from '../../src/contract/compile.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import {
  aConversation,
  aSilentCall,
  anyCall,
  codesOf,
  countedCodesOf,
  vocabulary,
} from '../support/calls.js';
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

describe('what is asked', () => {
  const asked = (plan: Plan) =>
    Object.fromEntries(
      askedUnder(plan, vocabulary).dimensions.flatMap(({ id, asked: is, level }) =>
        is ? [[id, level]] : [],
      ),
    );

  test('is the kind of contact and what a table counts, at the finest level that one counts', () => {
    expect(asked(presetPlan('tiny'))).toEqual({
      ...{ kind: 'leaf', concern: 'top', environment: 'top', relation: 'top', age: 'top', referral: 'top' },
    });
    expect(asked(presetPlan('large'))).toEqual(
      Object.fromEntries(vocabulary.dimensions.map(({ id }) => [id, id === 'gender' ? 'top' : 'leaf'])),
    );
  });

  test('of a question without groups is the same at either level', () => {
    const tables = [{ id: 'contact', rows: 'contact', level: 'top' as const }];
    expect(asked({ preset: 'own', rho: 0.5, tables })).toEqual({ kind: 'leaf', contact: 'leaf' });
  });
});

describe('of a call under a plan of groups', () => {
  const tiny = askedUnder(presetPlan('tiny'), vocabulary);
  const short = {
    kind: 'conversation',
    ...{
      concern: 'danger',
      environment: 'right',
      relation: 'close',
      age: 'minor',
      referral: ['authorities'],
    },
  };
  const wrong = (change: Answers) => checkAnswers({ ...short, ...change }, tiny);

  test.each<[string, Answers]>([
    ['groups', {}],
    ['any leaf under them', { concern: 'travel', relation: 'friend', age: '0-12', referral: ['police'] }],
    ['four referrals in two groups', { referral: ['police', 'emergency', 'authorities', 'bup'] }],
    ['answers that nobody asked for', aConversation()],
  ])('%s are fine', (_what, change) => {
    expect(wrong(change)).toEqual([]);
  });

  test.each<[string, Answers, string, AnswerProblem]>([
    ['a group that there is not', { relation: 'neighbours' }, 'relation', 'unknown-code'],
    ['a leaf of another question', { relation: 'minor' }, 'relation', 'unknown-code'],
    ['a code that there is not, where nothing is asked', { channel: 'fax' }, 'channel', 'unknown-code'],
    ['a group, where nothing is asked', { area: 'SE11' }, 'area', 'unknown-code'],
    ['a list, where nothing is asked', { channel: ['phone'] }, 'channel', 'wrong-type'],
    ['four groups', { referral: ['police', 'bup', 'civil', 'exit'] }, 'referral', 'too-many'],
    ['none and a group', { referral: ['none', 'civil'] }, 'referral', 'exclusive'],
    ['none and a leaf', { referral: ['none', 'faith'] }, 'referral', 'exclusive'],
    ['no referral at all', { referral: [] }, 'referral', 'missing'],
  ])('%s are not', (_what, change, dimension, code) => {
    expect(wrong(change)).toEqual([{ dimension, code }]);
  });

  test('an answer to what only conversations are asked is none of a silent call', () => {
    expect(checkAnswers({ kind: 'silent', outcome: 'advised' }, tiny)).toEqual([
      { dimension: 'outcome', code: 'not-applicable' },
    ]);
    expect(checkAnswers({ kind: 'silent' }, tiny)).toEqual([]);
    expect(checkAnswers({}, tiny)).toEqual([{ dimension: 'kind', code: 'missing' }]);
  });
});

describe('of a call is left', () => {
  test('under a plan of four tables: four answers in groups, and the kind of contact', () => {
    const call = aConversation({
      concern: 'violence',
      environment: 'left',
      relation: 'sibling',
      age: '0-12',
    });
    expect(left(countedCodesOf(call, smallPlan('tiny')))).toEqual({
      kind: ['conversation'],
      concern: ['danger'],
      environment: ['other_milieu'],
      relation: ['close'],
      age: ['minor'],
    });
  });

  test('of several referrals under one parent: the parent, once, the empty slots last', () => {
    const dropped = (referral: string[]) =>
      left(countedCodesOf(aConversation({ referral }), smallPlan('small')))['referral'];
    expect(dropped(['police', 'emergency', 'bup'])).toEqual(['public_services', 'authorities']);
    expect(dropped(['exit', 'police'])?.toSorted()).toEqual(['authorities', 'exit']);
    const codes = countedCodesOf(aConversation({ referral: ['police', 'emergency'] }), smallPlan('small'));
    expect(codes).toHaveLength(codesOf(aConversation()).length);
  });

  test('of what was no conversation: what everybody is asked, where the plan counts it', () => {
    expect(left(countedCodesOf(aSilentCall(), smallPlan('tiny')))).toEqual({
      kind: ['silent'],
    });
    expect(left(countedCodesOf(aSilentCall(), smallPlan('medium')))).toEqual({
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
    const call = anyCall(below);
    expect(moved(countedCodesOf(call, plan))).toEqual(moved(codesOf(call)));
  }
});
