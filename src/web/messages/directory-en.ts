/** The words of the referral directory in English. */
import type { DirectoryWords } from './directory-sv.js';
import { english } from './numerals.js';

export const directory: DirectoryWords = {
  title: 'Referrals',
  intro:
    'You search only here in the browser. Nobody learns what you look for, and the search is not stored.',
  place: 'Municipality or county',
  need: 'Need',
  language: 'Language',
  any: 'Any',
  clear: 'Clear the search',
  found: (count) => (count === 1 ? 'One match' : `${count} matches`),
  none: 'No match. Take one of the conditions away.',
  empty: 'The directory is empty. An administrator can fill it.',
  everywhere: 'All of Sweden',
  serves: 'Area',
  telephone: 'Telephone',
  web: 'Web',
  hours: 'Open',
  languages: 'Languages',
  needs: {
    danger: 'Danger to life or health',
    crime: 'Crime or threat',
    tip: 'Tips about extremism',
    concern: 'Concern for someone',
    leave: 'Leaving an extremist milieu',
    child: 'Children and young people',
    partner_violence: 'Violence in close relationships',
    knowledge: 'Expertise for professionals',
  },
  check: 'Check before use',
  verified: (day) => `Checked ${day}`,
  take: 'Add to the call',
  taken: 'In the call',
  full: (most) => `The call already has ${english(most)} referrals.`,
  notNow: 'Referrals apply only to support and advice calls that are not saved yet.',
  inCall: 'Referrals in the call',
  noneInCall: 'none yet',
  back: 'Back to the call',
};
