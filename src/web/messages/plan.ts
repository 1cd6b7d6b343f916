/** The words about plans: for the supervisor's page, and for the first choice, which an administrator makes. */
import type { Locale } from '../../contract/problem.js';
import { useLanguage } from './language.js';
import { plan as inEnglish } from './plan-en.js';
import { plan as inSwedish, type PlanWords } from './plan-sv.js';

const languages: Readonly<Record<Locale, PlanWords>> = { sv: inSwedish, en: inEnglish };

/** The words about plans in the language of the page. */
export const usePlanWords = (): PlanWords => languages[useLanguage().locale];
