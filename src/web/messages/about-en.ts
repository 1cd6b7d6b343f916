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
      'The answers, in an envelope that a single key opens. On the outside are the day and the month. Whoever answered can change or remove the call. No one can read it in Tyst, nor in a copy of the database.',
    ],
    [
      'Until the quarter is closed, from the 7th of the month after it',
      'In the night the call is counted together with all others and forgotten, and the key is destroyed. What is left are counts, each with a random number in it from the start.',
    ],
    ['After that', 'Approximate numbers.'],
  ],

  everything: 'This is all that can be stored about your call',
  everythingWhy:
    'These are the questions that are counted this quarter. For each one of the answers is chosen, for the odd one several. Where the length and the part of the day are asked, the browser measures them, and only sends which of the answers it was.',
  counted: (questions, answers, version) =>
    `${String(questions)} questions with ${String(answers)} answers in all. Version ${String(version)}. The answers and the words of the questions may change with a new quarter, never within one. So may which questions are asked.`,
  ofAll: 'About every contact',
  ofConversations: (kind) => `Only when the contact was about: ${kind}`,
  notAsked: 'Not asked this quarter',
  notAskedWhy:
    'They are not counted, so nobody asks them. An answer that is sent all the same is dropped before anything is stored.',
  besides: 'Besides the answers',
  besidesItems: [
    ['The month', 'Added by the server. Kept until the night, when the call is counted in it.'],
    ['The day', 'Added by the server. Kept until the night.'],
    [
      'The number of the key',
      'A random number, the same for all calls of that day, that says which key opens the envelopes. Kept until the night.',
    ],
    [
      'A receipt',
      'A random number from the browser of whoever answered, so that the call can be changed the same day. Only a fingerprint of it is stored. It is forgotten a week or two after the night.',
    ],
  ],
  never:
    'Nothing else is stored about the call: not who called or from where, no time of day beyond the answer above, not who answered and not what was said. The database’s own log, which as a rule is cleared every night, shows when something was saved, but not what.',

  guarantee: 'What we promise',
  guaranteeWhat:
    'Somebody who knows every other call of a quarter, and for whom it was an even guess whether one given call is among them, is right at most 70 times in a hundred after reading all that is published about the quarter. With the strict setting, which the line may choose, it is 60.',
  guaranteeStories:
    'Somebody who knows already that the call took place, from a telephone bill say, and wavers between two stories that it may have told, is right at most about 76 times in a hundred. With the strict setting it is 64.',
  guaranteeWhy:
    'Somebody who reads nothing at all is right 50 times in a hundred. What protects are small random numbers: one is in every count from the start, and another is added before anyone gets to see it. They are drawn once, and never written down by themselves.',

  copies: 'If somebody gets hold of a copy',
  copiesItems: [
    [
      'The database',
      'Whoever copies the database, its log or its backups finds no call that can be read, then or later. What they see is that calls were saved, when and how many, and who was signed in.',
    ],
    [
      'The whole computer, once',
      'Whoever copies everything, with the key, reads the calls of that day. Of each other call of the quarter, earlier or later, they guess right at most about 76 times in a hundred whether it is there, and 84 times which of two stories it told. With the strict setting it is 64 and 69. That holds also for somebody who knows all other calls and reads all that is published.',
    ],
    [
      'The whole computer, several times',
      'Whoever copies the computer twice can learn exactly what was saved in between.',
    ],
    [
      'A destroyed key',
      'It is written over, as well as that can be done on the disks of today. Against somebody who steals a disk only encryption helps.',
    ],
    ['A lost computer', 'If the computer is lost, so is what had been counted of the quarter.'],
  ],

  limits: 'What we cannot promise',
  limitsItems: [
    [
      'Several calls',
      'The promise is about one call, not about a person. Several calls from somebody, or about somebody, in the same quarter are less well protected: with three the guess may be right up to 94 times in a hundred, up to 78 with the strict setting. A line where many call several times should choose that.',
    ],
    [
      'The time before the night',
      'Until the night the line has the calls, and the key to them. Somebody who gets at both, and at the log of the telephone exchange, may match some. Until then they are to be treated as personal data. How many calls there are is not hidden from somebody who can log in to the database.',
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
