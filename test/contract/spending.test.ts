import { encodeCall, type Answers } from '../../src/contract/call.js';
import { compileOlderQueries } from '../../src/contract/compile.js';
import { applies } from '../../src/contract/kind.js';
import { monthsOfQuarter, type Month } from '../../src/contract/period.js';
import { planCost, tableShapes, type Plan, type PlanTable, type Rational } from '../../src/contract/plan.js';
import type { Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import {
  leafCodes,
  vocabularySchema,
  type Dimension,
  type Vocabulary,
} from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import { describe, expect, test } from '../support/jest.js';
import { anyQueries, inParts, partsSpent } from '../support/query-lists.js';

const QUARTER = '2026-Q4';
const own = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });
const whole = (number: bigint): Rational => ({ numerator: number, denominator: 1n });

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
    const queries = compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n));
    expect(mostSpent(plan, queries)).toEqual(boundOf(plan, queries));
    const cost = planCost(plan, tinyVocabulary) * 35;
    expect(boundOf(plan, queries)).toEqual({ call: cost, story: 2 * cost });
  });

  test('is less where two calls must share a cell', () => {
    const plan = planOf('kind', 'groups', 'talked', 'month');
    const queries = compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n));
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
    const queries = compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query) => ({
      ...query,
      ...weights,
      of,
    }));
    const [most, bound] = [mostSpent(plan, queries), boundOf(plan, queries)];
    expect(most).toEqual({ call: 35 * (of === 'other' ? 9 : call), story: 35 * story });
    expect(bound).toEqual(most);
  });

  test('is exactly what the budgets pay for where one cell is dearer than the others', () => {
    const plan = planOf('place');
    const weights = [1, 3, 2];
    const queries = compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query, index) => ({
      ...query,
      cell: weights[index] ?? 0,
    }));
    expect(mostSpent(plan, queries)).toEqual({ call: 35 * 9, story: 35 * 13 });
    expect(boundOf(plan, queries)).toEqual({ call: 35 * 9, story: 35 * 13 });
  });

  test('is paid for where row and universe cancel, and a call is in one of them alone', () => {
    const plan = planOf('place');
    const queries = compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n)).map((query) => ({
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
    const queries = [total, ...compileOlderQueries(plan, tinyVocabulary, QUARTER, whole(4n))];
    expect(mostSpent(plan, queries)).toEqual({ call: 35 * 5, story: 35 * 6 });
    expect(boundOf(plan, queries)).toEqual({ call: 35 * 5, story: 35 * 6 });
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
