/** The words of the list of places and actions, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const palette = {
  open: 'Gå till',
  title: 'Gå till',
  search: 'Sök efter en sida eller något att göra',
  none: 'Inget som heter så. Prova ett annat ord.',
  found: (count: number) => (count === 1 ? 'En träff' : `${String(count)} träffar`),
  groups: { pages: 'Sidor', periods: 'Publicerade perioder', actions: 'Gör' },
  account: 'Ditt konto',
  about: 'Om Tyst (öppnas i en ny flik)',
  language: 'Switch to English',
  languageAlso: 'språk engelska language',
  dark: 'Mörkt läge',
  light: 'Ljust läge',
  themeAlso: 'färger tema mörkt ljust utseende',
  hide: 'Dölj skärmen',
  hideAlso: 'göm täck',
  signOut: 'Logga ut',
  signOutAlso: 'avsluta',
  close: 'Stäng',
} as const;

export type PaletteWords = WordsLike<typeof palette>;
