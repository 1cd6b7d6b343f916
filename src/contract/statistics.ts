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

/**
 * A number as it may be shown: rounded, only known to lie under the threshold, or not shown at all. `share` is what it is
 * of its table's total, in a cross table of its row's number, in whole per cent; only of 50 calls and more.
 */
export const shownNumberSchema = z.union([
  z.strictObject({ value: whole, share: whole.optional() }),
  z.strictObject({ under: whole }),
  z.strictObject({ withheld: z.literal(true) }),
]);

/**
 * How sure a number is: the variance of its noise, the threshold under which it is not shown and the step that it is rounded
 * to, and how far it may lie from the truth, all in calls: wrong about one time in twenty.
 */
const surenessShape = {
  sigma2: z.number().positive(),
  threshold: whole,
  step: stepSchema,
  uncertainty: whole,
};
export const surenessSchema = z.strictObject(surenessShape);

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
  plan: z.strictObject({ preset: z.union([presetSchema, z.literal('own')]), rho: z.number().positive() }),
  totals: z.strictObject({
    contacts: shownNumberSchema.nullable(),
    conversations: shownNumberSchema.nullable(),
  }),
  /** Of each total; null where there is none. */
  sureness: z.strictObject({
    contacts: surenessSchema.nullable(),
    conversations: surenessSchema.nullable(),
  }),
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

/** Calls in all cells that are not shown, together, and how far that may lie from the truth. */
const hiddenSchema = z.strictObject({ value: whole, uncertainty: whole });

/** One table with its numbers: an inner array of `cells` per row code, an element in it per column code. */
export const publishedTableSchema = z.strictObject({
  period: periodSchema,
  table: z.string(),
  universe: universeSchema,
  rows: shownAxisSchema,
  columns: shownAxisSchema.nullable(),
  cells: z.array(z.array(shownNumberSchema)),
  /** Whether one call may be in several cells, which then add up to more than the calls. */
  several: z.boolean(),
  /**
   * What the shown numbers leave of the table's total; null where that is not shown, or the cells do not add up to it, or
   * less than two are hidden, or they hold less than the threshold of such a sum.
   */
  hidden: hiddenSchema.nullable(),
  /** sigma2 is the largest of the cells; the conversations of the table `kind` are as sure as their total. */
  ...surenessShape,
  /** How far the shares of each row may lie from the truth, in per cent of the whole; null for a row without any. */
  shareUncertainties: z.array(whole.nullable()),
  /** Those of the table's period. */
  ...countedFromShape,
});

export const periodListSchema = z.strictObject({ periods: z.array(periodSummarySchema) });
/** A question, or a question by another, that a year cannot add up, because not all its quarters counted it alike. */
const missingSchema = z.strictObject({
  rows: z.strictObject({ dimension: z.string(), label: labelSchema }),
  columns: z.strictObject({ dimension: z.string(), label: labelSchema }).nullable(),
});
export const tableListSchema = z.strictObject({
  tables: z.array(tableSummarySchema),
  /** Of a year: what some of its quarters counted and it does not. */
  missing: z.array(missingSchema),
});

export type ShownNumber = z.infer<typeof shownNumberSchema>;
export type Hidden = z.infer<typeof hiddenSchema>;
export type Sureness = z.infer<typeof surenessSchema>;
export type Missing = z.infer<typeof missingSchema>;
export type Step = z.infer<typeof stepSchema>;
export type BegunAnew = z.infer<typeof begunAnewSchema>;
export type PeriodSummary = z.infer<typeof periodSummarySchema>;
export type TableSummary = z.infer<typeof tableSummarySchema>;
export type PublishedTable = z.infer<typeof publishedTableSchema>;
