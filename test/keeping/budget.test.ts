/** The last look at both budgets, just before noise is drawn: at the very list of queries that is asked. */
import { tableShapes, presetSchema, type Plan } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { compileQueries } from '../../src/contract/compile.js';
import { writeQueries, type Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import { storeCall } from '../../src/intake/store.js';
import { refuseOverBudget } from '../../src/keeping/budget.js';
import { listKeys } from '../../src/keeping/keys.js';
import { insertQuarter } from '../../src/keeping/quarter-store.js';
import { aThousandthLess } from '../support/a-millionth-less.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';

const quarter = '2026-Q4';
const looking = (plan: Plan, queries: readonly Query[]) => () => {
  refuseOverBudget({ quarter, plan, vocabulary, queries });
};
const compiled = (plan: Plan) => compileQueries(plan, vocabulary, quarter);
const OVER = `The plan of ${quarter} is over its budget; nothing of it is drawn.`;

describe.each(presetSchema.options.flatMap((preset) => [presetPlan(preset), presetPlan(preset, 0.125)]))(
  '$preset at rho $rho, just before the noise is drawn',
  (plan) => {
    const queries = compiled(plan);

    test('passes with its own queries', () => {
      expect(looking(plan, queries)).not.toThrow();
    });

    test('is refused with a thousandth less noise, or with a query that is asked twice', () => {
      const quieter = queries.map((query) => ({ ...query, sigma2: aThousandthLess(query.sigma2) }));
      expect(looking(plan, quieter)).toThrow(OVER);
      expect(looking(plan, [...queries, ...queries.slice(0, 1)])).toThrow(OVER);
    });

    test('is refused with the noise of a plan that has one table fewer', () => {
      const last = plan.tables.at(-1)?.id;
      const fewer = compiled({ ...plan, preset: 'own', tables: plan.tables.slice(0, -1) });
      expect(looking({ ...plan, tables: plan.tables.slice(0, -1) }, fewer)).not.toThrow();
      expect(looking(plan, [...fewer, ...queries.filter(({ table }) => table === last)])).toThrow(OVER);
    });

    test('is refused with a weight that is one more, whichever table it is of', () => {
      for (const { id } of plan.tables.filter(
        ({ rows, columns }) => rows !== 'month' || columns !== undefined,
      )) {
        const more = queries.map((query) =>
          query.table === id ? { ...query, cell: query.cell + 1 } : query,
        );
        expect(looking(plan, more)).toThrow(OVER);
      }
      const totals = queries.map((query) => (query.table === null ? { ...query, universe: 2 } : query));
      expect(looking(plan, totals)).toThrow(OVER);
    });

    test('is refused with a rho that is too large, whatever the noise', () => {
      const plenty = { numerator: 1_000_000n, denominator: 1n };
      const quiet = queries.map((query) => ({ ...query, sigma2: plenty }));
      expect(looking({ ...plan, rho: 0.51 }, quiet)).toThrow(OVER);
    });
  },
);

describe('a list of queries', () => {
  const plan: Plan = { preset: 'own', rho: 0.5, tables: [{ id: 'kind', rows: 'kind' }] };
  const shapes = tableShapes(plan, vocabulary, quarter);
  const total = (change: Partial<Query>): Query => ({
    ...{ table: null, row: null, column: null, month: null, cell: 0, margin: 0 },
    ...{ universe: 1, of: 'all', sigma2: { numerator: 1n, denominator: 1n } },
    ...change,
  });
  const cell = (change: Partial<Query>): Query =>
    total({ table: 'kind', row: 0, column: 0, cell: 1, universe: 0, of: 'all', ...change });
  const at = (numerator: bigint, denominator = 1n) => ({ sigma2: { numerator, denominator } });
  const spent = (queries: readonly Query[]) => {
    const { call, story } = spendingOf(queries, shapes);
    return [call, story].map(({ numerator, denominator }) => Number(numerator) / Number(denominator));
  };

  test('over rho for one call is refused', () => {
    expect(spent([cell(at(1n))])).toEqual([0.5, 0.5]);
    expect(spent([cell(at(1n)), cell({ row: 1, ...at(1n) })])).toEqual([0.5, 1]);
    expect(looking(plan, [cell(at(1n))])).not.toThrow();
    expect(looking(plan, [cell({ cell: 2, ...at(4n) })])).not.toThrow();
    expect(looking(plan, [cell({ cell: 2, ...at(3n) })])).toThrow(OVER);
    expect(looking(plan, [cell(at(1n)), total(at(1_000_000n))])).toThrow(OVER);
  });

  test('within rho for one call and over 2 rho for two stories is refused', () => {
    // In the cell the weights cancel; who leaves it pays for both.
    const mixed = (numerator: bigint) => [cell({ cell: 2, universe: -1, ...at(numerator) })];
    const [call = NaN, story = NaN] = spent(mixed(1n));
    expect(call).toBeLessThanOrEqual(0.5);
    expect(story).toBeGreaterThan(1);
    expect(looking(plan, mixed(1n))).toThrow(OVER);
    expect(looking(plan, mixed(2n))).not.toThrow();
  });
});

describe('a close', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
    await storeCall(database.intake, {
      ...{ receipt: aReceipt(), day: '2026-10-10', month: '2026-10' },
      codes: codesOf(aConversation()),
    });
  });
  afterEach(() => database.destroy());

  const desk = {
    planOf: () =>
      Promise.resolve({ preset: 'own', rho: 0.5, tables: [{ id: 'month', rows: 'month' }] } satisfies Plan),
    vocabularyOf: () => Promise.resolve(vocabulary),
  };
  const ownQueries = async () => compiled(await desk.planOf());
  const closing = () => closeOn(database, '2026-11-03', '2026-10', { desk });
  const freeze = (queries: readonly Query[]) =>
    database.owner.query('UPDATE published.quarter_plan SET queries = $1 WHERE quarter = $2', [
      writeQueries(queries),
      quarter,
    ]);
  const count = async (table: string) => {
    const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${table}`);
    return row?.n;
  };
  const nothingIsOut = async (waiting: number) => {
    expect(await count('published.period')).toBe(0);
    expect(await count('published.noisy_answer')).toBe(0);
    expect(await count('intake.call')).toBe(waiting);
    expect(await listKeys(database.keys)).toHaveLength(1);
  };

  test('draws nothing of a list that is over its budget, and leaves the calls where they were', async () => {
    const [plan, own] = [await desk.planOf(), await ownQueries()];
    const quieter = own.map((query) => ({ ...query, sigma2: { numerator: 1n, denominator: 2n } }));
    await database.keeper.transaction((transaction) =>
      insertQuarter(transaction, { quarter, plan, vocabulary, queries: quieter }),
    );
    await expect(closing()).rejects.toThrow(OVER);
    await nothingIsOut(1);
    await freeze(own);
    await closing();
    // Conversations and other contacts of one month.
    expect(await count('published.noisy_answer')).toBe(2);
  });

  test('refuses queries that were changed by hand, since the counters do not open', async () => {
    await sealBefore(database, '2026-10-11', { desk });
    const own = await ownQueries();
    const quieter = own.map((query) => ({ ...query, sigma2: { numerator: 1n, denominator: 1n } }));
    // Within the budget or not: these are not what the first share was drawn for.
    const louder = own.map((query) => ({ ...query, sigma2: { numerator: 40n, denominator: 1n } }));
    for (const changed of [quieter, louder, own.slice(1)]) {
      await freeze(changed);
      await expect(closing()).rejects.toThrow(
        'The counters of 2026-Q4 do not open: they, the plan or the vocabulary are not what the quarter began with.',
      );
      await nothingIsOut(0);
    }
    await freeze(own);
    await closing();
    // Conversations and other contacts of one month.
    expect(await count('published.noisy_answer')).toBe(2);
  });

  test('refuses a plan or a vocabulary that was changed by hand', async () => {
    await sealBefore(database, '2026-10-11', { desk });
    for (const change of [
      `plan = jsonb_set(plan, '{rho}', '0.4')`,
      `vocabulary = jsonb_set(vocabulary, '{version}', '7')`,
    ]) {
      const [before]: { plan: object; vocabulary: object }[] = await database.owner.query(
        'SELECT plan, vocabulary FROM published.quarter_plan WHERE quarter = $1',
        [quarter],
      );
      await database.owner.query(`UPDATE published.quarter_plan SET ${change} WHERE quarter = $1`, [quarter]);
      await expect(closing()).rejects.toThrow('do not open');
      await nothingIsOut(0);
      await database.owner.query(
        'UPDATE published.quarter_plan SET plan = $1, vocabulary = $2 WHERE quarter = $3',
        [JSON.stringify(before?.plan), JSON.stringify(before?.vocabulary), quarter],
      );
    }
    await closing();
  });
});
