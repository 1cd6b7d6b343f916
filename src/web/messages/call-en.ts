/** The words of the handler's form in English. */
import type { CallWords } from './call-sv.js';
import { capital, english } from './numerals.js';

export const call: CallWords = {
  title: 'New call',
  upTo: (max) => `at most ${english(max)}`,
  change: 'change',
  searchHint: 'Type or choose',
  showAll: 'Show all',
  noHit: 'No match',
  save: 'Save the call',
  saveKey: 'Ctrl + Enter',
  clear: 'Clear the answers',
  promise:
    'Only the answers above are stored, with the month and the day, sealed until the night; then they are counted and forgotten. No time of day, no name, no telephone number.',
  missing: (count) =>
    count === 1
      ? 'One answer is missing. It is marked above.'
      : `${capital(english(count))} answers are missing. They are marked above.`,
  toAmend: (count) =>
    count === 1
      ? 'One answer needs another look. It is marked above.'
      : `${capital(english(count))} answers need another look. They are marked above.`,
  saving: 'Saving …',
  withdrawing: 'Withdrawing …',
  waiting: {
    'no-contact': 'No contact. Trying again …',
    unavailable: 'Tyst cannot take calls right now. Trying again …',
    'too-many-requests': 'Many calls are being saved at once. Trying again …',
  },
  waitingWhy: 'The answers are kept for as long as this tab is open.',
  tryNow: 'Try now',
  backToAnswers: 'Change the answers',
  stop: 'Cancel',
  saved: 'The call is saved. You can change it until 04:00.',
  fresh: 'New call',
  amend: 'Change the call',
  withdraw: 'Withdraw the call',
  withdrawAsk: 'Withdraw the call? It is then removed and not counted.',
  withdrawYes: 'Yes, withdraw',
  withdrawNo: 'No, keep it',
  withdrawn: 'The call is withdrawn.',
  withdrawnWhy: 'It is removed and not counted.',
  sealed: 'The call is saved and counted.',
  sealedWhy: 'The night has passed, so it can no longer be changed or withdrawn.',
  answers: 'The answers',
  problems: {
    missing: 'Choose an answer.',
    'missing-several': 'Choose at least one answer.',
    'unknown-code': 'This answer can no longer be chosen. Choose another.',
    'too-many': 'Too many answers are chosen.',
    exclusive: 'One of the answers can only be chosen alone.',
    other: 'This answer is not right. Choose again.',
  },
  places: {
    label: 'Parts',
    call: 'Call',
    directory: 'Referrals',
    shift: (count) => (count === 0 ? 'Shift' : `Shift (${count})`),
    practice: 'Practise',
  },

  month: {
    counted: (month) => `Counted in ${month}.`,
    change: (month) => `Change to ${month}`,
  },

  timer: {
    start: 'Start the timer',
    stop: 'Stop',
    goOn: 'Go on',
    minutes: (count) => `${count} min`,
    elapsed: 'The call has lasted',
  },

  saveAs: (question) => `Save at once. ${question}:`,
  saveAtOnce: 'Save at once',
  cleared: 'The answers are cleared.',
  undo: 'Undo',
  keep: 'Leave it as it was',
  amending: 'Change the call',

  keys: {
    button: 'Keys',
    title: 'Keys',
    close: 'Close',
    search: ['Letters', 'In the field for the county: type the beginning of its name and press Enter.'],
    rows: [
      [
        '1–9 and 0',
        'Choose the answer with that digit in the question you are in, and go on to the next one.',
      ],
      ['Backspace', 'Goes back to the question before.'],
      ['Arrow keys', 'Choose among the answers and stay in the question.'],
      ['Space', 'Chooses the answer you are on.'],
      ['Tab', 'Goes on without choosing. Shift + Tab goes back.'],
      ['Ctrl + Enter', 'Saves the call, wherever you are.'],
      ['F2', 'Hides the screen. What you filled in is kept.'],
    ],
  },

  leaving: {
    title: 'The call is not saved',
    why: 'If you go on now, the answers are lost.',
    stay: 'Back to the call',
    leave: 'Discard the answers',
  },

  shift: {
    title: 'Shift',
    intro:
      'The calls that you have saved in this tab. You can change and withdraw them until 04:00. The list is only here and goes when you end the shift, reload the page or close the tab.',
    none: 'No call has been saved in this tab yet.',
    list: 'The calls of the shift',
    number: (n) => `Call ${n}`,
    amend: 'Change',
    withdraw: 'Withdraw',
    withdrawn: 'Withdrawn',
    sealed: 'Counted',
    end: 'End the shift',
    endAsk: 'End the shift?',
    endWhy: 'The list is cleared and you are signed out. The calls are saved. Nothing is left in this tab.',
    endDraft: 'The call you have begun is not saved. It is lost.',
    endYes: 'Yes, end it',
    endNo: 'No, go on',
    ended: 'The shift has ended. Nothing is left in this tab.',
  },

  practice: {
    title: 'Practise',
    mark: 'Practice',
    banner: 'The call is made up. Nothing is stored and nothing is sent.',
    save: 'Finish the practice',
    another: 'Practise on another call',
    again: 'Change the answers',
    stop: 'Stop practising',
    done: 'The practice is over. Nothing is stored.',
    allSame: 'Every answer agrees with the suggestion.',
    differs: (count) =>
      count === 1
        ? 'One answer differs from the suggestion.'
        : `${capital(english(count))} answers differ from the suggestion.`,
    suggestion: 'Suggestion',
    note: 'The suggestion is not the only right answer. Talk differences over with a colleague.',
  },
};
