import { createHash } from 'node:crypto';
import { seededRandom } from '../../bench/seeded-random.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { tableShapes, type Plan } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { countStatement } from '../../src/keeping/count.js';
import { keptDimensions } from '../../src/keeping/layout.js';
import { seal } from '../../src/keeping/seal.js';
import { aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { countByHand } from '../support/counting.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';

const QUARTER = '2026-Q4';
const months = monthsOfQuarter(QUARTER);

/** A repeatable source of whole numbers. */
function picker(seed: string) {
  let counter = 0;
  return (n: number) =>
    createHash('sha256')
      .update(`${seed}${(counter += 1)}`)
      .digest()
      .readUInt32BE() % n;
}

describe.each(Object.keys(presets) as (keyof typeof presets)[])('counting under preset %s', (preset) => {
  let database: TestDatabase;
  const plan: Plan = presetPlan(preset);
  const desk = { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) };
  const pick = picker(preset);
  const calls = Array.from({ length: 300 }, (_, index) => ({
    month: months[index % 3] ?? '',
    answers: anyCall(pick),
  }));
  const options = (today: string) => ({
    keeper: database.keeper,
    desk,
    today,
    actor: 'keeper' as const,
    forgetDraws: () => Promise.resolve(),
    random: seededRandom(preset),
  });

  beforeAll(async () => {
    database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
    for (const { month, answers } of calls) {
      await storeCall(database.intake, {
        receipt: aReceipt(),
        day: `${month}-15`,
        month,
        codes: codesOf(answers),
      });
    }
    await seal(database.keeper, desk, '2026-12-31', '2026-12-31');
  });
  afterAll(async () => {
    await database.destroy();
  });

  test('every table equals the count by hand', async () => {
    const shapes = tableShapes(plan, vocabulary, QUARTER);
    const statement = countStatement(shapes, keptDimensions(plan, vocabulary), months);
    const counts = statement.read(await database.keeper.query(statement.sql));
    for (const [index, shape] of shapes.entries())
      expect([shape.id, counts[index]]).toEqual([shape.id, countByHand(shape, calls)]);
  });

  test('closing publishes every table with its own noise, once, and the sealed calls are gone', async () => {
    await expect(close(options('2027-01-06'), QUARTER)).rejects.toThrow('may close from 2027-01-07');
    await close(options('2027-01-07'), QUARTER);
    await expect(close(options('2027-01-08'), QUARTER)).rejects.toThrow('already closed');
    const tables: { period: string; id: string; noisy: number[][] }[] = await database.reader.query(
      'SELECT period, id, noisy FROM published.noisy_table',
    );
    for (const shape of tableShapes(plan, vocabulary, QUARTER)) {
      const rows = tables
        .filter(({ id }) => id === shape.id)
        .sort((a, b) => a.period.localeCompare(b.period))
        .flatMap(({ noisy }) => noisy);
      const exact = countByHand(shape, calls);
      expect(rows).toHaveLength(exact.length);
      const differences = rows.flatMap((row, r) =>
        row.map((value, c) => Math.abs(value - (exact[r]?.[c] ?? NaN))),
      );
      // Six standard deviations of the largest preset's noise.
      expect(Math.max(...differences)).toBeLessThan(6 * Math.sqrt(26));
    }
    expect(
      await database.owner.query(`SELECT relname FROM pg_class WHERE relnamespace = 'sealed'::regnamespace`),
    ).toEqual([]);
  });
});
