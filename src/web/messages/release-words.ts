/** The words of releases and of checking them: no others, for the public page that has no use for the rest. */
import type { Locale } from '../../contract/problem.js';
import { check as checkEn } from './check-en.js';
import { check as checkSv, type CheckWords } from './check-sv.js';
import { useLanguage } from './language.js';
import { releases as releasesEn } from './releases-en.js';
import { releases as releasesSv, type ReleaseWords } from './releases-sv.js';

interface CheckedWords {
  readonly releases: ReleaseWords;
  readonly check: CheckWords;
}

const languages: Readonly<Record<Locale, CheckedWords>> = {
  sv: { releases: releasesSv, check: checkSv },
  en: { releases: releasesEn, check: checkEn },
};

/** The words of releases and of checking them in the language of the page. */
export const useReleaseWords = (): CheckedWords => languages[useLanguage().locale];
