/** Which address the tab is at. */
import { useSyncExternalStore } from 'react';
import type { Locale } from '../contract/problem.js';

export const aboutPath = '/about';
export const checkPath = '/check';
export const methodPath = '/method';
export const accountPath = '/account';
export const administrationPaths = [
  '/administration',
  '/administration/people',
  '/administration/vocabulary',
  '/administration/directory',
  '/administration/import',
  '/administration/settings',
  '/administration/events',
  // Part of setting Tyst up, and afterwards of no use: the overview leads there, and no tab.
  '/administration/size',
] as const;

const subscribe = (onChange: () => void) => {
  addEventListener('popstate', onChange);
  return () => {
    removeEventListener('popstate', onChange);
  };
};

/** The path of the address, followed as it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

/** Goes to another address without loading the app anew; `replace` leaves the one it comes from out of the history. */
export function goTo(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  // The browser tells of its own back and forward only.
  dispatchEvent(new PopStateEvent('popstate'));
}

/** The public page in a language: it can be linked to in either. */
export const aboutAddress = (locale: Locale): string => (locale === 'en' ? `${aboutPath}#en` : aboutPath);

/** The public page where files are checked, in a language. */
export const checkAddress = (locale: Locale): string => (locale === 'en' ? `${checkPath}#en` : checkPath);

/** The public page about how the numbers are to be read, in a language. */
export const methodAddress = (locale: Locale): string => (locale === 'en' ? `${methodPath}#en` : methodPath);

/** The pages of the releases, which are the server's own, in a language. */
export const openAddress = (locale: Locale): string => (locale === 'en' ? '/open/en' : '/open');

/** The language that the address asks for. */
export const localeOfAddress = (): Locale =>
  [aboutPath, checkPath, methodPath].includes(location.pathname) && location.hash === '#en' ? 'en' : 'sv';
