/** A quarter in a real database: installed in time, its plan set, its calls taken in and sealed. */
import type { DataSource } from 'typeorm';
import type { Plan } from '../../../src/contract/plan.js';
import { setPlan } from '../../../src/desk/planning/plan.js';
import { storeCall, type StoreOutcome } from '../../../src/intake/store.js';
import type { Keeping } from '../../../src/keeping/turn.js';
import { aReceipt, codesOf } from '../../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../../support/database.js';
import { closeOn, sealBefore, type Keepable } from '../../support/keeping.js';
import { QUARTER, type Call } from './line.js';
import { openedCounters } from './opened.js';

/** The plan is set before the quarter, calls come within it, and on this day all of it may close. */
export const BEFORE = '2026-09-20T10:00:00Z';
export const AFTER = '2027-01-07';

export const take = (intake: DataSource, { month, answers }: Call): Promise<StoreOutcome> =>
  storeCall(intake, { receipt: aReceipt(), day: `${month}-15`, month, codes: codesOf(answers) });

/** A database whose quarter has the plan and the calls, all counted, none of it closed. */
export async function aSealedQuarter(
  plan: Plan,
  calls: readonly Call[],
  change: Partial<Keeping> = {},
): Promise<TestDatabase> {
  const clock = standingClock(BEFORE);
  const database = await freshDatabase(clock);
  await setPlan(database, QUARTER, plan, { clock, actor: 'attacks' });
  for (const call of calls) await take(database.intake, call);
  await sealBefore(database, '2026-12-31', change);
  return database;
}

/** Closes a period, by default the whole quarter, on the day when all of it may close. */
export const closePeriod = (
  database: Keepable,
  period: string = QUARTER,
  change: Partial<Keeping> = {},
): Promise<void> => closeOn(database, AFTER, period, change);

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
      'SELECT * FROM published.noisy_answer ORDER BY period, query',
    ].map((sql) => owner.query<unknown>(sql)),
  );
  return JSON.stringify(tables);
}

/** All that is counted and waits, as one text: every quarter's counters, and the rows of intake. */
export async function keptText(database: TestDatabase): Promise<string> {
  const counters = [...(await openedCounters(database))].map(([quarter, values]) => [quarter, [...values]]);
  const rows: unknown = await database.owner.query(
    'SELECT receipt_hash, day, month FROM intake.call ORDER BY receipt_hash',
  );
  return JSON.stringify([counters, rows]);
}
