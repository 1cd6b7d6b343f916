import { encodeCall, type Answers } from '../../src/contract/call.js';
import type { Month } from '../../src/contract/period.js';
import { tableShapes, type Axis, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { compileOlderQueries } from '../../src/contract/compile.js';
import type { Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import { findDimension, topOf, vocabularySchema, type Vocabulary } from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import { describe, expect, test } from '../support/jest.js';
import { anyQueries, inParts, partsSpent } from '../support/query-lists.js';
import {
  countCalls,
  digests,
  randomVector,
  sampleFiles,
  sampleLines,
  sampleVector,
  shapesOf,
  vocabularyOf,
  type CountedLine,
} from './counted-lines.js';
import { randomLines } from './random-lines.js';

describe('what SQL once counted is counted', () => {
  const counted = (lines: readonly CountedLine[]) =>
    Object.fromEntries(lines.map((line) => [line.quarter, digests(line, countCalls(line))]));

  describe.each(Object.entries(sampleVector()))('under %s', (name, { plan, counts }) => {
    test.each(Object.entries(sampleFiles))('of %s', async (file, path) => {
      expect(counted(await sampleLines(path, plan, vocabularyOf(name)))).toEqual(counts[file]);
    });
  });

  test('of random calls of random vocabularies', () => {
    expect(counted(randomLines())).toEqual(randomVector());
  });

  test('and the random lines have what is hard to count', () => {
    const lines = randomLines();
    const shapes = lines.flatMap(shapesOf);
    const dimensions = lines.flatMap((line) => line.vocabulary.dimensions);
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(Math.min(...lines.map(({ calls }) => calls.length))).toBeGreaterThanOrEqual(300);
    expect(shapes.filter(({ rows, columns }) => rows.several && columns?.several === true)).not.toEqual([]);
    expect(shapes.filter(({ rows, columns }) => rows.dimension === 'month' && columns !== null)).not.toEqual(
      [],
    );
    for (const level of ['leaf', 'top'])
      expect(shapes.filter(({ rows }) => rows.several && rows.level === level)).not.toEqual([]);
    expect(Math.max(...dimensions.map(({ codes }) => codes.length))).toBe(40);
    expect(dimensions.filter(({ codes }) => codes.some(({ exclusive }) => exclusive))).not.toEqual([]);
  });
});

const label = { sv: 'x', en: 'x' };
const code = (id: string, rest: { parent?: string; group?: boolean; exclusive?: boolean } = {}) => ({
  id,
  label,
  ...rest,
});
const dimension = { applies: 'all', required: false, max: 1, layout: 'flat', label } as const;

/** Slots: kind 0, referral 1 to 3, place 4, concern 5. */
const vocabulary: Vocabulary = vocabularySchema.parse({
  version: 1,
  dimensions: [
    { ...dimension, id: 'kind', required: true, codes: ['silent', 'conversation'].map((id) => code(id)) },
    {
      ...dimension,
      id: 'referral',
      applies: 'conversation',
      max: 3,
      codes: [
        code('none', { exclusive: true }),
        code('care', { group: true }),
        code('bup', { parent: 'care' }),
        code('clinic', { parent: 'care' }),
        code('police'),
        code('exit'),
      ],
    },
    { ...dimension, id: 'place', codes: ['north', 'south'].map((id) => code(id)) },
    {
      ...dimension,
      id: 'concern',
      applies: 'conversation',
      codes: ['views', 'online'].map((id) => code(id)),
    },
  ],
});

const QUARTER = '2026-Q4';
const planOf = (...tables: PlanTable[]): Plan => ({ preset: 'own', rho: 0.5, tables });
const plan = planOf(
  { id: 'referral', rows: 'referral' },
  { id: 'place', rows: 'place' },
  { id: 'place-by-referral', rows: 'place', columns: 'referral' },
  { id: 'groups', rows: 'referral', level: 'top' },
  { id: 'month-by-place', rows: 'month', columns: 'place' },
);

const total: Query = {
  table: null,
  row: null,
  column: null,
  month: null,
  cell: 0,
  margin: 0,
  universe: 0,
  of: 'all',
  sigma2: { numerator: 4n, denominator: 1n },
};

/** What a call moves each query by. */
function movedBy(
  codes: ArrayLike<number>,
  queries: readonly Query[],
  {
    month = '2026-11',
    ...line
  }: { month?: Month; plan?: Plan; vocabulary?: Vocabulary; quarter?: string } = {},
): number[] {
  const moved = queries.map(() => 0);
  const count = callCounter({ quarter: QUARTER, plan, vocabulary, queries, ...line });
  count({ month, codes }, (query, by) => {
    moved[query] = (moved[query] ?? NaN) + by;
  });
  return moved;
}

const conversation = (answers: Answers = {}) => encodeCall({ kind: 'conversation', ...answers }, vocabulary);
const silent = (answers: Answers = {}) => encodeCall({ kind: 'silent', ...answers }, vocabulary);

describe('a query with weights', () => {
  test('of a cell less its universe is moved by both together, or by one of them', () => {
    const police: Query = {
      ...total,
      table: 'referral',
      row: 3,
      column: 0,
      cell: 4,
      universe: -1,
      of: 'conversation',
    };
    expect(movedBy(conversation({ referral: ['police'] }), [police])).toEqual([3]);
    expect(movedBy(conversation({ referral: ['exit', 'bup'] }), [police])).toEqual([-1]);
    expect(movedBy(conversation(), [police])).toEqual([-1]);
    expect(movedBy(silent(), [police])).toEqual([0]);
  });

  test('of a cell less its row is moved once by a call that enters two cells of the row', () => {
    const inNorth = (column: number): Query => ({
      ...total,
      table: 'place-by-referral',
      row: 0,
      column,
      cell: 3,
      margin: -1,
    });
    const queries = [0, 1, 2, 3, 4].map(inNorth);
    const two = { referral: ['bup', 'exit'] };
    // None, bup, clinic, police and exit.
    expect(movedBy(conversation({ place: 'north', ...two }), queries)).toEqual([-1, 2, -1, -1, 2]);
    expect(movedBy(conversation({ place: 'south', ...two }), queries)).toEqual([0, 0, 0, 0, 0]);
    // Who has no answer across it is not in the row.
    expect(movedBy(conversation({ place: 'north' }), queries)).toEqual([0, 0, 0, 0, 0]);
    expect(movedBy(silent({ place: 'north' }), queries)).toEqual([0, 0, 0, 0, 0]);
  });

  test('of a row alone is moved once by each call in it', () => {
    const row: Query = { ...total, table: 'place-by-referral', row: 1, margin: 2 };
    expect(movedBy(conversation({ place: 'south', referral: ['bup', 'exit'] }), [row])).toEqual([2]);
    expect(movedBy(conversation({ place: 'north', referral: ['bup'] }), [row])).toEqual([0]);
  });

  test('of a group is moved once by two answers under it', () => {
    const groups = [0, 1, 2, 3].map((row): Query => ({ ...total, table: 'groups', row, column: 0, cell: 1 }));
    const answers = { referral: ['bup', 'clinic', 'exit'] };
    expect(movedBy(conversation(answers), groups)).toEqual([0, 1, 0, 1]);
  });

  test('of a total is moved by the calls of its universe, in its month where it has one', () => {
    const totals = (['all', 'conversation', 'other'] as const).map((of): Query => ({
      ...total,
      universe: 1,
      of,
    }));
    expect(movedBy(conversation(), totals)).toEqual([1, 1, 0]);
    expect(movedBy(silent(), totals)).toEqual([1, 0, 1]);
    const inOctober = totals.map((query): Query => ({ ...query, month: '2026-10' }));
    expect(movedBy(conversation(), inOctober)).toEqual([0, 0, 0]);
    expect(movedBy(conversation(), inOctober, { month: '2026-10' })).toEqual([1, 1, 0]);
    expect(movedBy(silent(), inOctober, { month: '2026-10' })).toEqual([1, 0, 1]);
  });

  test('that has a month is moved by calls of that month alone, whatever it asks of them', () => {
    const asked = { ...total, row: 0, column: 0, cell: 4, margin: 1, universe: -1, month: '2026-10' };
    const queries: Query[] = [
      { ...asked, table: 'place' },
      { ...asked, table: 'month-by-place' },
    ];
    const codes = silent({ place: 'north' });
    expect(movedBy(codes, queries, { month: '2026-10' })).toEqual([4, 4]);
    expect(movedBy(codes, queries, { month: '2026-11' })).toEqual([0, 0]);
  });

  test('is not moved by a call of another quarter', () => {
    const queries = [...compileOlderQueries(plan, vocabulary, QUARTER), { ...total, universe: 1 }];
    const codes = conversation({ place: 'north', referral: ['bup'] });
    expect(movedBy(codes, queries, { month: '2027-01' })).toEqual(queries.map(() => 0));
    expect(movedBy(codes, queries)).not.toEqual(queries.map(() => 0));
  });
});

/** The answer to a query, found by looking at each call's answers for what the query says. */
function slowAnswer(query: Query, { plan: own, vocabulary: words, quarter, calls }: CountedLine): number {
  const shape = tableShapes(own, words, quarter).find(({ id }) => id === query.table);
  const given = (axis: Axis, { month, answers }: CountedLine['calls'][number]): (string | null)[] => {
    if (axis.dimension === 'month') return [month];
    const codes = findDimension(words, axis.dimension)?.codes ?? [];
    return [answers[axis.dimension] ?? []].flat().map((leaf) => {
      const found = codes.find(({ id }) => id === leaf);
      return found !== undefined && axis.level === 'top' ? topOf(found) : leaf;
    });
  };
  let answer = 0;
  for (const call of calls) {
    if (query.month !== null && call.month !== query.month) continue;
    const talked = call.answers['kind'] === 'conversation';
    if (query.of === 'all' || talked === (query.of === 'conversation')) answer += query.universe;
    if (shape === undefined || (shape.universe === 'conversation' && !talked)) continue;
    const across = shape.columns === null ? [null] : given(shape.columns, call);
    const column = shape.columns === null ? null : shape.columns.codes[query.column ?? -1]?.code;
    const row = shape.rows.codes[query.row ?? -1]?.code ?? '';
    if (!given(shape.rows, call).includes(row) || across.length === 0) continue;
    answer += query.margin;
    if (column !== undefined && across.includes(column)) answer += query.cell;
  }
  return answer;
}

test('random queries of random lines are answered as slow counting answers them', () => {
  const random = chance('weights');
  for (const line of randomLines()) {
    const some = { ...line, calls: line.calls.slice(0, 60) };
    const queries = anyQueries(random, shapesOf(line), line.quarter, { count: 80, signed: true });
    const answers = queries.map(() => 0);
    const count = callCounter({ ...line, queries });
    for (const { month, answers: given } of some.calls)
      count({ month, codes: encodeCall(given, line.vocabulary) }, (query, by) => {
        answers[query] = (answers[query] ?? NaN) + by;
      });
    expect(answers).toEqual(queries.map((query) => slowAnswer(query, some)));
  }
});

describe('numbers that no honest call has', () => {
  const queries = compileOlderQueries(plan, vocabulary, QUARTER);
  const sum = (codes: ArrayLike<number>) => movedBy(codes, queries).reduce((one, other) => one + other, 0);
  const honest = conversation({ referral: ['bup', 'police', 'exit'], place: 'north' });

  test.each<[string, number[]]>([
    ['codes that the vocabulary lacks', [2, 7, 99, -1, 3, 9]],
    ['a group that nobody can choose', [2, 2, 0, 0, 0, 0]],
    ['no whole numbers', [2, 1.5, NaN, Infinity, 0.5, -0.5]],
    ['no slots but the first', [2]],
    ['none at all', []],
  ])('move nothing of a table of leaves: %s', (_, codes) => {
    const leaves = queries.map(({ table }) => table !== 'groups' && table !== null);
    expect(movedBy(codes, queries).filter((by, query) => by !== 0 && leaves[query])).toEqual([]);
  });

  test('move once what they repeat', () => {
    expect(sum(honest)).toBe(3 + 1 + 3 + 3 + 0 + 1);
    expect(movedBy([2, 3, 3, 3, 1, 0], queries)).toEqual(movedBy([2, 3, 0, 0, 1, 0], queries));
    expect(movedBy([2, 3, 4, 3, 1, 0], queries)).toEqual(movedBy([2, 3, 4, 0, 1, 0], queries));
  });

  test('move what stands alone and nothing beside it', () => {
    // None, with police and exit, whatever the order.
    const none = movedBy([2, 1, 0, 0, 1, 0], queries);
    expect(movedBy([2, 1, 5, 6, 1, 0], queries)).toEqual(none);
    expect(movedBy([2, 5, 1, 6, 1, 0], queries)).toEqual(none);
    expect(none).not.toEqual(movedBy([2, 0, 0, 0, 1, 0], queries));
  });

  test('move no further slot than the vocabulary has', () => {
    expect(movedBy([...honest, 5, 6, 1, 2], queries)).toEqual(movedBy(honest, queries));
  });

  test('move nothing of conversations where the call was none', () => {
    const codes = [1, ...honest.slice(1)];
    expect(movedBy(codes, queries)).toEqual(movedBy(silent({ place: 'north' }), queries));
    expect(movedBy([0, ...honest.slice(1)], queries)).toEqual(movedBy(codes, queries));
  });

  test('never spend more than the budget has paid for, whatever the weights', () => {
    const random = chance('hostile');
    const odd = [NaN, 1.5, -1, 32_767, 41];
    let [most, moving] = [0, 0];
    for (const line of randomLines()) {
      const shapes = shapesOf(line);
      const slots = line.vocabulary.dimensions.reduce((slot, { max }) => slot + max, 0);
      const lists = [
        compileOlderQueries(line.plan, line.vocabulary, line.quarter, total.sigma2),
        ...[false, true].map((signed) => anyQueries(random, shapes, line.quarter, { count: 60, signed })),
      ];
      for (const list of lists) {
        const paid = inParts(spendingOf(list, shapes).call);
        for (let round = 0; round < 60; round += 1) {
          const few = 1 + random.below(8);
          const codes = Array.from({ length: random.below(slots + 4) }, () =>
            random.below(6) === 0 ? (odd[random.below(odd.length)] ?? 0) : random.below(few + 1),
          );
          if (random.below(2) === 0) codes.fill(1 + random.below(4), 0, slots);
          const month = line.calls[random.below(line.calls.length)]?.month ?? '';
          const spent = partsSpent(list, movedBy(codes, list, { ...line, month }));
          expect(spent).toBeLessThanOrEqual(paid);
          if (spent > 0) moving += 1;
          most = Math.max(most, spent / paid);
        }
      }
    }
    // Such calls do move queries, and some spend most of what is paid for.
    expect(moving).toBeGreaterThan(1_000);
    expect(most).toBeGreaterThan(0.5);
  });
});
