/** The words about a report's foreword in English. */
import type { ForewordWords } from './foreword-sv.js';

export const foreword: ForewordWords = {
  title: 'Foreword (optional)',
  warning:
    'Name no persons, and nothing that somebody could be recognised by. Give no exact numbers of calls: an exact number undoes the protection. What is issued can be read by everyone and cannot be taken back.',
  why: 'The foreword is printed before the numbers in the report. Write in one language or both; a foreword in one language stands in both reports. An empty line begins a new paragraph.',
  again: 'The foreword of the revision before comes along unless you change it.',
  in: { sv: 'Foreword in Swedish', en: 'Foreword in English' },
  count: (used, most) => `${used} of ${most} characters`,
  tooLong: (most) => `The foreword is too long. Shorten it to ${most} characters.`,
  unprintable: (characters) => `This cannot be printed in the report: ${characters} Take it out.`,
  refused: 'The foreword could not be taken. Shorten it, or take out unusual characters.',
  kinds: {
    personalNumber: 'the personal number',
    telephone: 'the telephone number',
    email: 'the e-mail address',
  },
  naming: {
    title: 'Does the foreword point somebody out?',
    why: (found) => `In the foreword there is what looks like ${found}. What is issued cannot be taken back.`,
    stay: 'Change the foreword',
    go: 'Issue all the same',
  },
  leaving: {
    title: 'The foreword is not issued',
    why: 'If you go on now it is lost.',
    stay: 'Back to the foreword',
    go: 'Discard the foreword',
  },
};
