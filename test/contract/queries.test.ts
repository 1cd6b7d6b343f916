import { encodeCall, type Answers } from '../../src/contract/call.js';
import { monthsOfQuarter, type Month } from '../../src/contract/period.js';
import {
  planCost,
  planSigma2,
  presetSchema,
  tableShapes,
  type Plan,
  type PlanTable,
  type Rational,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import {
  compileQueries,
  forTwoShares,
  queriesSchema,
  querySigma2,
  spendingOf,
  withinBudgets,
  writeQueries,
  writeRational,
  type Query,
} from '../../src/contract/queries.js';
import { applies } from '../../src/contract/kind.js';
import {
  leafCodes,
  vocabularySchema,
  type Dimension,
  type Vocabulary,
} from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { anyQueries, inParts, partsSpent } from '../support/query-lists.js';
import { smallCosts, smallPlan, smallVocabulary } from '../support/small.js';

const QUARTER = '2026-Q4';
const own = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });
const whole = (number: bigint): Rational => ({ numerator: number, denominator: 1n });
const smallShapes = (plan: Plan) => tableShapes(plan, smallVocabulary, QUARTER);

describe('a plan compiles', () => {
  const tables: PlanTable[] = [
    { id: 'languages', rows: 'language' },
    { id: 'month-by-kin', rows: 'month', columns: 'caller_age' },
    { id: 'contact-by-age', rows: 'contact', columns: 'age', columnsLevel: 'top' },
  ];
  const places = (queries: readonly Query[]) =>
    queries.map(({ table, row, column, month }) => [table, row, column, month]);

  test('to each cell once, table by table and row by row, the rows of months with their month', () => {
    expect(places(compileQueries(own(tables.slice(0, 2)), smallVocabulary, QUARTER))).toEqual([
      ['languages', 0, 0, null],
      ['languages', 1, 0, null],
      ['languages', 2, 0, null],
      ['month-by-kin', 0, 0, '2026-10'],
      ['month-by-kin', 0, 1, '2026-10'],
      ['month-by-kin', 0, 2, '2026-10'],
      ['month-by-kin', 1, 0, '2026-11'],
      ['month-by-kin', 1, 1, '2026-11'],
      ['month-by-kin', 1, 2, '2026-11'],
      ['month-by-kin', 2, 0, '2026-12'],
      ['month-by-kin', 2, 1, '2026-12'],
      ['month-by-kin', 2, 2, '2026-12'],
    ]);
    const crossed = compileQueries(own(tables.slice(2)), smallVocabulary, QUARTER);
    const cells = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => [row, column]));
    expect(places(crossed)).toEqual(cells.map((cell) => ['contact-by-age', ...cell, null]));
  });

  test('to queries of the cell alone, with the universe of its table and the variance of its plan', () => {
    const kinds: PlanTable[] = [{ id: 'kinds', rows: 'kind' }];
    const asked = (table: string, of: string, sigma2: Rational) => ({
      ...{ table, row: 0, column: 0, month: null, cell: 1, margin: 0, universe: 0, of, sigma2 },
    });
    const sigma2 = forTwoShares({ numerator: 2_000_000_000n, denominator: 200_000_000n });
    const queries = compileQueries(own([...kinds, ...tables.slice(0, 1)], 0.1), smallVocabulary, QUARTER);
    expect(queries).toHaveLength(9);
    expect(queries[0]).toEqual(asked('kinds', 'all', sigma2));
    expect(queries[6]).toEqual(asked('languages', 'conversation', sigma2));
  });

  test('with another variance where one is given', () => {
    const queries = compileQueries(smallPlan('large'), smallVocabulary, QUARTER, whole(7n));
    expect(new Set(queries.map(({ sigma2 }) => writeRational(sigma2)))).toEqual(new Set(['7']));
  });

  test.each(presetSchema.options)('of preset %s to as many queries as it has cells', (preset) => {
    const cells = tableShapes(presetPlan(preset), vocabulary, QUARTER).map(
      ({ rows, columns }) => rows.codes.length * (columns?.codes.length ?? 1),
    );
    const queries = compileQueries(presetPlan(preset), vocabulary, QUARTER);
    expect(queries).toHaveLength(cells.reduce((sum, n) => sum + n, 0));
    expect(new Set(queries.map((query) => JSON.stringify(places([query])))).size).toBe(queries.length);
  });
});

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

  test('is that of every query of a plan', () => {
    expect(querySigma2(own([{ id: 'l', rows: 'language' }]), smallVocabulary)).toEqual(
      forTwoShares(whole(1n)),
    );
    expect(inParts(querySigma2(smallPlan('large'), smallVocabulary))).toBe(280 * smallCosts.large);
  });
});

