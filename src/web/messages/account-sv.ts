/** The words of the page about one's own account in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const account = {
  title: 'Ditt konto',
  intro: (username: string) => `Du är inloggad som ${username}.`,
  password: 'Lösenord',
  current: 'Nuvarande lösenord',
  fresh: 'Nytt lösenord',
  change: 'Byt lösenord',
  changed: 'Lösenordet är bytt. Du är utloggad överallt utom här.',
  wrong: 'Lösenordet stämmer inte. Försök igen.',
  language: 'Språk',
  languageWhy: 'Det språk du möts av när du loggar in.',
  languageSave: 'Spara språket',
  languageSaved: 'Språket är sparat.',
  twoFactor: 'Tvåstegsinloggning',
  twoFactorWhy:
    'När du loggar in ger du också en kod från en autentiseringsapp i telefonen. Den som bara har kommit över ditt lösenord kommer då inte in.',
  off: 'Tvåstegsinloggning är av.',
  on: 'Tvåstegsinloggning är på.',
  codesLeft: (count: number) =>
    count === 1 ? 'En återställningskod är kvar.' : `${String(count)} återställningskoder är kvar.`,
  turnOn: 'Slå på',
  turnOff: 'Slå av',
  otherApp: 'Byt app eller telefon',
  newCodes: 'Skapa nya återställningskoder',
  turnedOff: 'Tvåstegsinloggning är avslagen.',
  prove: 'Skriv ditt lösenord för att gå vidare.',
  proceed: 'Fortsätt',
  cancel: 'Avbryt',
  secretTitle: 'Lägg in nyckeln i appen',
  secretWhy:
    'Öppna autentiseringsappen i telefonen, välj att lägga till ett konto och rikta kameran mot koden.',
  qrCode: 'QR-kod med nyckeln',
  secretTyped:
    'Går koden inte att läsa av, skriv in nyckeln i appen. Är appen på den här enheten kan du öppna den direkt.',
  secret: 'Nyckel',
  openApp: 'Öppna i appen',
  code: 'Kod från appen',
  codeWrong: 'Koden stämmer inte. Skriv den som appen visar just nu.',
  confirm: 'Slå på tvåstegsinloggning',
  codesTitle: 'Återställningskoder',
  codesWhy:
    'Skriv ut dem eller skriv av dem, och lägg dem på ett säkert ställe. Varje kod släpper in dig en gång om du inte har din telefon. De visas bara nu.',
  codesDone: 'Jag har sparat koderna',
  problems: {
    'wrong-credentials': 'Lösenordet stämmer inte. Försök igen.',
    'two-factor-not-begun': 'Nyckeln gäller inte längre. Börja om.',
    'invalid-request': 'Något stämmer inte. Se över det du har fyllt i.',
  },
} as const;

export type AccountWords = WordsLike<typeof account>;
