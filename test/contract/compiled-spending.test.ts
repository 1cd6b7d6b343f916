/** What compiled lists spend, beside every row that could ever be written and every two of them. */
import { withinBudgets } from '../../src/contract/budgets.js';
import { compileQueries } from '../../src/contract/compile.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { planProblem, tableShapes, toNumber, type Plan, type PlanTable } from '../../src/contract/plan.js';
import type { Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import { vocabularySchema, type Dimension, type Vocabulary } from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance, type Chance } from '../attacks/support/chance.js';
import { describe, expect, test } from '../support/jest.js';

const QUARTER = '2026-Q4';
const label = { sv: 'x', en: 'x' };

type Codes = Dimension['codes'];
const coded = (...ids: string[]): Codes => ids.map((id) => ({ id, label }));
const grouped = (group: string, ...ids: string[]): Codes => [
  { id: group, label, group: true },
  ...ids.map((id) => ({ id, label, parent: group })),
];
const alone = (id: string): Codes => [{ id, label, exclusive: true }];
const question = (id: string, codes: Codes, change: Partial<Dimension> = {}): Dimension => ({
  ...{ id, label, applies: 'conversation', required: true, max: 1, layout: 'flat', codes },
  ...change,
});

const kind = question('kind', coded('conversation', 'silent', 'prank'), { applies: 'all' });
const referral = question(
  'referral',
  [...grouped('care', 'bup', 'clinic'), ...coded('police'), ...alone('none')],
  {
    max: 2,
  },
);
const concern = question('concern', coded('views', 'online', 'threat'));

const table = (rows: string, columns?: string, levels: Partial<PlanTable> = {}): PlanTable => ({
  id: [rows, columns ?? 'alone', ...Object.values(levels)].join('-'),
  rows,
  ...(columns === undefined ? {} : { columns }),
  ...levels,
});
const planOf = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });

/** Every way to fill the slots of a call, with the numbers of groups and of nothing among them. */
function everyRow({ dimensions }: Vocabulary): number[][] {
  return dimensions.reduce<number[][]>(
    (rows, { max, codes }) => {
      const one = Array.from({ length: codes.length + 1 }, (_, number) => [number]);
      const slots = Array.from({ length: max - 1 }).reduce<number[][]>(
        (some) => some.flatMap((own) => one.map((more) => [...own, ...more])),
        one,
      );
      return rows.flatMap((row) => slots.map((own) => [...row, ...own]));
    },
    [[]],
  );
}

/** What is spent at most by any row and any two, found by looking at them all. */
function mostSpent(plan: Plan, vocabulary: Vocabulary, queries: readonly Query[]) {
  const count = callCounter({ quarter: QUARTER, plan, vocabulary, queries });
  const prices = queries.map(({ sigma2 }) => 1 / (2 * toNumber(sigma2)));
  const moves = new Map<string, Float64Array>();
  for (const month of monthsOfQuarter(QUARTER))
    for (const codes of everyRow(vocabulary)) {
      const moved = new Float64Array(queries.length);
      count({ month, codes }, (query, by) => (moved[query] = (moved[query] ?? 0) + by));
      moves.set(moved.join(), moved);
    }
  const all = [...moves.values()];
  const nothing = new Float64Array(queries.length);
  const spent = (one: Float64Array, other: Float64Array) => {
    let sum = 0;
    for (const [query, price] of prices.entries())
      sum += price * ((one[query] ?? 0) - (other[query] ?? 0)) ** 2;
    return sum;
  };
  let [call, story] = [0, 0];
  for (const [index, one] of all.entries()) {
    call = Math.max(call, spent(one, nothing));
    for (let earlier = 0; earlier < index; earlier += 1)
      story = Math.max(story, spent(one, all[earlier] ?? nothing));
  }
  return { call, story, rows: all.length };
}

function bound(plan: Plan, vocabulary: Vocabulary, queries: readonly Query[]) {
  const { call, story } = spendingOf(queries, tableShapes(plan, vocabulary, QUARTER));
  return { call: toNumber(call), story: toNumber(story) };
}

