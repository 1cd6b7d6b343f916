/** A foreword while it is written: a text in each language, either of which may be empty. Pure. */
import { MOST_FOREWORD, tidyForeword, type Foreword } from '../../contract/foreword.js';
import { unprintableIn } from '../../contract/printable.js';

export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];
export type Texts = Readonly<Record<Language, string>>;

/** The texts to begin with. */
export const textsOf = (foreword: Foreword | undefined): Texts => ({
  sv: foreword?.sv ?? '',
  en: foreword?.en ?? '',
});

/** The foreword as it is sent; undefined where nothing is written. */
export function forewordOf(texts: Texts): Foreword | undefined {
  const written = languages.flatMap((language) => {
    const text = tidyForeword(texts[language]);
    return text === '' ? [] : [[language, text] as const];
  });
  return written.length === 0 ? undefined : Object.fromEntries(written);
}

/** Whether two say the same once they are sent. */
export const sameTexts = (one: Texts, other: Texts): boolean =>
  languages.every((language) => tidyForeword(one[language]) === tidyForeword(other[language]));

type Wrong =
  { readonly what: 'too-long' } | { readonly what: 'unprintable'; readonly characters: readonly string[] };

/** Why a text cannot be printed; null when it can. */
export function wrongIn(text: string): Wrong | null {
  const tidy = tidyForeword(text);
  const characters = unprintableIn(tidy);
  if (characters.length > 0) return { what: 'unprintable', characters };
  return tidy.length > MOST_FOREWORD ? { what: 'too-long' } : null;
}
