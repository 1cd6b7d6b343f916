/** The words about hiding the screen and about a session that runs out, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const guard = {
  hide: 'Dölj',
  hideWhat: 'Dölj skärmen (F2)',
  hidden: 'Skärmen är dold',
  hiddenWhy: 'Det du har fyllt i finns kvar.',
  show: 'Visa igen',
  runningOut: 'Du loggas ut om två minuter eller mindre.',
  runningOutWhy: 'Det du har fyllt i finns kvar.',
  stay: 'Stanna kvar',
  againSoon:
    'En inloggning gäller i högst tolv timmar. Logga in igen för att fortsätta. Det du har fyllt i finns kvar.',
} as const;

export type GuardWords = WordsLike<typeof guard>;
