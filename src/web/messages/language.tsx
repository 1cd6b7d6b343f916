/** The language of the page: Swedish first, switched in place, kept nowhere. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Locale } from '../../contract/problem.js';
import { wordFor } from '../../contract/words.js';
import type { Problem } from '../api.js';
import { localeOfAddress } from '../address.js';
import { en } from './en.js';
import { sv, type Words } from './sv.js';

const languages: Readonly<Record<Locale, Words>> = { sv, en };

/** How numbers and days are written in a language. */
export const writtenAs: Readonly<Record<Locale, string>> = { sv: 'sv-SE', en: 'en-GB' };

/** Each language by its own name. */
export const languageNames: readonly (readonly [Locale, string])[] = [
  ['sv', 'Svenska'],
  ['en', 'English'],
];

interface Language {
  readonly locale: Locale;
  readonly words: Words;
  readonly setLocale: (locale: Locale) => void;
}

const LanguageContext = createContext<Language>({ locale: 'sv', words: sv, setLocale: () => undefined });

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(localeOfAddress);
  const language = useMemo(() => ({ locale, words: languages[locale], setLocale }), [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export const useLanguage = (): Language => useContext(LanguageContext);

/** Names the page in the browser's tab and history. */
export function useTitle(title: string): void {
  const { words } = useLanguage();
  useEffect(() => {
    document.title = `${title} – ${words.app}`;
  }, [title, words.app]);
}

/** What to say about a problem: what to do, in the language of the page. */
export function problemWords(words: Words, { slug, retryAfter }: Problem): string {
  if (slug === 'too-many-requests') return words.tooManyAttempts(retryAfter ?? 0);
  return wordFor(words.problems, slug) ?? words.problems.unexpected;
}