describe('queries that are written down', () => {
  const read = (text: string) => queriesSchema.parse(JSON.parse(text));
  const queries = compileQueries(smallPlan('large', 0.3), smallVocabulary, QUARTER);
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

describe('the budgets', () => {
  const plans: [string, Plan, Vocabulary][] = [
    ...[0.5, 0.125, 0.3].flatMap((rho) =>
      presetSchema.options.map((preset): [string, Plan, Vocabulary] => [
        `${preset} at ${rho}`,
        presetPlan(preset, rho),
        vocabulary,
      ]),
    ),
    ['one table', own([{ id: 'kind', rows: 'kind' }]), smallVocabulary],
    ['months', own([{ id: 'month', rows: 'month' }], 0.001), smallVocabulary],
    ['three answers', own([{ id: 'referral', rows: 'referral' }], 0.25), smallVocabulary],
    [
      'a cross',
      own([{ id: 'x', rows: 'month', columns: 'referral', columnsLevel: 'top' }], 0.3),
      smallVocabulary,
    ],
  ];

  test.each(plans)('of %s are kept by its variance, and not by a millionth less', (_, plan, words) => {
    const shapes = tableShapes(plan, words, QUARTER);
    const sigma2 = planSigma2(plan, words);
    const keeps = (variance: Rational, rho = plan.rho) =>
      withinBudgets(compileQueries(plan, words, QUARTER, variance), shapes, rho);
    expect(keeps(sigma2)).toBe(true);
    expect(keeps(aMillionthLess(sigma2))).toBe(false);
    expect(keeps(querySigma2(plan, words))).toBe(true);
    expect(keeps(sigma2, plan.rho - 1e-6)).toBe(false);
  });

  const plan = smallPlan('medium');
  const shapes = smallShapes(plan);
  const queries = compileQueries(plan, smallVocabulary, QUARTER);
  const [first] = queries;
  if (first === undefined) throw new Error('The plan has no query.');
  const total: Query = { ...first, table: null, row: null, column: null, cell: 0, universe: 1 };

  test.each([0.6, 0.500001, 0, -0.5, NaN, Infinity])('are not kept by rho %s, whatever the noise', (rho) => {
    const plenty = compileQueries(plan, smallVocabulary, QUARTER, whole(1_000_000n));
    expect(withinBudgets(plenty, shapes, 0.5)).toBe(true);
    expect(withinBudgets(plenty, shapes, rho)).toBe(false);
  });

  test.each<[string, Query]>([
    ['a total', total],
    ['a cell that is asked about already', first],
    ['a weight on the universe', { ...first, cell: 0, universe: 1 }],
    ['a weight on a row', { ...first, cell: 0, margin: 1 }],
  ])('are not kept with a query more: %s', (_, query) => {
    expect(withinBudgets(queries, shapes, 0.5)).toBe(true);
    expect(withinBudgets([...queries, query], shapes, 0.5)).toBe(false);
    expect(withinBudgets([query, ...queries], shapes, 0.5)).toBe(false);
  });

  test.each<[string, Partial<Query>]>([
    ['2 instead of 1', { cell: 2 }],
    ['-1 instead of 1', { cell: -1 }],
    ['its universe as well', { universe: 1 }],
    ['less its universe', { universe: -1 }],
    ['its row as well', { margin: 1 }],
  ])('are not kept with a weight that is changed: %s', (_, change) => {
    expect(withinBudgets([{ ...first, ...change }, ...queries.slice(1)], shapes, 0.5)).toBe(false);
  });

  test.each<[string, Partial<Query>]>([
    ['a table that the plan lacks', { table: 'by-hand' }],
    ['nothing', { cell: 0 }],
    ['a row that its table lacks', { row: 99 }],
    ['a column that its table lacks', { column: 1 }],
    ['a cell in no row', { row: null }],
    ['a cell in no column', { column: null }],
    ['a cell of no table', { table: null }],
    ['a total in a row', { table: null, cell: 0, universe: 1, column: null }],
    ['the rows of no table', { table: null, row: null, column: null, cell: 0, margin: 1 }],
  ])('are not kept by a query that asks about %s, whatever the noise', (_, change) => {
    const cheap = { ...first, sigma2: whole(1_000_000n) };
    const others = queries.slice(1);
    expect(withinBudgets([cheap, ...others], shapes, 0.5)).toBe(true);
    expect(withinBudgets([{ ...cheap, ...change }, ...others], shapes, 0.5)).toBe(false);
  });

  test('are kept by a total that costs what the tables leave', () => {
    const cost = BigInt(planCost(plan, smallVocabulary) + 1);
    const all = [total, ...queries].map((query) => ({ ...query, sigma2: whole(cost) }));
    expect(withinBudgets(all, shapes, 0.5)).toBe(true);
    const less = all.map((query) => ({ ...query, sigma2: aMillionthLess(query.sigma2) }));
    expect(withinBudgets(less, shapes, 0.5)).toBe(false);
  });
});

const label = { sv: 'x', en: 'x' };
const coded = (...ids: string[]): Dimension['codes'] => ids.map((id) => ({ id, label }));
const question = { applies: 'all', required: false, max: 1, layout: 'flat', label } as const;

/** Few enough calls to look at every two of them. */
const tinyVocabulary = vocabularySchema.parse({
  version: 1,
  dimensions: [
    { ...question, id: 'kind', required: true, codes: coded('conversation', 'silent') },
    {
      ...question,
      id: 'topic',
      max: 2,
      codes: [
        ...coded('a', 'b'),
        { id: 'g', label, group: true },
        ...coded('c', 'd').map((code) => ({ ...code, parent: 'g' })),
      ],
    },
    { ...question, id: 'place', codes: coded('north', 'south', 'west') },
    { ...question, id: 'concern', applies: 'conversation', codes: coded('views', 'online') },
  ],
});

/** Every answer to a question: none, one, or several where there may be. */
function everyAnswer(dimension: Dimension): (string | string[] | null)[] {
  const ids = leafCodes(dimension).map(({ id }) => id);
  const none = dimension.required ? [] : [null];
  if (dimension.max === 1) return [...none, ...ids];
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [one, other]));
  return [...none, ...ids.map((one) => [one]), ...pairs];
}

