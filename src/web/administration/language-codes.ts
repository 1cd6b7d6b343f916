/** Every language that the browser can name, as codes to choose among. */
import type { Code } from '../../contract/vocabulary.js';
import { languageName } from '../directory/names.js';

const letters = Array.from({ length: 26 }, (_, at) => String.fromCodePoint(97 + at));
/** Spoken or signed in Sweden, and without a code of two letters. */
const longer = ['ckb', 'fit', 'kmr', 'prs', 'rom', 'sma', 'smj', 'swl'];

/** One code for each language: an outdated code stands for another one. */
const isCurrent = (code: string) => Intl.getCanonicalLocales(code)[0] === code;

function isNamed(code: string): boolean {
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code) !== undefined;
}

/** The languages with their names in Swedish and English, and with them those that are chosen already. */
export function languageCodes(chosen: readonly string[]): Code[] {
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const named = [...pairs.filter(isCurrent), ...longer].filter(isNamed);
  return [...new Set([...named, ...chosen])].map((code) => ({
    id: code,
    label: { sv: languageName(code, 'sv'), en: languageName(code, 'en') },
  }));
}
