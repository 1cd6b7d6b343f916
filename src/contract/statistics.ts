/**
 * Published statistics as people get them: in the API, in the files of a release, on the statistics page. Every
 * number here has been through the display rules; a noisy value never takes this shape.
 */
import { z } from 'zod';
import { daySchema, periodSchema, quarterSchema } from './period.js';
import { presetSchema } from './plan.js';
import { labelSchema } from './vocabulary.js';

const whole = z.int().min(0);
const stepSchema = z.union([z.literal(1), z.literal(5)]);

/** A number as it may be shown: rounded, only known to lie under the threshold, or not shown at all. */
export const shownNumberSchema = z.union([
  z.strictObject({ value: whole }),
  z.strictObject({ under: whole }),
  z.strictObject({ withheld: z.literal(true) }),
]);

/** The plan behind a period: sigma2 is the variance of the noise in one cell, threshold and step are in calls. */
const shownPlanSchema = z.strictObject({
  preset: z.union([presetSchema, z.literal('own')]),
  rho: z.number().positive(),
  sigma2: z.number().positive(),
  threshold: whole,
  step: stepSchema,
});

/** A quarter whose counters had to begin anew: it was counted from this day on. */
export const begunAnewSchema = z.strictObject({ quarter: quarterSchema, countedFrom: daySchema });

const countedFromShape = {
  /** The day from which a month or a quarter was counted, where its counters had to begin anew within it; else null. */
  countedFrom: daySchema.nullable(),
  /** The same as a list, which a year has too: of those of its quarters that were not counted from their first day. */
  begunAnew: z.array(begunAnewSchema),
};

/** One published period. Totals are null where the plan has no table that gives them. */
export const periodSummarySchema = z.strictObject({
  id: periodSchema,
  kind: z.enum(['month', 'quarter', 'year']),
  publishedOn: daySchema,
  plan: shownPlanSchema,
  totals: z.strictObject({
    contacts: shownNumberSchema.nullable(),
    conversations: shownNumberSchema.nullable(),
  }),
  /** How far a total may lie from the truth, in calls: wrong about one time in twenty. */
  uncertainty: z.strictObject({ contacts: whole.nullable(), conversations: whole.nullable() }),
  ...countedFromShape,
});

const axisSummarySchema = z.strictObject({ dimension: z.string(), level: z.enum(['leaf', 'top']) });
const universeSchema = z.enum(['all', 'conversation']);

/** One table of a period, without its numbers. */
export const tableSummarySchema = z.strictObject({
  id: z.string(),
  rows: axisSummarySchema,
  columns: axisSummarySchema.nullable(),
  universe: universeSchema,
});

const shownAxisSchema = z.strictObject({
  dimension: z.string(),
  codes: z.array(z.strictObject({ code: z.string(), label: labelSchema })),
});

/** Calls in the cells of a line that are under the threshold, all together, and how far that may lie from the truth. */
const remainderSchema = z.strictObject({ value: whole, uncertainty: whole });

/** One table with its numbers: an inner array of `cells` per row code, an element in it per column code. */
export const publishedTableSchema = z.strictObject({
  period: periodSchema,
  table: z.string(),
  universe: universeSchema,
  rows: shownAxisSchema,
  columns: shownAxisSchema.nullable(),
  cells: z.array(z.array(shownNumberSchema)),
  /**
   * Only in a table whose numbers add up (plans medium and large): one element for the total of a table without
   * columns, or one for each row of a cross table, which adds up to the row's number in its own table. Null where
   * it would stand for less than two hidden cells or be under the threshold, or where that sum is not shown.
   */
  remainders: z.array(remainderSchema.nullable()).optional(),
  sigma2: z.number().positive(),
  threshold: whole,
  step: stepSchema,
  /** How far the least certain cell may lie from the truth, in calls: wrong about one time in twenty. */
  uncertainty: whole,
  /** Those of the table's period. */
  ...countedFromShape,
});

export const periodListSchema = z.strictObject({ periods: z.array(periodSummarySchema) });
export const tableListSchema = z.strictObject({ tables: z.array(tableSummarySchema) });

export type ShownNumber = z.infer<typeof shownNumberSchema>;
export type Remainder = z.infer<typeof remainderSchema>;
export type Step = z.infer<typeof stepSchema>;
export type BegunAnew = z.infer<typeof begunAnewSchema>;
export type PeriodSummary = z.infer<typeof periodSummarySchema>;
export type TableSummary = z.infer<typeof tableSummarySchema>;
export type PublishedTable = z.infer<typeof publishedTableSchema>;