function everyCall({ dimensions }: Vocabulary): Answers[] {
  return dimensions.reduce<Answers[]>(
    (calls, dimension) =>
      calls.flatMap((answers) =>
        applies(dimension, answers['kind'] ?? 'conversation')
          ? everyAnswer(dimension).map((answer) =>
              answer === null ? answers : { ...answers, [dimension.id]: answer },
            )
          : [answers],
      ),
    [{}],
  );
}

/** What every call of the tiny vocabulary moves the queries by; each way of moving them once. */
function everyMove(plan: Plan, queries: readonly Query[]): number[][] {
  const count = callCounter({ quarter: QUARTER, plan, vocabulary: tinyVocabulary, queries });
  const moves = new Map<string, number[]>();
  const look = (month: Month, answers: Answers) => {
    const moved = queries.map(() => 0);
    count({ month, codes: encodeCall(answers, tinyVocabulary) }, (query, by) => {
      moved[query] = (moved[query] ?? NaN) + by;
    });
    moves.set(moved.join(), moved);
  };
  for (const month of monthsOfQuarter(QUARTER))
    for (const answers of everyCall(tinyVocabulary)) look(month, answers);
  return [...moves.values()];
}

/** The most that any call spends, and any two stories, in the parts of `partsSpent`. */
function mostSpent(plan: Plan, queries: readonly Query[]): { call: number; story: number } {
  const moves = everyMove(plan, queries);
  const prices = queries.map((query) => partsSpent([query], [1]));
  const spent = (one: readonly number[], other: readonly number[]) =>
    prices.reduce((sum, price, query) => sum + price * ((one[query] ?? 0) - (other[query] ?? 0)) ** 2, 0);
  const nothing = queries.map(() => 0);
  let [call, story] = [0, 0];
  for (const [index, one] of moves.entries()) {
    call = Math.max(call, spent(one, nothing));
    for (const other of moves.slice(0, index)) story = Math.max(story, spent(one, other));
  }
  return { call, story };
}

