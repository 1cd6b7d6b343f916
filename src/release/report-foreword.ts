/** The foreword of a report, for the template that lays it out. Pure. */
import { paragraphsOf } from '../contract/foreword.js';
import type { Locale } from '../contract/problem.js';
import type { ReleaseContent } from './content.js';
import { words } from './words.js';

const regions: Readonly<Record<Locale, string>> = { sv: 'SE', en: 'GB' };
const other: Readonly<Record<Locale, Locale>> = { sv: 'en', en: 'sv' };

/** The country whose spelling a report in the language follows. */
export const regionOf = (locale: Locale): string => regions[locale];

/** Characters that leave room for more on the page. */
const BRIEF = 900;

/**
 * What is printed of a foreword: that in the report's language, else the other one, of which is said that it is, and
 * which a screen reader is told to read in its own language. Null where there is none. Paragraphs come as lines.
 */
export function forewordData(locale: Locale, { foreword }: ReleaseContent) {
  if (foreword === null) return null;
  const own = foreword[locale];
  const lang = own === undefined ? other[locale] : locale;
  const text = own ?? foreword[lang];
  if (text === undefined) return null;
  const { foreword: title, forewordElsewhere } = words[locale];
  return {
    title,
    note: lang === locale ? null : forewordElsewhere,
    lang,
    region: regionOf(lang),
    paragraphs: paragraphsOf(text).map((paragraph) => paragraph.split('\n')),
    // Then the key figures follow on the same page.
    brief: text.length <= BRIEF,
  };
}
