import { checkAnswers, encodeCall } from '../../src/contract/call.js';
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import { findDimension, leafCodes } from '../../src/contract/vocabulary.js';
import { callsCsv, demoCalls, type DemoCall } from '../../src/demo/calls.js';
import * as weights from '../../src/demo/weights.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

const months = quartersOfYear('2025').flatMap(monthsOfQuarter);
const made = (count: number, seed: number, conversations?: number) =>
  demoCalls({ count, months, seed, ...(conversations === undefined ? {} : { conversations }) });

const calls = made(20_000, 7);
const conversations = calls.filter(({ answers }) => answers['kind'] === 'conversation');

const chose = (dimension: string, ...codes: string[]) => {
  return ({ answers }: DemoCall) => [answers[dimension] ?? []].flat().some((code) => codes.includes(code));
};
const share = (of: readonly DemoCall[], matching: (call: DemoCall) => boolean) =>
  of.filter(matching).length / of.length;
const conversationShare = (dimension: string, ...codes: string[]) =>
  share(conversations, chose(dimension, ...codes));

describe('every made-up call', () => {
  test('can be stored under the vocabulary', () => {
    const refused = [calls, made(2_000, 8, 0.4), made(2_000, -3, 1)]
      .flat()
      .filter(({ answers }) => checkAnswers(answers, vocabulary).length > 0);
    expect(refused).toEqual([]);
  });

  test('is in one of the months asked for', () => {
    expect([...new Set(calls.map(({ month }) => month))].sort()).toEqual(months);
    expect(
      demoCalls({ count: 50, months: ['2031-07'], seed: 1 }).every(({ month }) => month === '2031-07'),
    ).toBe(true);
  });

  test('says each referral once', () => {
    const twice = calls.filter(({ answers }) => {
      const referral = [answers['referral'] ?? []].flat();
      return new Set(referral).size < referral.length;
    });
    expect(twice).toEqual([]);
  });
});

describe('the seed', () => {
  test('decides every call', () => {
    expect(made(500, 42)).toEqual(made(500, 42));
  });

  test('gives other calls when it is another', () => {
    const seeds = [1, 2, 3, 2024, 2025].map((seed) => JSON.stringify(made(50, seed)));
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});

describe('the shape', () => {
  test('follows the year: each month has its share', () => {
    const whole = weights.months.reduce((sum, weight) => sum + weight, 0);
    for (const [index, month] of months.entries()) {
      const wanted = (weights.months[index] ?? NaN) / whole;
      expect(Math.abs(share(calls, (call) => call.month === month) - wanted)).toBeLessThan(0.01);
    }
  });

  test.each([
    [undefined, 0.9],
    [0.4, 0.4],
    [1, 1],
  ])('has the share of conversations asked for (%p)', (asked, wanted) => {
    const actual = share(made(20_000, 11, asked), chose('kind', 'conversation'));
    expect(Math.abs(actual - wanted)).toBeLessThan(0.01);
  });

  test('is that of a line against violent extremism', () => {
    const near = (actual: number, wanted: number) => {
      expect(Math.abs(actual - wanted)).toBeLessThan(0.02);
    };
    near(conversationShare('relation', 'school', 'social_services'), 0.5);
    near(conversationShare('relation', 'parent', 'sibling', 'partner', 'relative'), 0.3);
    near(conversationShare('environment', 'islamist'), 0.39);
    near(conversationShare('environment', 'right'), 0.26);
    near(conversationShare('environment', 'left'), 0.04);
    near(conversationShare('contact', 'repeat'), 0.34);
    expect(conversationShare('age', '0-12', '13-15', '16-17')).toBeGreaterThan(0.5);
    expect(conversationShare('age', '0-12', '13-15', '16-17')).toBeLessThan(0.65);
  });

  test('has no length where nothing could be timed, and only there', () => {
    const untimed = chose('channel', 'email', 'voicemail');
    expect(conversations.filter(untimed).every(chose('length', 'not_timed'))).toBe(true);
    expect(conversations.filter((call) => !untimed(call)).some(chose('length', 'not_timed'))).toBe(false);
  });

  test('sends the dangerous to the police more often', () => {
    const dangerous = chose('concern', 'violence', 'travel');
    const police = chose('referral', 'police');
    const others = conversations.filter((call) => !dangerous(call));
    expect(share(conversations.filter(dangerous), police)).toBeGreaterThan(2 * share(others, police));
  });
});

/** Which dimension each list of weights is about. */
const lists: readonly (readonly [string, weights.Weights | ReadonlySet<string>])[] = [
  ['kind', weights.otherKinds],
  ['channel', weights.channel],
  ['channel', weights.untimed],
  ['daypart', weights.daypart],
  ['environment', weights.environment],
  ['environment', weights.politicalMilieus],
  ['relation', weights.relation],
  ['relation', weights.relationPolitical],
  ['relation', weights.perhapsChildren],
  ['relation', weights.professionals],
  ['caller_age', weights.callerAge],
  ['age', weights.age],
  ['age', weights.ageAtSchool],
  ['age', weights.adults],
  ['gender', weights.gender],
  ['concern', weights.concern],
  ['concern', weights.concernReligious],
  ['concern', weights.dangers],
  ['area', weights.area],
  ['language', weights.language],
  ['contact', weights.contact],
  ['length', weights.length],
  ['referral', weights.referral],
  ['referral', weights.referralDanger],
  ['referral', weights.referralProfessional],
  ['referral', weights.referralAdult],
  ['outcome', weights.outcome],
];

test.each(lists)('the weights of %s name codes of the vocabulary', (id, list) => {
  const dimension = findDimension(vocabulary, id);
  const known = dimension === undefined ? [] : leafCodes(dimension).map((code) => code.id);
  expect(known).toEqual(expect.arrayContaining(list instanceof Set ? [...list] : Object.keys(list)));
});

/** What calls.ts chooses by itself, without a weight. */
const unweighted: Readonly<Record<string, string>> = {
  kind: 'conversation',
  age: 'no_person',
  gender: 'no_person',
  length: 'not_timed',
  referral: 'none',
};

test('every code that has a weight is chosen by somebody, and no question is without', () => {
  for (const { id } of vocabulary.dimensions) {
    const chosen = new Set(calls.flatMap(({ answers }) => answers[id] ?? []));
    const weighted = lists.flatMap(([about, list]) =>
      about !== id || list instanceof Set
        ? []
        : Object.entries(list).flatMap(([code, weight]) => (weight > 0 ? [code] : [])),
    );
    expect(weighted.length).toBeGreaterThan(1);
    expect([...chosen].sort()).toEqual([...new Set([...weighted, unweighted[id] ?? []].flat())].sort());
  }
});

test('the file says what the calls say', () => {
  const few = made(200, 5);
  const [header = '', ...rows] = callsCsv(few, vocabulary).trimEnd().split('\n');
  const ids = header.split(',');
  expect(ids).toEqual(['month', ...vocabulary.dimensions.map(({ id }) => id)]);
  const read = rows.map((row) => {
    const fields = row.split(',');
    const given = ids.flatMap((id, index): [string, string | string[]][] => {
      const field = fields[index] ?? '';
      if (field === '' || id === 'month') return [];
      return [[id, (findDimension(vocabulary, id)?.max ?? 1) > 1 ? field.split(';') : field]];
    });
    return { month: fields[0], codes: encodeCall(Object.fromEntries(given), vocabulary) };
  });
  expect(read).toEqual(few.map(({ month, answers }) => ({ month, codes: encodeCall(answers, vocabulary) })));
});
