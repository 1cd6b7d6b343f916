/** What has to be said of a table so that it can be read alone, in a report as in a workbook. Pure. */
import { MONTH } from '../contract/plan.js';
import type { Locale } from '../contract/problem.js';
import type { PeriodSummary, PublishedTable } from '../contract/statistics.js';
import { isConversationTotal } from '../contract/cells.js';
import { numeral, words } from './words.js';

/** The question whose several answers have a name of their own. */
const REFERRAL = 'referral';

const numbersOf = (tables: readonly PublishedTable[]) => tables.flatMap(({ cells }) => cells.flat());

/** What its shares are shares of; nothing where it shows none. */
export function shareNotes(locale: Locale, table: PublishedTable): string[] {
  const { shareOf } = words[locale];
  if (!numbersOf([table]).some((number) => 'value' in number && number.share !== undefined)) return [];
  return [table.columns === null ? shareOf[table.universe] : shareOf.row];
}

/** How sure the conversations among the kinds of contact are, where that is not what the other rows are. */
export function totalNotes(
  locale: Locale,
  table: PublishedTable,
  totals: PeriodSummary['sureness'],
): string[] {
  const hasTotal = table.rows.codes.some((_, row) => isConversationTotal(table, row));
  const uncertainty = totals.conversations?.uncertainty ?? table.uncertainty;
  if (!hasTotal || uncertainty === table.uncertainty) return [];
  return [words[locale].upToTotal(numeral(locale, uncertainty))];
}

/** What a sum of its numbers would be. */
export function sumNotes(locale: Locale, { several, rows, columns }: PublishedTable): string[] {
  const text = words[locale];
  const isReferral = [rows, columns].some((axis) => axis?.dimension === REFERRAL);
  return [
    ...(several ? [text.several[isReferral ? 'referral' : 'other']] : []),
    ...(rows.dimension === MONTH ? [text.monthsWhy] : []),
  ];
}

/** What the marks for hidden numbers in some tables mean. */
export function markNotes(locale: Locale, tables: readonly PublishedTable[]): string[] {
  const numbers = numbersOf(tables);
  const thresholds = new Set(numbers.flatMap((number) => ('under' in number ? [number.under] : [])));
  return [...thresholds].map((threshold) => words[locale].marks.under(numeral(locale, threshold)));
}

/** What is said of sums for all tables at once. */
export function severalNotes(locale: Locale, tables: readonly PublishedTable[]): string[] {
  return [...new Set(tables.flatMap((table) => sumNotes(locale, table)))];
}
