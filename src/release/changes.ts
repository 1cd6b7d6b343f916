/**
 * How a period differs from those before it, in words: only where neither the protection nor chance usually makes such a
 * difference. Where none is said there may still be one. Pure.
 */
import { changeBetween, type Change } from '../contract/change.js';
import type { Locale } from '../contract/problem.js';
import type { PublishedTable } from '../contract/statistics.js';
import { surenessOfRow } from '../contract/sure-row.js';
import type { PublishedPeriod, ReleaseContent } from './content.js';
import { comparable, numberOfCode, rowOfCode, sameTable } from './series.js';
import { numeral, periodName, words } from './words.js';

type Total = 'contacts' | 'conversations';

/** Which of the words says a change. */
const sayingOf = ({ difference, atLeast }: Change) => {
  if (atLeast) return difference > 0 ? 'atLeastMore' : 'atLeastFewer';
  return difference > 0 ? 'more' : 'fewer';
};

const callsIn = (locale: Locale, { difference }: Change) => numeral(locale, Math.abs(difference));

/** A total beside that of each period before, a sentence for each that differs. */
export function totalChanges(locale: Locale, { summary, before }: ReleaseContent, total: Total): string[] {
  const at = (one: PublishedPeriod['summary']) => ({
    number: one.totals[total],
    sigma2: one.sureness[total]?.sigma2 ?? null,
  });
  return before.flatMap((period) => {
    const found = changeBetween(at(summary), at(period.summary));
    if (found === null) return [];
    return [
      words[locale].change[sayingOf(found)](callsIn(locale, found), periodName(locale, period.summary.id)),
    ];
  });
}

function rowChanges(
  locale: Locale,
  { table, summary }: { readonly table: PublishedTable; readonly summary: PublishedPeriod['summary'] },
  other: { readonly table: PublishedTable; readonly summary: PublishedPeriod['summary'] },
): string[] {
  const at = (one: typeof other, code: string) => {
    const row = rowOfCode(one.table, code);
    return {
      number: numberOfCode(one.table, code),
      sigma2: row < 0 ? null : surenessOfRow(one.table, row, one.summary.sureness).sigma2,
    };
  };
  return table.rows.codes.flatMap(({ code, label }) => {
    const found = changeBetween(at({ table, summary }, code), at(other, code));
    if (found === null) return [];
    return [words[locale].change.row[sayingOf(found)](label[locale], callsIn(locale, found))];
  });
}

/** The rows of a table beside those of each period before, a sentence for each period that any differs from. */
export function tableChanges(
  locale: Locale,
  { summary, before }: ReleaseContent,
  table: PublishedTable,
): string[] {
  if (table.columns !== null || !comparable(table)) return [];
  return before.flatMap((period) => {
    const same = sameTable(period, table);
    if (same === undefined) return [];
    const rows = rowChanges(locale, { table, summary }, { table: same, summary: period.summary });
    if (rows.length === 0) return [];
    return [words[locale].change.rows(periodName(locale, period.summary.id), rows)];
  });
}