describe('what a compiled list spends is what the dearest rows spend', () => {
  const vocabulary = vocabularySchema.parse({ version: 1, dimensions: [kind, referral, concern] });

  test.each<[string, PlanTable[]]>([
    ['a question', [table('concern')]],
    ['kinds', [table('kind')]],
    ['months', [table('month')]],
    ['kinds and months', [table('month'), table('kind')]],
    ['several answers', [table('referral')]],
    ['several answers in groups', [table('referral', undefined, { level: 'top' })]],
    ['several answers at both levels', [table('referral'), table('referral', undefined, { level: 'top' })]],
    ['months by a question', [table('month', 'concern'), table('concern')]],
    ['months by kinds', [table('month', 'kind'), table('kind')]],
    ['kinds by a question', [table('kind', 'concern')]],
    ['months by several answers', [table('month', 'referral')]],
    ['a question by several answers', [table('concern', 'referral'), table('concern'), table('referral')]],
    ['a question by several answers, alone', [table('concern', 'referral')]],
    ['several answers by a question', [table('referral', 'concern'), table('concern')]],
    [
      'all of it',
      [
        ...[table('month'), table('kind'), table('concern'), table('referral')],
        ...[table('concern', 'referral', { columnsLevel: 'top' }), table('month', 'concern')],
      ],
    ],
  ])('with %s', (_, tables) => {
    const plan = planOf(tables);
    const queries = compileQueries(plan, vocabulary, QUARTER);
    const [most, paid] = [mostSpent(plan, vocabulary, queries), bound(plan, vocabulary, queries)];
    expect(most.call).toBeCloseTo(paid.call, 9);
    expect(most.story).toBeCloseTo(paid.story, 9);
    expect(withinBudgets(queries, tableShapes(plan, vocabulary, QUARTER), plan.rho)).toBe(true);
  });
});

const anyOf = <One>({ below }: Chance, all: readonly [One, ...One[]]): One =>
  all[below(all.length)] ?? all[0];

/** Codes with or without a group, up to five of them. */
function anyCodes(random: Chance, several: boolean): Codes {
  const codes = anyOf(random, [
    coded('a', 'b', 'c'),
    coded('a', 'b'),
    coded('a'),
    [...grouped('g', 'a', 'b'), ...coded('c')],
    grouped('g', 'a', 'b'),
  ]);
  return several && random.below(3) > 0 ? [...codes, ...alone('none')] : codes;
}

/** A vocabulary so small that every two rows of it can be looked at. */
function anyVocabulary(random: Chance): Vocabulary {
  const kinds = anyOf(random, [coded('conversation', 'silent'), coded('silent', 'conversation', 'prank')]);
  const dimensions = ['p', 'q'].map((id, index) => {
    const several = index === 0 && random.below(3) > 0;
    return question(id, anyCodes(random, several), {
      applies: anyOf(random, ['all', 'conversation']),
      required: random.below(2) === 0,
      max: several ? 2 : 1,
    });
  });
  return vocabularySchema.parse({
    version: 1,
    dimensions: [question('kind', kinds, { applies: 'all' }), ...dimensions],
  });
}

function anyPlan(random: Chance): Plan {
  const ids = ['month', 'kind', 'p', 'q'] as const;
  const level = (): PlanTable['level'] => anyOf(random, ['leaf', 'top']);
  const tables = Array.from({ length: 1 + random.below(5) }, (_, index): PlanTable => {
    const [rows, columns] = [anyOf(random, ids), anyOf(random, ids)];
    const one = { id: `t${index}`, rows, level: level() };
    return rows === columns || columns === 'month' || random.below(2) === 0
      ? one
      : { ...one, columns, columnsLevel: level() };
  });
  return planOf(tables, anyOf(random, [0.5, 0.125, 0.3]));
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;

test('random plans over random vocabularies keep both budgets, whatever is written', () => {
  const random = chance('compiled');
  let [exactly, rounds] = [0, 0];
  for (let round = 0; round < 120; round += 1) {
    const vocabulary = anyVocabulary(random);
    const plan = anyPlan(random);
    expect(planProblem(plan, vocabulary)).toBeNull();
    const queries = compileQueries(plan, vocabulary, QUARTER);
    const [most, paid] = [mostSpent(plan, vocabulary, queries), bound(plan, vocabulary, queries)];
    expect(most.call).toBeLessThanOrEqual(paid.call + 1e-9);
    expect(most.story).toBeLessThanOrEqual(paid.story + 1e-9);
    expect(paid.call).toBeLessThanOrEqual(plan.rho);
    expect(paid.story).toBeLessThanOrEqual(2 * plan.rho);
    rounds += 1;
    if (isNear(most.call, paid.call) && isNear(most.story, paid.story)) exactly += 1;
    // All that may be spent is, unless no noise is larger than it must be.
    const used = Math.max(paid.call / plan.rho, paid.story / (2 * plan.rho));
    const free = queries.some(({ sigma2 }) => toNumber(sigma2) > 2.002);
    if (free) expect(used).toBeGreaterThan(0.99);
  }
  // What is paid for is what is spent, but where tables hang together in ways that are not looked at.
  expect(exactly / rounds).toBeGreaterThan(0.9);
});
