/** What places and languages are called. */
import type { Locale } from '../../contract/problem.js';
import { counties, municipalities } from '../../contract/places.js';
import type { Code, Vocabulary } from '../../contract/vocabulary.js';
import { capital } from '../messages/numerals.js';

/** Every county, as the vocabulary names it, and every municipality, to be searched by name. */
export function placesOf({ dimensions }: Vocabulary): Code[] {
  const codes = dimensions.flatMap((dimension) => dimension.codes);
  const named = counties.flatMap((county) => codes.find(({ id }) => id === county) ?? []);
  return [
    ...named.map(({ id, label }) => ({ id, label })),
    ...municipalities.map(({ code, name }) => ({ id: code, label: { sv: name, en: name } })),
  ];
}

/** A language's own name in the reader's language, from the browser; its code where the browser knows none. */
export function languageName(code: string, locale: Locale): string {
  return capital(new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code);
}
