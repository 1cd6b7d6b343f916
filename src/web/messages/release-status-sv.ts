/** The words about the next release, and the calendar of those to come, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const releaseStatus = {
  title: 'Härnäst',
  ready: (period: string) => `${period} är publicerat och kan ges ut.`,
  toReleases: 'Till utgåvorna',
  withoutUnanswered: (months: string) => `Obesvarade samtal är inte inskrivna för ${months}.`,
  withoutAny: 'Inga obesvarade samtal är inskrivna för perioden.',
  typeIn: 'Skriv in dem på statistiksidan före utgåvan om de ska stå i rapporten.',
  open: 'Utgåvorna är öppna. Det du ger ut kan genast läsas av vem som helst på',
  running: (period: string, day: string) => `${period} pågår. Det stängs av sig självt ${day} kl. 04.`,
  resting: (period: string, day: string) =>
    `${period} är slut. Det stängs av sig självt ${day} kl. 04, så att samtal som sparas sent hinner med.`,
  due: (period: string, day: string) =>
    `${period} skulle stängas ${day} kl. 04 och stängs så snart Tyst hinner. Dröjer det mer än några minuter behöver den som sköter driften titta på det.`,
  waitsFor: 'Kvartalet väntar på',
  months: {
    coming: (month: string, day: string) => `${month}, som inte har börjat och stängs ${day}`,
    running: (month: string, day: string) => `${month}, som pågår och stängs ${day}`,
    resting: (month: string, day: string) => `${month}, som är slut och stängs ${day}`,
    due: (month: string, day: string) => `${month}, som skulle stängas ${day}`,
  },
  out: (months: string) => `Publicerat av kvartalet: ${months}.`,
  calendarTitle: 'Kalender över kommande utgåvor',
  calendarWhy:
    'Prenumerera på dagarna i en kalender. Den säger bara vilken period som kan publiceras när, och får ges till vem som helst.',
  calendarAddress: 'Adress',
  copy: 'Kopiera',
  copied: 'Adressen är kopierad.',
  subscribe: 'Öppna i kalendern',
} as const;

export type ReleaseStatusWords = WordsLike<typeof releaseStatus>;
