/** The words of the list of places and actions, in English. */
import type { PaletteWords } from './palette-sv.js';

export const palette: PaletteWords = {
  open: 'Go to',
  title: 'Go to',
  search: 'Search for a page or something to do',
  none: 'Nothing is called that. Try another word.',
  found: (count) => (count === 1 ? 'One match' : `${String(count)} matches`),
  groups: { pages: 'Pages', periods: 'Published periods', actions: 'Do' },
  account: 'Your account',
  about: 'About Tyst (opens in a new tab)',
  language: 'Byt till svenska',
  languageAlso: 'language swedish språk',
  dark: 'Dark colours',
  light: 'Light colours',
  themeAlso: 'theme colours dark light mode appearance',
  hide: 'Hide the screen',
  hideAlso: 'cover',
  signOut: 'Sign out',
  signOutAlso: 'log out leave',
  close: 'Close',
};
