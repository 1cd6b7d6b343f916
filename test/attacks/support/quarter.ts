/** A quarter in a real database: installed in time, its plan set, its calls taken in and sealed. */
import type { DataSource } from 'typeorm';
import type { Plan } from '../../../src/contract/plan.js';
import { setPlan } from '../../../src/desk/planning/plan.js';
import { storeCall, type StoreOutcome } from '../../../src/intake/store.js';
import { deskOf } from '../../../src/keeper.js';
import { close, type CloseDependencies } from '../../../src/keeping/close.js';
import { seal } from '../../../src/keeping/seal.js';
import { aReceipt, codesOf } from '../../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../../support/database.js';
import { QUARTER, type Call } from './line.js';

/** The plan is set before the quarter, calls come within it, and on this day all of it may close. */
export const BEFORE = '2026-09-20T10:00:00Z';
export const AFTER = '2027-01-07';

export const take = (intake: DataSource, { month, answers }: Call): Promise<StoreOutcome> =>
  storeCall(intake, { receipt: aReceipt(), day: `${month}-15`, month, codes: codesOf(answers) });

/** A database whose quarter has the plan and the calls, all sealed, none of it closed. */
export async function aSealedQuarter(plan: Plan, calls: readonly Call[]): Promise<TestDatabase> {
  const clock = standingClock(BEFORE);
  const database = await freshDatabase(clock);
  await setPlan(database, QUARTER, plan, { clock, actor: 'attacks' });
  for (const call of calls) await take(database.intake, call);
  await seal(database.keeper, deskOf(database.keeper), '2026-12-31', '2026-12-31');
  return database;
}

/** What closing takes; nothing is done after a close unless a test says what. */
export const closing = (keeper: DataSource, change: Partial<CloseDependencies> = {}): CloseDependencies => ({
  keeper,
  desk: deskOf(keeper),
  today: AFTER,
  actor: 'keeper',
  forgetDraws: () => Promise.resolve(),
  ...change,
});

export const closeQuarter = (database: TestDatabase): Promise<void> =>
  close(closing(database.keeper), QUARTER);

/** Whether it was refused, or failed, rather than done. */
export const isRefused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  );

/** Everything published, as one text: equal texts are equal bytes. */
export async function publishedText({ owner }: TestDatabase): Promise<string> {
  const tables = await Promise.all(
    [
      'SELECT * FROM published.quarter_plan ORDER BY quarter',
      'SELECT * FROM published.period ORDER BY id',
      'SELECT * FROM published.noisy_table ORDER BY period, id',
    ].map((sql) => owner.query<unknown>(sql)),
  );
  return JSON.stringify(tables);
}

/** Calls that wait sealed, by month; months without a sealed table are left out. */
export async function sealedCalls({ owner }: TestDatabase): Promise<string> {
  const tables: { name: string }[] = await owner.query(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => owner.query<unknown>(`SELECT codes FROM ${name} ORDER BY codes`)),
  );
  return JSON.stringify([tables, rows]);
}
