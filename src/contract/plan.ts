/**
 * A table plan: the fixed list of tables that one quarter publishes, laid out in cells. Everything here follows
 * from the plan and the vocabulary alone; nothing ever looks at a call. Source: the design's protection rules
 * ("Plan and queries").
 */
import { z } from 'zod';
import { monthsOfQuarter, type Month, type Quarter } from './period.js';
import { exact, type Rational } from './rational.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  levelSchema,
  type Dimension,
  type Label,
  type Level,
  type Vocabulary,
} from './vocabulary.js';

export { exact, toNumber, type Rational } from './rational.js';

export const MONTH = 'month';
const tableIdSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/);

/** One table of a plan: `rows`, or `rows` by `columns`; a dimension id, or `month`. */
export const tableSchema = z.strictObject({
  id: tableIdSchema,
  rows: z.string().max(32),
  level: levelSchema.optional(),
  columns: z.string().max(32).optional(),
  columnsLevel: levelSchema.optional(),
});
export const presetSchema = z.enum(['tiny', 'small', 'medium', 'large']);
export const planSchema = z.strictObject({
  preset: z.union([presetSchema, z.literal('own')]),
  rho: z.number().min(0.001).max(0.5),
  tables: z.array(tableSchema).min(1).max(60),
});

export type PlanTable = z.infer<typeof tableSchema>;
export type Preset = z.infer<typeof presetSchema>;
export type Plan = z.infer<typeof planSchema>;
export type Universe = 'all' | 'conversation';

/** The greatest rho any quarter may spend, and what a new installation spends. */
export const MAX_RHO = 0.5;

/** A code of an axis; `alone` for one that a call has without any other, of several it might have. */
interface AxisCode {
  readonly code: string;
  readonly label: Label;
  readonly alone: boolean;
}

/** One axis of a table: its dimension (or `month`), level and codes in order. */
export interface Axis {
  readonly dimension: string;
  /** The dimension in words; "in groups" where it has groups and they are what is counted. */
  readonly label: Label;
  readonly level: Level;
  readonly codes: readonly AxisCode[];
  /** The most of the codes that one call may have, and whether that is more than one. */
  readonly most: number;
  readonly several: boolean;
  /** Whether every answer that stands alone is a code of its own here, and in no group with others. */
  readonly aloneApart: boolean;
}

/** A table with its cells laid out: the full cross of `rows` and `columns` (one unnamed column when null). */
export interface TableShape {
  readonly id: string;
  readonly rows: Axis;
  readonly columns: Axis | null;
  readonly universe: Universe;
  /** The most cells one call can enter. */
  readonly cost: number;
}

const appliesTo = (vocabulary: Vocabulary, id: string): Universe =>
  id === MONTH ? 'all' : (findDimension(vocabulary, id)?.applies ?? 'all');

const monthNames = (locale: string) =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
/**
 * Made once, when first used: making them is dear, every month of every published quarter is named at each reading, and
 * most commands name none.
 */
let names: { readonly sv: Intl.DateTimeFormat; readonly en: Intl.DateTimeFormat } | null = null;

function monthLabel(month: Month): Label {
  names ??= { sv: monthNames('sv-SE'), en: monthNames('en-GB') };
  const first = new Date(`${month}-01T00:00:00Z`);
  return { sv: names.sv.format(first), en: names.en.format(first) };
}

function monthAxis(months: readonly Month[]): Axis {
  const codes = months.map((month) => ({ code: month, label: monthLabel(month), alone: false }));
  const label = { sv: 'Månad', en: 'Month' };
  return { dimension: MONTH, label, level: 'leaf', codes, most: 1, several: false, aloneApart: true };
}

/** What a dimension is called at a level; one without groups looks the same at either. */
export function labelAt({ label, codes }: Dimension, level: Level): Label {
  const grouped = level === 'top' && codes.some(({ group }) => group === true);
  return grouped ? { sv: `${label.sv} (i grupper)`, en: `${label.en} (in groups)` } : label;
}

/** In a table of conversations the other kinds of contact are impossible, so they are no cells. */
function possibleCodes(dimension: Dimension, level: Level, universe: Universe) {
  const codes = codesAtLevel(dimension, level);
  return dimension.id === KIND && universe === 'conversation'
    ? codes.filter((code) => code.id === CONVERSATION)
    : codes;
}

