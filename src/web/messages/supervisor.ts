/** The words of the supervisor's pages: loaded with them, so that the call form does not carry them. */
import { useLanguage } from './language.js';
import { foreword as forewordEn } from './foreword-en.js';
import { foreword as forewordSv } from './foreword-sv.js';
import { plan as planEn } from './plan-en.js';
import { plan as planSv } from './plan-sv.js';
import { releases as releasesEn } from './releases-en.js';
import { releases as releasesSv } from './releases-sv.js';
import { statistics as statisticsEn } from './statistics-en.js';
import { statistics as statisticsSv } from './statistics-sv.js';

const languages = {
  sv: { statistics: statisticsSv, plan: planSv, releases: releasesSv, foreword: forewordSv },
  en: { statistics: statisticsEn, plan: planEn, releases: releasesEn, foreword: forewordEn },
} as const;

/** The words of the supervisor's pages in the language of the page. */
export const useSupervisorWords = () => languages[useLanguage().locale];
