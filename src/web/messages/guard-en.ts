/** The words about hiding the screen and about a session that runs out, in English. */
import type { GuardWords } from './guard-sv.js';

export const guard: GuardWords = {
  hide: 'Hide',
  hideWhat: 'Hide the screen (F2)',
  hidden: 'The screen is hidden',
  hiddenWhy: 'What you filled in is kept.',
  show: 'Show again',
  runningOut: 'You will be signed out in two minutes or less.',
  runningOutWhy: 'What you filled in is kept.',
  stay: 'Stay signed in',
  againSoon: 'A sign-in lasts twelve hours at most. Sign in again to go on. What you filled in is kept.',
};
