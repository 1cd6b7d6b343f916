/**
 * Estimates weigh all answers of a quarter. By brute force: of all numbers of calls of each kind that there could be, those
 * that fit the answers best, by the whole system of normal equations. Nothing there knows of tables that agree: calls see
 * to that.
 */
import { compileOlderQueries } from '../../src/contract/compile.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { isMonthly, toNumber, type PlanTable } from '../../src/contract/plan.js';
import type { Query } from '../../src/contract/queries.js';
import { cell, cellValues, estimate } from '../../src/statistics/numbers.js';
import type { PlannedQuarter } from '../../src/statistics/periods.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { answersOfCalls, type ToldCall } from './answers.js';
import { aQuarter, ownPlan, periodOf, tableOf, withAnswers, withNoise } from './builders.js';
import { leastSquares, type Observation } from './least-squares.js';
import { everyCall, fewWords } from './words.js';

const QUARTER = '2026-Q1';
const MONTHS = monthsOfQuarter(QUARTER);

const crossed = (rows: string, columns: string, rest: Partial<PlanTable> = {}): PlanTable => ({
  ...{ id: `${rows}-by-${columns}`, rows, columns },
  ...rest,
});
const alone = (...ids: string[]): PlanTable[] => ids.map((id) => ({ id, rows: id }));
const placeInGroups: PlanTable = { id: 'place-top', rows: 'place', level: 'top' };

const plans: Readonly<Record<string, PlanTable[]>> = {
  'months, kinds and groups': [
    ...alone('month', 'kind', 'channel', 'place', 'mood'),
    placeInGroups,
    crossed('month', 'kind'),
    crossed('channel', 'kind'),
    crossed('mood', 'place', { columnsLevel: 'top' }),
  ],
  'several answers': [
    ...alone('kind', 'mood', 'help'),
    crossed('month', 'mood'),
    crossed('mood', 'help'),
    crossed('help', 'channel'),
  ],
  'a question that may be left unanswered': [
    ...alone('kind', 'told', 'mood', 'place'),
    crossed('told', 'mood'),
    crossed('month', 'told'),
    crossed('place', 'told', { level: 'top' }),
  ],
  'totals that no table gives': [...alone('help', 'told')],
};

/** A quarter that counts calls by a plan of one's own, and one call of each kind that there could be. */
function counted(tables: readonly PlanTable[], noise?: string) {
  const asked = ['kind', ...tables.flatMap(({ rows, columns = rows }) => [rows, columns])];
  const kinds = everyCall(asked, QUARTER);
  const below = seededRandom(JSON.stringify(tables));
  // Some never, some a few times and some often.
  const times = kinds.map(() => ((below(1)[0] ?? 0) % 4) ** 3);
  const calls = kinds.flatMap((call, place) => new Array<ToldCall>(times[place] ?? 0).fill(call));
  const plan = ownPlan([...tables]);
  const options = { quarter: QUARTER, plan, words: fewWords, calls };
  return { kinds, calls, quarter: aQuarter(noise === undefined ? options : { ...options, noise }) };
}

/** What a call of each kind moves among some queries. */
const movedBy = (planned: PlannedQuarter, queries: readonly Query[], kinds: readonly ToldCall[]) =>
  kinds.map((call) => answersOfCalls({ ...planned, queries }, [call]));

/** How many calls of each kind there are by the answers to some queries, the cells of each table, and the totals. */
function byBruteForce(
  planned: PlannedQuarter,
  kinds: readonly ToldCall[],
  asked: readonly (readonly [query: Query, answer: number])[],
) {
  const queries = asked.map(([query]) => query);
  const moved = movedBy(planned, queries, kinds);
  const observations = asked.map(([{ sigma2 }, answer], place): Observation => {
    const weight = 1 / Math.sqrt(toNumber(sigma2));
    const coefficients = moved.flatMap((moves, kind): [number, number][] => {
      const by = moves[place] ?? 0;
      return by === 0 ? [] : [[kind, weight * by]];
    });
    return { coefficients: new Map(coefficients), observed: weight * answer };
  });
  // What the answers leave open is as near to zero as it can be, which counts for next to nothing.
  const slight = kinds.map((_, kind): Observation => ({
    coefficients: new Map([[kind, 1e-4]]),
    observed: 0,
  }));
  const many = leastSquares(kinds.length, [...observations, ...slight]);
  const { plan, vocabulary, quarter } = planned;
  const cells = compileOlderQueries(plan, vocabulary, quarter);
  const entered = movedBy(planned, cells, kinds);
  const inTable = (id: string, month: string | null = null) =>
    cells.flatMap(({ table, month: own }, place) =>
      table === id && (month === null || own === month)
        ? [sum(many.map((calls, kind) => calls * (entered[kind]?.[place] ?? 0)))]
        : [],
    );
  const conversations = sum(many.filter((_, kind) => kinds[kind]?.answers['kind'] === 'conversation'));
  return { inTable, conversations, contacts: sum(many) };
}

function expectClose(actual: readonly number[], expected: readonly number[], within = 1e-3) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((number, i) => expect(Math.abs(number - (expected[i] ?? NaN))).toBeLessThan(within));
}

