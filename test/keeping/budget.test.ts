import { planSigma2, presetSchema, type Plan, type Rational } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { refuseOverBudget } from '../../src/keeping/budget.js';
import { close } from '../../src/keeping/close.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';

const looking = (plan: Plan, sigma2: Rational) => () => {
  refuseOverBudget({ quarter: '2026-Q4', plan, vocabulary }, sigma2);
};

describe.each(presetSchema.options.flatMap((preset) => [presetPlan(preset), presetPlan(preset, 0.125)]))(
  '$preset at rho $rho, just before the noise is drawn',
  (plan) => {
    const sigma2 = planSigma2(plan, vocabulary);

    test('passes with the noise that it needs', () => {
      expect(looking(plan, sigma2)).not.toThrow();
    });

    test('is refused with a millionth less, or with the noise of a plan that has one table fewer', () => {
      expect(looking(plan, aMillionthLess(sigma2))).toThrow('over its budget');
      const fewer = { ...plan, tables: plan.tables.slice(1) };
      expect(looking(plan, planSigma2(fewer, vocabulary))).toThrow('over its budget');
    });

    test('is refused with a rho that is too large, whatever the noise', () => {
      const plenty = { numerator: 1_000_000n, denominator: 1n };
      expect(looking({ ...plan, rho: 0.51 }, plenty)).toThrow('over its budget');
    });
  },
);

describe('a close', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  });
  afterAll(() => database.destroy());

  const closing = (rho: number) =>
    close(
      {
        keeper: database.keeper,
        desk: {
          planOf: () =>
            Promise.resolve({ preset: 'own', rho, tables: [{ id: 'month', rows: 'month' }] } satisfies Plan),
          vocabularyOf: () => Promise.resolve(vocabulary),
        },
        today: '2026-11-03',
        actor: 'keeper',
        forgetDraws: () => Promise.resolve(),
      },
      '2026-10',
    );
  const count = async (table: string) => {
    const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${table}`);
    return row?.n;
  };

  test('draws nothing of a plan that is over its budget, and leaves the calls where they were', async () => {
    await storeCall(database.intake, {
      receipt: aReceipt(),
      day: '2026-10-10',
      month: '2026-10',
      codes: codesOf(aConversation()),
    });
    await expect(closing(0.51)).rejects.toThrow('The plan of 2026-Q4 is over its budget');
    expect(await count('published.period')).toBe(0);
    expect(await count('published.noisy_table')).toBe(0);
    expect(await count('intake.call')).toBe(1);
    await closing(0.5);
    expect(await count('published.noisy_table')).toBe(1);
  });
});
