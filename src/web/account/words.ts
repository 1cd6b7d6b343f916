/** The words of the page about one's own account; they come with the page. */
import { wordFor } from '../../contract/words.js';
import type { Problem } from '../api.js';
import { account as inEnglish } from '../messages/account-en.js';
import { account as inSwedish, type AccountWords } from '../messages/account-sv.js';
import { problemWords, useLanguage } from '../messages/language.js';

export function useAccount(): { readonly t: AccountWords; readonly tell: (problem: Problem) => string } {
  const { locale, words } = useLanguage();
  const t = locale === 'sv' ? inSwedish : inEnglish;
  return { t, tell: (problem) => wordFor(t.problems, problem.slug) ?? problemWords(words, problem) };
}
