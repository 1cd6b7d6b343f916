/** The words of a release's files in both languages, and what numbers, days and periods are called in them. */
import { periodKind } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import type { ShownNumber } from '../contract/statistics.js';
import { inLanguage } from './intl.js';
import { releaseEn } from './words-en.js';
import { releaseSv, type Words } from './words-sv.js';

export type { Words } from './words-sv.js';

export const words: Readonly<Record<Locale, Words>> = { sv: releaseSv, en: releaseEn };

/** A whole number as people write it in the language: thousands apart. */
export const numeral = (locale: Locale, value: number): string => inLanguage[locale].number.format(value);

/** A text as the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day in words. */
export const dayName = (locale: Locale, day: string): string =>
  inLanguage[locale].day.format(new Date(`${day}T00:00:00Z`));

/** A period in words: a month, `kvartal 3 2026`, `år 2026`. */
export function periodName(locale: Locale, period: string): string {
  const [year = '', rest = ''] = period.split('-');
  const kind = periodKind(period);
  if (kind === 'month') return inLanguage[locale].month.format(new Date(`${period}-01T00:00:00Z`));
  return kind === 'quarter' ? words[locale].quarterName(year, rest.slice(1)) : words[locale].yearName(year);
}

/** A period as it is named beside another: a quarter in its own year's report goes without the year. */
export function besideName(locale: Locale, period: string, ownPeriod: string): string {
  const [year, quarter] = period.split('-Q');
  return quarter !== undefined && year === ownPeriod
    ? words[locale].quarters.name(quarter)
    : periodName(locale, period);
}

/** A number as a mark, where there is no room for words; what it means has to be said nearby. */
export function shownMark(locale: Locale, number: ShownNumber): string {
  if ('value' in number) return numeral(locale, number.value);
  return 'under' in number ? `< ${numeral(locale, number.under)}` : '–';
}

/** A number as it may be shown, in words or figures. */
export function shownText(locale: Locale, number: ShownNumber): string {
  if ('value' in number) return numeral(locale, number.value);
  if ('under' in number) return words[locale].under(numeral(locale, number.under));
  return words[locale].withheld;
}

/** What a number is of its whole; null where that is not said. */
export const shareOf = (locale: Locale, number: ShownNumber): string | null =>
  'value' in number && number.share !== undefined
    ? words[locale].percent(numeral(locale, number.share))
    : null;

/** The same with how far it may lie from the truth, in percentage points; empty where it is not said. */
export function shareText(
  locale: Locale,
  number: ShownNumber,
  uncertainty: number | null | undefined,
): string {
  const share = shareOf(locale, number);
  return share === null || uncertainty == null ? '' : `${share} ± ${numeral(locale, uncertainty)}`;
}

/** A number with how far it may lie from the truth, where it is shown. */
export function sureText(locale: Locale, number: ShownNumber, uncertainty: number | null): string {
  const sure = 'value' in number && uncertainty !== null ? ` ± ${numeral(locale, uncertainty)}` : '';
  return `${shownText(locale, number)}${sure}`;
}