describe('what every two calls of a tiny vocabulary spend', () => {
  const tables: Record<string, PlanTable> = {
    kind: { id: 'kind', rows: 'kind' },
    month: { id: 'month', rows: 'month' },
    topic: { id: 'topic', rows: 'topic' },
    groups: { id: 'groups', rows: 'topic', level: 'top' },
    place: { id: 'place', rows: 'place' },
    concern: { id: 'concern', rows: 'concern' },
    byMonth: { id: 'by-month', rows: 'month', columns: 'topic' },
    crossed: { id: 'crossed', rows: 'topic', columns: 'place' },
    talked: { id: 'talked', rows: 'concern', columns: 'topic', columnsLevel: 'top' },
  };
  const planOf = (...names: string[]) => own(names.flatMap((name) => tables[name] ?? []));
  const boundOf = (plan: Plan, queries: readonly Query[]) => {
    const { call, story } = spendingOf(queries, tableShapes(plan, tinyVocabulary, QUARTER));
    return { call: inParts(call), story: inParts(story) };
  };

  test('they are all there', () => {
    const kinds = everyCall(tinyVocabulary).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'conversation')).toHaveLength(11 * 4 * 3);
    expect(kinds.filter((kind) => kind === 'silent')).toHaveLength(11 * 4);
  });

  test.each([
    [['month']],
    [['topic']],
    [['place', 'concern']],
    [['topic', 'crossed', 'byMonth']],
    [['month', 'topic', 'place', 'concern', 'byMonth', 'crossed']],
  ])('is exactly what the budgets pay for, where a call can enter so many cells: %s', (names) => {
    const plan = planOf(...names);
    const queries = compileQueries(plan, tinyVocabulary, QUARTER, whole(4n));
    expect(mostSpent(plan, queries)).toEqual(boundOf(plan, queries));
    const cost = planCost(plan, tinyVocabulary) * 35;
    expect(boundOf(plan, queries)).toEqual({ call: cost, story: 2 * cost });
  });

  test('is less where two calls must share a cell', () => {
    const plan = planOf('kind', 'groups', 'talked', 'month');
    const queries = compileQueries(plan, tinyVocabulary, QUARTER, whole(4n));
    const [most, bound] = [mostSpent(plan, queries), boundOf(plan, queries)];
    expect(most.call).toBe(bound.call);
    expect(most.story).toBeLessThan(bound.story);
  });

  test.each<[string, Partial<Query>, Query['of'], number, number]>([
    ['less everybody', { cell: 3, universe: -1 }, 'all', 6, 18],
    ['less the others, who are in the table too', { cell: 3, universe: -1 }, 'other', 11, 21],
    ['and everybody', { cell: 1, universe: 1 }, 'all', 6, 2],
    ['that take a call out of everybody', { cell: 1, universe: -1 }, 'all', 3, 2],
  ])('is known for three cells %s', (_, weights, of, call, story) => {
    const plan = planOf('place');
    const queries = compileQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query) => ({
      ...query,
      ...weights,
      of,
    }));
    const [most, bound] = [mostSpent(plan, queries), boundOf(plan, queries)];
    expect(most).toEqual({ call: 35 * (of === 'other' ? 9 : call), story: 35 * story });
    expect(bound.call).toBe(35 * call);
    expect(bound.story).toBeGreaterThanOrEqual(most.story);
  });

  test('is exactly what the budgets pay for where one cell is dearer than the others', () => {
    const plan = planOf('place');
    const weights = [1, 3, 2];
    const queries = compileQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query, index) => ({
      ...query,
      cell: weights[index] ?? 0,
    }));
    expect(mostSpent(plan, queries)).toEqual({ call: 35 * 9, story: 35 * 13 });
    expect(boundOf(plan, queries)).toEqual({ call: 35 * 9, story: 35 * 18 });
  });

  test('is paid for where row and universe cancel, and a call is in one of them alone', () => {
    const plan = planOf('place');
    const queries = compileQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query) => ({
      ...query,
      ...{ margin: 1, universe: -1, of: 'all' as const },
    }));
    expect(mostSpent(plan, queries).call).toBe(35 * 3);
    expect(boundOf(plan, queries).call).toBeGreaterThanOrEqual(35 * 3);
  });

  test('is exactly what the budgets pay for with a total', () => {
    const plan = planOf('place');
    const total: Query = {
      ...{ table: null, row: null, column: null, month: null, cell: 0, margin: 0, universe: 2 },
      of: 'conversation',
      sigma2: whole(4n),
    };
    const queries = [total, ...compileQueries(plan, tinyVocabulary, QUARTER, whole(4n))];
    expect(mostSpent(plan, queries).call).toBe(35 * 5);
    expect(boundOf(plan, queries)).toEqual({ call: 35 * 5, story: 35 * 10 });
  });

  test.each([[false], [true]])('is never more than the budgets pay for (weights below 0: %s)', (signed) => {
    const random = chance(`stories ${signed}`);
    const names = Object.keys(tables);
    for (let round = 0; round < 25; round += 1) {
      const chosen = random.places(names.length, 1 + random.below(3)).map((place) => names[place] ?? '');
      const plan = planOf(...chosen);
      const shapes = tableShapes(plan, tinyVocabulary, QUARTER);
      const queries = anyQueries(random, shapes, QUARTER, { count: 1 + random.below(8), signed });
      const [most, bound] = [mostSpent(plan, queries), boundOf(plan, queries)];
      expect(most.call).toBeLessThanOrEqual(bound.call);
      expect(most.story).toBeLessThanOrEqual(bound.story);
    }
  });
});
