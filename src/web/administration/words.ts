/** The words of the administrator's pages; they come with the pages, and not with the form that handlers load. */
import { wordFor } from '../../contract/words.js';
import type { Problem } from '../api.js';
import { administration as inEnglish } from '../messages/administration-en.js';
import { administration as inSwedish, type AdministrationWords } from '../messages/administration-sv.js';
import { problemWords, useLanguage } from '../messages/language.js';

interface Administration {
  readonly t: AdministrationWords;
  /** What to say about a problem: here, else as on every page. */
  readonly tell: (problem: Problem) => string;
}

export function useAdministration(): Administration {
  const { locale, words } = useLanguage();
  const t = locale === 'sv' ? inSwedish : inEnglish;
  return { t, tell: (problem) => wordFor(t.problems, problem.slug) ?? problemWords(words, problem) };
}
