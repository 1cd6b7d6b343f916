import type { Rational } from '../../src/contract/plan.js';
import { forTwoShares, queriesSchema, writeQueries, type Query } from '../../src/contract/queries.js';
import { writeRational } from '../../src/contract/rational.js';
import { describe, expect, test } from '../support/jest.js';
import { olderQueries } from '../support/older-queries.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const QUARTER = '2026-Q4';
const whole = (number: bigint): Rational => ({ numerator: number, denominator: 1n });

describe('a variance in two shares', () => {
  const quotient = ({ numerator, denominator }: Rational, by: bigint) => (numerator * by) / denominator;

  test.each<[string, Rational, bigint]>([
    ['1', whole(1n), 2_002_000n],
    ['1.999', { numerator: 1_999n, denominator: 1_000n }, 2_002_000n],
    ['2', whole(2n), 2_002_000n],
    ['3.5', { numerator: 7n, denominator: 2n }, 3_503_500n],
    ['4', whole(4n), 4_000_000n],
    ['45', whole(45n), 45_000_000n],
  ])('of %s is at least 2, and enlarged by a thousandth below 4', (_, sigma2, millionths) => {
    const shares = forTwoShares(sigma2);
    expect(shares.numerator * 1_000_000n).toBe(millionths * shares.denominator);
    expect(quotient(shares, 1_000_000n)).toBe(millionths);
  });
});

describe('queries that are written down', () => {
  const read = (text: string) => queriesSchema.parse(JSON.parse(text));
  const queries = olderQueries(smallPlan('large', 0.3), smallVocabulary, QUARTER);
  const [first] = queries;
  const total: Query = {
    ...{
      table: null,
      row: null,
      column: null,
      month: '2026-10',
      cell: 0,
      margin: 0,
      universe: -3,
      of: 'other',
    },
    sigma2: { numerator: 10n ** 30n + 1n, denominator: 7n },
  };

  test('are read back as they were', () => {
    expect(read(writeQueries(queries))).toEqual(queries);
    expect(read(writeQueries([total]))).toEqual([total]);
    expect(read(writeQueries([]))).toEqual([]);
  });

  test('have a variance that is whole or a fraction', () => {
    expect(writeRational(whole(45n))).toBe('45');
    expect(writeRational({ numerator: 2_002n, denominator: 1_000n })).toBe('2002/1000');
  });

  test.each<[string, object]>([
    ['a variance of nothing', { sigma2: '0' }],
    ['a negative variance', { sigma2: '-4' }],
    ['a decimal variance', { sigma2: '4.5' }],
    ['a variance over nothing', { sigma2: '4/0' }],
    ['a variance that is a number', { sigma2: 4 }],
    ['half a weight', { cell: 0.5 }],
    ['a weight out of bounds', { universe: 1_001 }],
    ['a row before the first', { row: -1 }],
    ['a month that is none', { month: '2026-13' }],
    ['a universe that is none', { of: 'silent' }],
    ['a field that is none', { noise: 0 }],
  ])('are refused with %s', (_, change) => {
    const written = { ...first, sigma2: '4' };
    expect(queriesSchema.safeParse([written]).success).toBe(true);
    expect(queriesSchema.safeParse([{ ...written, ...change }]).success).toBe(false);
  });
});
