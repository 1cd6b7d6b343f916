/** Plans in the database: those set (`desk.plan`), and those frozen as their quarter began (`published.quarter_plan`). */
import { z } from 'zod';
import {
  daySchema,
  monthOfDay,
  quarterOfMonth,
  quarterSchema,
  type Day,
  type Quarter,
} from '../../contract/period.js';
import type { Plan } from '../../contract/plan.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { affected, maybeOne } from '../../platform/statements.js';
import { begunQuarters, plans } from '../entities.js';

/** A plan as it is stored; whoever needs it reads it with its schema. */
const quarterPlanSchema = z.strictObject({ quarter: quarterSchema, plan: z.unknown() });
type QuarterPlan = z.infer<typeof quarterPlanSchema>;

/** The day on which Tyst was installed. */
export async function installationDay(reader: Sql): Promise<Day> {
  // As text: the driver would make a date an instant in the machine's own time zone.
  const installed = await maybeOne(
    reader,
    z.strictObject({ day: daySchema }),
    `SELECT to_char(installed_on, 'YYYY-MM-DD') AS day FROM published.installation`,
  );
  if (installed === null)
    throw new Error('The day of installation is missing: the installation is not whole.');
  return installed.day;
}

/** The quarter in which Tyst was installed. */
export const installationQuarter = async (reader: Sql): Promise<Quarter> =>
  quarterOfMonth(monthOfDay(await installationDay(reader)));

/** The latest plan of the quarters from one to another, both included, in a table of plans. */
async function latest(source: Sql, table: string, from: Quarter, to: Quarter): Promise<QuarterPlan | null> {
  return maybeOne(
    source,
    quarterPlanSchema,
    `SELECT quarter, plan FROM ${table} WHERE quarter COLLATE "C" BETWEEN $1 AND $2
     ORDER BY quarter COLLATE "C" DESC LIMIT 1`,
    [from, to],
  );
}

/** The latest frozen plan of the quarters from one to another; null when there is none. */
export const latestFrozen = (reader: Sql, from: Quarter, to: Quarter): Promise<QuarterPlan | null> =>
  latest(reader, 'published.quarter_plan', from, to);

/** The latest plan that was set for the quarters from one to another; null when there is none. */
export const latestSet = (desk: Sql, from: Quarter, to: Quarter): Promise<QuarterPlan | null> =>
  latest(desk, 'desk.plan', from, to);

/** Stores the plan of a quarter, in place of the one that was there. */
export async function storePlan(transaction: Transaction, quarter: Quarter, plan: Plan): Promise<void> {
  await transaction.getRepository(plans).upsert({ quarter, plan }, ['quarter']);
}

/** Whether a plan was set for this very quarter. */
export const isSet = (desk: Sql, quarter: Quarter): Promise<boolean> =>
  desk.getRepository(plans).existsBy({ quarter });

/** Whether the desk has recorded that a quarter has begun. */
export const isRecorded = (desk: Sql, quarter: Quarter): Promise<boolean> =>
  desk.getRepository(begunQuarters).existsBy({ quarter });

/** Records that a quarter has begun, where an account is a handler's. */
export async function beginWithHandler(
  transaction: Transaction,
  quarter: Quarter,
  username: string,
): Promise<void> {
  await affected(
    transaction,
    `INSERT INTO desk.begun_quarter (quarter)
     SELECT $1 FROM desk.account WHERE username = $2 AND role = 'handler' ON CONFLICT DO NOTHING`,
    [quarter, username],
  );
}
