/** The words of the web app in Swedish. The other languages have the same keys, or the type check fails. */
import type { WordsLike } from '../../contract/words.js';
import { about } from './about-sv.js';
import { call } from './call-sv.js';
import { directory } from './directory-sv.js';
import { guard } from './guard-sv.js';
import { minutesToWait, swedish } from './numerals.js';
import { stories } from './practice-sv.js';

export const sv = {
  app: 'Tyst',
  language: 'Språk',
  loading: 'Hämtar …',
  retry: 'Försök igen',
  account: 'Ditt konto:',
  opensApart: '(öppnas i en ny flik)',

  signIn: {
    title: 'Logga in',
    username: 'Användarnamn',
    password: 'Lösenord',
    show: 'Visa lösenordet',
    submit: 'Logga in',
    passwordChosen: 'Lösenordet är sparat. Logga in med det.',
    code: 'Kod',
    codeWhy: 'Ange koden från din autentiseringsapp, eller en återställningskod.',
    codeWrong: 'Koden stämmer inte, eller har redan använts. Vänta på nästa kod och försök igen.',
    again: 'Logga in igen',
    againWhy: 'Du har loggats ut. Det du har fyllt i finns kvar.',
  },
  signOut: 'Logga ut',

  invitation: {
    title: 'Välj ett lösenord',
    intro: 'Då är ditt konto klart. Ta gärna en mening som är lätt att minnas och svår att gissa.',
    rule: 'Minst 12 tecken.',
    tooShort: 'Lösenordet är för kort. Det behöver vara minst 12 tecken.',
    submit: 'Spara lösenordet',
    noToken: 'Länken är inte hel. Öppna den länk du fick en gång till.',
    toSignIn: 'Till inloggningen',
  },

  call,
  directory,
  guard,
  stories,

  about,

  problems: {
    'no-contact': 'Ingen kontakt med Tyst. Kontrollera nätet och försök igen.',
    unavailable: 'Tyst svarar inte just nu. Försök igen om en liten stund.',
    'wrong-credentials': 'Användarnamnet eller lösenordet stämmer inte. Försök igen.',
    'not-allowed': 'Ditt konto har inte den roll som krävs. Be en administratör om hjälp.',
    'unknown-invitation': 'Länken är använd eller för gammal. Be en administratör om en ny.',
    'closed-period': 'Månaden tar inte längre emot samtal. Ändra månaden och spara igen.',
    unexpected: 'Något gick fel hos oss. Försök igen. Säg till den som driver tjänsten om felet är kvar.',
  },
  tooManyAttempts: (seconds: number) => {
    const wait = minutesToWait(seconds);
    return `För många försök. Vänta ${wait === 1 ? 'en minut' : `${swedish(wait)} minuter`} och försök sedan igen.`;
  },
} as const;

export type Words = WordsLike<typeof sv>;