const answersAmong = ({ queries, closed }: PlannedQuarter, among: readonly string[]) =>
  among.flatMap((id) => {
    const own = queries.filter(({ month }) => (month ?? QUARTER) === id);
    return own.map((query, place) => [query, closed.get(id)?.answers[place] ?? NaN] as const);
  });

describe.each(Object.entries(plans))('of a plan with %s', (_name, tables) => {
  const { kinds, quarter } = counted(tables, 'brute force');
  const period = periodOf([quarter], QUARTER);

  test('the numbers of a quarter are the least-squares ones', () => {
    const { inTable, contacts, conversations } = byBruteForce(
      quarter,
      kinds,
      answersAmong(quarter, [QUARTER, ...MONTHS]),
    );
    for (const { id } of tables.filter((table) => !isMonthly(table)))
      expectClose(cellValues(tableOf(period, id)), inTable(id));
    expectClose([period.totals.contacts?.value ?? NaN], [contacts]);
    expectClose([period.totals.conversations?.value ?? NaN], [conversations]);
  });

  test('those of a month are, of its own answers', () => {
    for (const month of MONTHS) {
      const own = answersAmong(quarter, [month]);
      const published = periodOf([quarter], month);
      expect(published.tables).toHaveLength(tables.filter(isMonthly).length);
      if (own.length === 0) continue;
      const among = kinds.filter((call) => call.month === month);
      const { inTable, contacts, conversations } = byBruteForce(quarter, among, own);
      for (const { shape } of published.tables)
        expectClose(cellValues(tableOf(published, shape.id)), inTable(shape.id, month));
      expectClose([published.totals.contacts?.value ?? NaN], [contacts]);
      expectClose([published.totals.conversations?.value ?? NaN], [conversations]);
    }
  });

  test('their variances are those of the answers, each times its squared weight', () => {
    const { queries } = quarter;
    const spread = new Map<string, number[]>();
    queries.forEach(({ sigma2 }, one) => {
      // The numbers where one answer is 1 and all others are 0: the estimator itself, by columns.
      const column = periodOf(
        [
          withAnswers(
            quarter,
            queries.map((_, place) => Number(place === one)),
          ),
        ],
        QUARTER,
      );
      for (const table of column.tables) {
        const so = spread.get(table.shape.id) ?? [];
        spread.set(
          table.shape.id,
          cellValues(table).map((weight, place) => (so[place] ?? 0) + weight ** 2 * toNumber(sigma2)),
        );
      }
    });
    for (const table of period.tables)
      expectClose(
        (spread.get(table.shape.id) ?? []).map(
          (_, place) => estimate(table, [[cell(place), 1]])?.variance ?? NaN,
        ),
        spread.get(table.shape.id) ?? [],
        1e-8,
      );
  });
});

test('without noise the numbers are the counts, zeros too', () => {
  for (const tables of Object.values(plans)) {
    const { calls, quarter } = counted(tables);
    const period = periodOf([quarter], QUARTER);
    const cells = compileOlderQueries(quarter.plan, quarter.vocabulary, QUARTER);
    const counts = answersOfCalls({ ...quarter, queries: cells }, calls);
    for (const table of period.tables)
      expectClose(
        cellValues(table),
        counts.filter((_, place) => cells[place]?.table === table.shape.id),
        1e-8,
      );
  }
});

test('they are unbiased, those of empty cells too, and as unsure as they are said to be: by drawing', () => {
  const { calls, quarter: full } = counted(plans['months, kinds and groups'] ?? []);
  const some = calls.filter(({ answers: { kind, mood } }) => kind !== 'prank' && mood !== 'angry');
  const quarter = aQuarter({ quarter: QUARTER, plan: full.plan, words: fewWords, calls: some });
  const truth = periodOf([quarter], QUARTER);
  expectClose(cellValues(tableOf(truth, 'mood-by-place')).slice(-3), [0, 0, 0], 1e-8);
  const errors = new Map<string, number[][]>();
  const random = seededRandom('unbiased');
  const runs = 800;
  for (let run = 0; run < runs; run += 1)
    for (const table of periodOf([withNoise(quarter, random)], QUARTER).tables) {
      const exact = cellValues(tableOf(truth, table.shape.id));
      const own = errors.get(table.shape.id) ?? exact.map(() => []);
      errors.set(table.shape.id, own);
      cellValues(table).forEach((value, place) => own[place]?.push(value - (exact[place] ?? NaN)));
    }
  for (const table of truth.tables)
    (errors.get(table.shape.id) ?? []).forEach((own, place) => {
      const variance = estimate(table, [[cell(place), 1]])?.variance ?? NaN;
      expect(own).toHaveLength(runs);
      expect(Math.abs(sum(own) / runs)).toBeLessThan(4.5 * Math.sqrt(variance / runs));
      const squared = sum(own.map((error) => error ** 2)) / runs;
      expect(Math.abs(squared / variance - 1)).toBeLessThan(4.5 * Math.sqrt(2 / runs));
    });
});
