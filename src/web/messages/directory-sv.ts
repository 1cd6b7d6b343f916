/** The words of the referral directory in Swedish. */
import type { Need } from '../../contract/directory.js';
import type { WordsLike } from '../../contract/words.js';
import { swedish } from './numerals.js';

const needs: Readonly<Record<Need, string>> = {
  danger: 'Fara för liv eller hälsa',
  crime: 'Brott eller hot',
  tip: 'Tips om extremism',
  concern: 'Oro för någon',
  leave: 'Lämna en extremistmiljö',
  child: 'Barn och unga',
  partner_violence: 'Våld i nära relationer',
  knowledge: 'Kunskap för yrkesverksamma',
};

export const directory = {
  title: 'Hänvisningar',
  intro: 'Du söker bara här i webbläsaren. Ingen får veta vad du letar efter, och sökningen sparas inte.',
  place: 'Kommun eller län',
  need: 'Behov',
  language: 'Språk',
  any: 'Alla',
  clear: 'Rensa sökningen',
  found: (count: number) => (count === 1 ? 'En träff' : `${count} träffar`),
  none: 'Ingen träff. Ta bort ett av villkoren.',
  empty: 'Katalogen är tom. En administratör kan fylla den.',
  everywhere: 'Hela Sverige',
  serves: 'Område',
  telephone: 'Telefon',
  web: 'Webb',
  hours: 'Öppet',
  languages: 'Språk',
  needs,
  check: 'Kontrollera före användning',
  verified: (day: string) => `Kontrollerad ${day}`,
  take: 'Ta med i samtalet',
  taken: 'Med i samtalet',
  full: (most: number) => `Samtalet har redan ${swedish(most)} hänvisningar.`,
  notNow: 'Hänvisningar gäller bara samtal med stöd eller råd som inte är sparade än.',
  inCall: 'Hänvisningar i samtalet',
  noneInCall: 'inga än',
  back: 'Tillbaka till samtalet',
} as const;

export type DirectoryWords = WordsLike<typeof directory>;
