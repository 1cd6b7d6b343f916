/** The words of releases and of checking them: no others, for the public page that has no use for the rest. */
import { check as checkEn } from './check-en.js';
import { check as checkSv } from './check-sv.js';
import { useLanguage } from './language.js';
import { releases as releasesEn } from './releases-en.js';
import { releases as releasesSv } from './releases-sv.js';

const languages = {
  sv: { releases: releasesSv, check: checkSv },
  en: { releases: releasesEn, check: checkEn },
} as const;

/** The words of releases and of checking them in the language of the page. */
export const useReleaseWords = () => languages[useLanguage().locale];
