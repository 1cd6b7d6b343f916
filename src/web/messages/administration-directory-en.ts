/** The words of the page where the referral directory is kept, in English. */
import type { ReferralWords } from './administration-directory-sv.js';

export const directory: ReferralWords = {
  title: 'Referrals',
  intro:
    'These are the organisations that a handler can refer to. Changes show the next time the form is loaded.',
  count: (all, unchecked) =>
    `${all === 1 ? 'One organisation' : `${String(all)} organisations`}, ${
      unchecked === 0 ? 'all of them checked' : `${String(unchecked)} to check`
    }`,
  empty: 'There are no organisations yet.',
  more: (count) => `and ${String(count)} more`,
  add: 'Add an organisation',
  addTitle: 'New organisation',
  fields: {
    name: 'Name',
    referral: 'Counts as a referral to',
    places: 'Area',
    telephone: 'Telephone',
    web: 'Web address',
    hours: 'Opening hours',
    languages: 'Languages',
    needs: 'Needs',
    verifiedOn: 'Last checked',
  },
  hints: {
    places: 'Choose counties and municipalities, one at a time. With none chosen it is all of Sweden.',
    hours: 'For instance 00–24 or Mon–Fri 08–16.',
    languages: 'Languages in which help can be had. Choose one at a time.',
    verifiedOn: 'The day somebody last made sure that every detail is right.',
  },
  choose: 'Choose',
  notInUse: (code) => `${code} (no longer in use)`,
  takeAway: (name) => `Remove ${name}`,
  today: 'Checked today',
  undo: 'Undo the changes',
  remove: 'Remove the organisation',
  unsaved: 'There are changes that are not saved.',
  toMend: 'The details are not saved. Mend what is marked.',
  saved: (name) => `${name} is saved.`,
  added: (name) => `${name} is added.`,
  removed: (name) => `${name} is removed.`,
  errors: {
    name: 'Write a name on one line, with at most 120 characters.',
    referral: 'Choose what a referral here counts as.',
    places: 'One of the places cannot be used. Remove it and choose again.',
    telephone: 'Write the number on one line, with at most 40 characters.',
    web: 'Write the whole address without spaces, for instance https://www.example.com.',
    hours: 'Write the hours on one line, with at most 80 characters.',
    languages: 'One of the languages cannot be used. Remove it and choose again.',
    needs: 'One of the needs cannot be used.',
    verifiedOn: 'Write a day that exists, or leave it empty.',
  },
  meanwhile: {
    changed: {
      title: 'Somebody else has changed the organisation',
      why: 'Nothing is saved yet. What you have written is still here. Look over the differences and save again.',
    },
    removed: {
      title: 'Somebody else has removed the organisation',
      why: 'What you have written is still here. Save to put the organisation back, or undo the changes.',
    },
    theirs: 'In the directory now:',
    mine: 'Yours:',
    same: 'The details below say the same.',
    take: 'Take what the directory has',
    nothing: 'nothing',
  },
  leaving: {
    title: 'The changes are not saved',
    why: 'If you go on now they are lost.',
    stay: 'Back to the details',
    go: 'Discard the changes',
  },
  removing: {
    title: (name) => `Remove ${name}?`,
    why: 'The organisation leaves the directory. Stored calls are not affected.',
    stay: 'Keep',
    go: 'Remove',
  },
};
