/** The words of the setting that opens the releases, and of what it means for whoever issues them, in English. */
import type { OpenReleasesWords } from './open-releases-sv.js';

export const openReleases: OpenReleasesWords = {
  title: 'Open releases',
  label: 'Let anybody read the releases',
  why: 'For partners such as municipalities and regions. What is put there is what has been issued already: the files, the numbers in brief and a catalogue for machines (DCAT). No account is needed, and visits are neither counted nor logged. A new release is on the page as soon as it is issued.',
  back: 'You can close the page again. What somebody has downloaded stays with them.',
  address: 'The address is',
  apart: '(opens in a new tab)',
};
