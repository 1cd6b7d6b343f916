/** A shown number as text, for pictures and labels. */
import type { Locale } from '../../contract/problem.js';
import type { ShownNumber } from '../../contract/statistics.js';
import type { StatisticsWords } from '../messages/statistics-sv.js';

export const isWithheld = (number: ShownNumber): boolean => 'withheld' in number;

/** "45 ± 8", "färre än 15", "Visas inte." */
export function numberText(
  { statistics, locale }: { readonly statistics: StatisticsWords; readonly locale: Locale },
  number: ShownNumber,
  uncertainty: number | null,
): string {
  if ('under' in number) return statistics.under(number.under);
  if ('withheld' in number) return statistics.withheld;
  const value = number.value.toLocaleString(locale);
  return uncertainty === null ? value : `${value} ± ${uncertainty}`;
}

/** "23 ± 4 %"; null for a number without a share. */
export const shareText = (
  statistics: StatisticsWords,
  number: ShownNumber | null | undefined,
  uncertainty: number | null | undefined,
): string | null =>
  number != null && 'value' in number && number.share !== undefined && uncertainty != null
    ? statistics.share(number.share, uncertainty)
    : null;
