/** Messages about choosing a quarter's plan. */
import { z } from 'zod';
import { daySchema, quarterSchema } from './period.js';
import { planSchema, presetSchema, tableSchema } from './plan.js';

/** A rho above one half is over the budget, which is a problem of its own; so the schema lets it through. */
const rhoSchema = z.number().min(0.001).max(1_000);

/** Either a preset, or tables of one's own; both with the rho of `tables` or 0.5. */
export const choosePlanSchema = z.strictObject({
  preset: presetSchema.optional(),
  tables: planSchema.shape.tables.optional(),
  rho: rhoSchema.optional(),
});
export type PlanChoice = z.infer<typeof choosePlanSchema>;

/**
 * How a quarter begins, from when its plan stands: at the midnight with which a day begins; when the first handler signs in
 * and at the latest in the night to a day, as the quarter of installation; with the first import, as one before it.
 */
export const beginningSchema = z.strictObject({
  with: z.enum(['midnight', 'first-handler', 'first-import']),
  /** Null where no day is known. */
  on: daySchema.nullable(),
});
export type Beginning = z.infer<typeof beginningSchema>;

/** A quarter's plan, what it costs, and what its numbers will look like. */
export const quarterPlanSchema = z.strictObject({
  quarter: quarterSchema,
  /** Whether the quarter has begun, so that its plan stands. */
  begun: z.boolean(),
  /** How it will; null once it has. */
  begins: beginningSchema.nullable(),
  /** Whether somebody chose the plan for this very quarter; else it follows from the quarters before, or is `tiny`. */
  chosen: z.boolean(),
  preset: planSchema.shape.preset,
  rho: z.number(),
  /** The most cells one call can enter, over all tables. */
  cost: z.int(),
  /** The variance of the noise in each cell, in calls squared. */
  sigma2: z.number(),
  /** In calls: numbers below the threshold are not shown, others are rounded to the step. */
  threshold: z.int(),
  step: z.int(),
  tables: z.array(tableSchema),
  /** The preset that suits the totals published so far; null while there are none. */
  recommended: presetSchema.nullable(),
});
export type QuarterPlan = z.infer<typeof quarterPlanSchema>;
