/** The words of the public page in English. */
import type { AboutWords } from './about-sv.js';

export const about: AboutWords = {
  link: 'About',
  invite: 'Have you been in touch with us?',
  inviteLink: 'Read what is kept of your call',
  title: 'About Tyst',
  lead: 'This support line keeps statistics of its calls with Tyst. Whoever answers chooses among ready-made answers. There is nowhere to write a name, a number or a sentence, and no time of day is sent.',

  run: (organisation) => `The line is run by ${organisation}.`,

  howLong: 'How long it is kept',
  when: 'When',
  what: 'What there is',
  lifetimes: [
    [
      'The same day, until 04:00 in the night',
      'The answers, the month and the day. Whoever answered can change or remove the call. No one can read it in Tyst.',
    ],
    [
      'Until the quarter is closed, from the 7th of the month after it',
      'The month, and only those answers that will be counted, in a sorted list without day or order. On a large line nearly all answers are counted, on a small one only a few.',
    ],
    ['After that', 'Approximate numbers. The calls are destroyed and cannot be brought back.'],
  ],

  everything: 'This is all that can ever be stored about your call',
  everythingWhy:
    'For each question one of the answers is chosen, for the odd one several. The length and the part of the day are measured by the browser, which only sends which of the answers it was.',
  counted: (questions, answers, version) =>
    `${String(questions)} questions with ${String(answers)} answers in all. Version ${String(version)}. The answers and the words of the questions may change with a new quarter, never within one.`,
  ofAll: 'About every contact',
  ofConversations: (kind) => `Only when the contact was about: ${kind}`,
  besides: 'Besides the answers',
  besidesItems: [
    ['The month', 'Added by the server. Kept until the quarter is closed.'],
    ['The day', 'Added by the server. Kept until the night.'],
    [
      'A receipt',
      'A random number from the browser of whoever answered, so that the call can be changed the same day. Only a fingerprint of it is stored. It is forgotten a week after the night.',
    ],
  ],
  never:
    'Nothing else is stored: not who called or from where, no time of day beyond the answer above, not who answered and not what was said.',

  guarantee: 'What we promise',
  guaranteeWhat:
    'Somebody who knows every other call of a quarter, and for whom it was an even guess whether one given call is among them, is right at most 70 times in a hundred after reading all that is published about the quarter. With the strict setting, which the line may choose, it is 60.',
  guaranteeWhy:
    'Somebody who reads nothing at all is right 50 times in a hundred. What protects is a small random number that is added to every count before anyone gets to see it. It is drawn once and never written down.',

  limits: 'What we cannot promise',
  limitsItems: [
    [
      'Several calls',
      'The promise is about one call, not about a person. Several calls from somebody, or about somebody, in the same quarter are less well protected: with three the guess may be right up to 95 times in a hundred, up to 78 with the strict setting. A line where many call several times should choose that.',
    ],
    [
      'The time before the close',
      'Until the quarter is closed the calls are on the line’s own computer. Somebody who gets at both them and the log of the telephone exchange may match some. Somebody with copies of the disk from two nights running can subtract one from the other, and has the calls of the day between. How many calls there are is not hidden from somebody who can log in to the database. Until then they are to be treated as personal data.',
    ],
    ['Groups', 'What holds for a whole group is not hidden. That is what the numbers are for.'],
    [
      'People',
      'What you tell others yourself, what whoever answered remembers, and what those you are referred to get to know, is beyond Tyst.',
    ],
    [
      'Other figures',
      'A number loses its protection if somebody publishes the exact count beside it. The line must never do that. That the numbers do not agree with other systems is on purpose.',
    ],
    [
      'How strong it is',
      'With the ordinary setting the protection is moderate: rho 0.5, which is epsilon about 5.2 at delta one in a million. It is chosen so that a line with 150 calls a year still learns something from its numbers.',
    ],
  ],

  questions: 'Do you have questions?',
  questionsWhat:
    'Ask the support line. It answers itself for what it does and for the records; Tyst is only the program, and those who made it get nothing. A single call cannot be looked up, not even for you: there is no name and no number to look for.',
  more: 'A fuller description, with a worked example, comes with the program: docs/privacy.md.',
};