function axis(
  vocabulary: Vocabulary,
  id: string,
  level: Level,
  universe: Universe,
  months: readonly Month[],
): Axis {
  if (id === MONTH) return monthAxis(months);
  const dimension = findDimension(vocabulary, id);
  if (dimension === undefined) throw new RangeError('The plan names a dimension that the vocabulary lacks.');
  const several = dimension.max > 1;
  const codes = possibleCodes(dimension, level, universe).map((code) => ({
    code: code.id,
    label: code.label,
    alone: several && code.exclusive === true,
  }));
  const inGroup = dimension.codes.some(({ exclusive, parent }) => exclusive === true && parent !== undefined);
  return {
    ...{ dimension: id, label: labelAt(dimension, level), level, codes },
    ...{ most: dimension.max, several, aloneApart: level === 'leaf' || !inGroup },
  };
}

const maxOf = (vocabulary: Vocabulary, id: string) => findDimension(vocabulary, id)?.max ?? 1;

/** Lays a plan's table out for the months of its quarter. Throws RangeError when the vocabulary lacks a dimension. */
export function tableShape(table: PlanTable, vocabulary: Vocabulary, months: readonly Month[]): TableShape {
  const axes = table.columns === undefined ? [table.rows] : [table.rows, table.columns];
  const universe = axes.some((id) => appliesTo(vocabulary, id) === 'conversation') ? 'conversation' : 'all';
  return {
    id: table.id,
    rows: axis(vocabulary, table.rows, table.level ?? 'leaf', universe, months),
    columns:
      table.columns === undefined
        ? null
        : axis(vocabulary, table.columns, table.columnsLevel ?? 'leaf', universe, months),
    universe,
    cost: axes.reduce((cost, id) => cost * maxOf(vocabulary, id), 1),
  };
}

/** Whether a table is the own one of another's axis: that question alone, at that level, asked of the same calls. */
export const isTableOf = (
  { rows, columns, universe }: TableShape,
  axis: Axis,
  of: TableShape['universe'],
): boolean =>
  columns === null && rows.dimension === axis.dimension && rows.level === axis.level && universe === of;

/** Every table of a quarter's plan, laid out, in the plan's order. */
export function tableShapes(plan: Plan, vocabulary: Vocabulary, quarter: Quarter): TableShape[] {
  return plan.tables.map((table) => tableShape(table, vocabulary, monthsOfQuarter(quarter)));
}

/** The sum over a plan's tables of the most cells one call can enter: what version 0.1 spread its noise over. */
export function planCost(plan: Plan, vocabulary: Vocabulary): number {
  return plan.tables.reduce((sum, table) => sum + tableShape(table, vocabulary, []).cost, 0);
}

/** Version 0.1's noise: sigma^2 = (sum of costs) / (2 rho), exactly; one value for all tables of the quarter. */
export function planSigma2(plan: Plan, vocabulary: Vocabulary): Rational {
  const rho = exact(plan.rho);
  return { numerator: BigInt(planCost(plan, vocabulary)) * rho.denominator, denominator: 2n * rho.numerator };
}

/** What is wrong with a plan over a vocabulary; null when it may be used. */
export type PlanProblem =
  'over-budget' | 'unknown-dimension' | 'duplicate-table' | 'same-axes' | 'month-columns';

function tableProblem(table: PlanTable, vocabulary: Vocabulary): PlanProblem | null {
  const known = (id: string) => id === MONTH || findDimension(vocabulary, id) !== undefined;
  if (!known(table.rows) || (table.columns !== undefined && !known(table.columns)))
    return 'unknown-dimension';
  if (table.columns === table.rows) return 'same-axes';
  // Months are rows, so that a month's row can be published as the month ends.
  return table.columns === MONTH ? 'month-columns' : null;
}

/** Whether noise of variance sigma2 keeps a cost within rho: cost / (2 sigma^2) <= rho, decided exactly. */
export function withinBudget(cost: number, sigma2: Rational, rho: number): boolean {
  if (!(rho > 0) || rho > MAX_RHO) return false;
  const limit = exact(rho);
  return BigInt(cost) * sigma2.denominator * limit.denominator <= 2n * sigma2.numerator * limit.numerator;
}

/** Checks a plan over a vocabulary: every dimension known, ids unique, the budget kept. Null when it may be used. */
export function planProblem(plan: Plan, vocabulary: Vocabulary): PlanProblem | null {
  for (const table of plan.tables) {
    const problem = tableProblem(table, vocabulary);
    if (problem !== null) return problem;
  }
  if (new Set(plan.tables.map((table) => table.id)).size < plan.tables.length) return 'duplicate-table';
  return plan.rho > 0 && plan.rho <= MAX_RHO ? null : 'over-budget';
}

/** Which tables are published month by month: those with months as rows. */
export const isMonthly = (table: PlanTable): boolean => table.rows === MONTH;
