/** The words of the supervisor's pages: loaded with them, so that the call form does not carry them. */
import type { Locale } from '../../contract/problem.js';
import { foreword as forewordEn } from './foreword-en.js';
import { foreword as forewordSv, type ForewordWords } from './foreword-sv.js';
import { useLanguage } from './language.js';
import { plan as planEn } from './plan-en.js';
import { plan as planSv, type PlanWords } from './plan-sv.js';
import { releases as releasesEn } from './releases-en.js';
import { releases as releasesSv, type ReleaseWords } from './releases-sv.js';
import { statistics as statisticsEn } from './statistics-en.js';
import { statistics as statisticsSv, type StatisticsWords } from './statistics-sv.js';

interface SupervisorWords {
  readonly statistics: StatisticsWords;
  readonly plan: PlanWords;
  readonly releases: ReleaseWords;
  readonly foreword: ForewordWords;
}

const languages: Readonly<Record<Locale, SupervisorWords>> = {
  sv: { statistics: statisticsSv, plan: planSv, releases: releasesSv, foreword: forewordSv },
  en: { statistics: statisticsEn, plan: planEn, releases: releasesEn, foreword: forewordEn },
};

/** The words of the supervisor's pages in the language of the page. */
export const useSupervisorWords = (): SupervisorWords => languages[useLanguage().locale];
