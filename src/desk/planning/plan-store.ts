/** Plans in the database: those set (`desk.plan`), and those frozen as their quarter began (`published.quarter_plan`). */
import { z } from 'zod';
import { daySchema, monthOfDay, quarterOfMonth, quarterSchema, type Quarter } from '../../contract/period.js';
import type { Plan } from '../../contract/plan.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { maybeOne } from '../../platform/statements.js';
import { plans } from '../entities.js';

/** A plan as it is stored; whoever needs it reads it with its schema. */
const quarterPlanSchema = z.strictObject({ quarter: quarterSchema, plan: z.unknown() });
type QuarterPlan = z.infer<typeof quarterPlanSchema>;

/** The quarter in which Tyst was installed. */
export async function installationQuarter(reader: Sql): Promise<Quarter> {
  // As text: the driver would make a date an instant in the machine's own time zone.
  const installed = await maybeOne(
    reader,
    z.strictObject({ day: daySchema }),
    `SELECT to_char(installed_on, 'YYYY-MM-DD') AS day FROM published.installation`,
  );
  if (installed === null)
    throw new Error('The day of installation is missing: the installation is not whole.');
  return quarterOfMonth(monthOfDay(installed.day));
}

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
