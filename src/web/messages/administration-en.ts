/** The words of the administrator's pages in English. */
import { directory } from './administration-directory-en.js';
import { importing } from './administration-import-en.js';
import type { AdministrationWords } from './administration-sv.js';

const quarterName = (quarter: string) => `quarter ${quarter.slice(6)} ${quarter.slice(0, 4)}`;

const event = (name: string, what: (subject: string) => string) => ({ name, what });

const events: AdministrationWords['events']['events'] = {
  'sign-in': event('Sign-in', () => 'signed in'),
  'sign-in-locked': event('Sign-in locked', (who) =>
    who === ''
      ? 'sign-in was locked after too many attempts'
      : `sign-in to ${who} was locked after too many attempts`,
  ),
  'account-added': event('New account', (who) => `added the account ${who}`),
  'account-disabled': event('Account disabled', (who) => `disabled ${who}`),
  'account-opened': event('Account opened', (who) => `opened ${who} again`),
  'made-handler': event('New role: handler', (who) => `made ${who} a handler`),
  'made-supervisor': event('New role: supervisor', (who) => `made ${who} a supervisor`),
  'made-administrator': event('New role: administrator', (who) => `made ${who} an administrator`),
  'invitation-made': event('Link', (who) => `made a link to ${who}`),
  'invitation-accepted': event('Link used', () => 'chose a password with their link'),
  'password-changed': event('Password changed', () => 'changed their password'),
  'two-factor-on': event('Two-step sign-in on', () => 'switched two-step sign-in on'),
  'two-factor-off': event('Two-step sign-in off', () => 'switched two-step sign-in off'),
  'two-factor-reset': event('Two-step sign-in reset', (who) => `reset two-step sign-in for ${who}`),
  'recovery-codes-made': event('New recovery codes', () => 'made new recovery codes'),
  'recovery-code-used': event('Recovery code used', () => 'used a recovery code'),
  'plan-set': event('Table plan', (quarter) => `chose the table plan of ${quarterName(quarter)}`),
  'vocabulary-set': event('Vocabulary', (quarter) => `changed the vocabulary of ${quarterName(quarter)}`),
  'settings-set': event('Settings', () => 'changed the settings'),
  'calls-imported': event('Import', (quarters) => `imported calls into ${quarters}`),
  'imports-discarded': event('Import discarded', (quarter) => `discarded what was imported into ${quarter}`),
  'counters-begun-anew': event('Counting begun anew', (quarter) => `began to count ${quarter} anew`),
  'clock-gap-confirmed': event('Clock confirmed', () => 'confirmed that the clock is right'),
  'period-closed': event('Period closed', (period) => `closed ${period}`),
  'release-issued': event('Release', (release) => `issued ${release}`),
  'release-key-changed': event('New release key', (key) => `changed the release key to ${key}`),
  'release-key-withdrawn': event(
    'Release key withdrawn',
    (key) => `withdrew the release key ${key} and made a new one`,
  ),
};

export const administration: AdministrationWords = {
  nav: 'Administration',
  tabs: {
    start: 'Overview',
    people: 'Accounts',
    vocabulary: 'Vocabulary',
    directory: 'Referrals',
    importing: 'Import',
    settings: 'Settings',
    events: 'Event log',
  },
  roles: {
    handler: { name: 'Handler', does: 'Takes calls. Sees no stored call and no statistic.' },
    supervisor: { name: 'Supervisor', does: 'Reads statistics, chooses the table plan and issues releases.' },
    administrator: { name: 'Administrator', does: 'Looks after accounts, vocabulary and settings.' },
  },
  save: 'Save',
  cancel: 'Cancel',

  start: {
    title: 'Getting started',
    intro: 'This is left to do before the line can use Tyst in earnest.',
    allDone: 'Everything is in place.',
    progress: (done, all) => `${String(done)} of ${String(all)} done`,
    done: 'Done',
    left: 'Left to do',
    items: {
      twoFactor: {
        name: 'Switch two-step sign-in on for your account',
        why: 'Whoever administers Tyst can open every account. A password is too little.',
        link: 'To your account',
      },
      administrator: {
        name: 'Invite another administrator',
        why: 'Otherwise you are locked out the day you lose both your telephone and the recovery codes.',
        link: 'To accounts',
      },
      organisation: {
        name: 'Say who runs the line',
        why: 'The name is shown to whoever reads what is kept of a call.',
        link: 'To settings',
      },
      supervisor: {
        name: 'Invite a supervisor',
        why: 'They choose which tables the next quarter will give, before the quarter begins.',
        link: 'To accounts',
      },
      handler: {
        name: 'Invite those who will take calls',
        why: 'One account for each person. Who took a call is never stored.',
        link: 'To accounts',
      },
    },
    vocabulary: 'The questions of the form',
    vocabularyWhy:
      'Tyst comes with a vocabulary. Go through it together. What you change takes effect next quarter.',
    vocabularyLink: 'To the vocabulary',
  },

  people: {
    title: 'Accounts',
    intro:
      'Everybody has an account of their own, and chooses its password with a one-time link. An account is never removed, but it can be disabled.',
    invite: 'Invite somebody',
    username: 'User name',
    usernameRule: 'Lower-case letters a–z, digits, dot, hyphen and underscore.',
    usernameWrong:
      'The user name can only have lower-case letters a–z, digits, dot, hyphen and underscore, and begins with a letter or a digit.',
    role: 'Role',
    submit: 'Invite',
    everybody: (count) => (count === 1 ? 'One account' : `${String(count)} accounts`),
    you: 'you',
    active: 'Active',
    invited: 'Waiting for a password',
    disabled: 'Disabled',
    twoFactor: 'Two-step sign-in',
    changeRole: 'Change role',
    roleWhy: 'Whoever is signed in is signed out, and signs in again in the new role.',
    makeLink: 'Make a link',
    linkWhyNew: 'The link before it is no longer valid.',
    linkWhyForgotten: 'For a forgotten password. The old one is valid until a new one is chosen.',
    disable: 'Disable the account',
    disableWhy: 'Whoever is signed in is signed out at once.',
    open: 'Open the account again',
    reset: 'Reset two-step sign-in',
    resetWhy:
      'For somebody who has lost both the app and the recovery codes. Make sure that it really is that person who asks.',
    link: (username) => `Link to ${username}`,
    linkOnce:
      'The link is shown only now. It works once, for 24 hours. Hand it over so that nobody else can read it.',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    added: (username) => `The account ${username} is added.`,
    changed: {
      role: (username, role) => `The role of ${username} is now ${role.toLowerCase()}.`,
      disabled: (username) => `${username} is disabled.`,
      opened: (username) => `${username} is open again.`,
      reset: (username) => `${username} signs in without a code until two-step sign-in is switched on anew.`,
    },
  },

  vocabulary: {
    title: 'Vocabulary',
    intro: (quarter, day) =>
      `What you change here takes effect on ${day}, when ${quarterName(quarter)} begins. Until then the form is as it is.`,
    intro2:
      'An answer that has been in use is never removed, but it can be retired. Earlier quarters keep their words. When the answers to a question change in the middle of a year, its table cannot be added up for the whole year, so it is best to make changes for quarter 1.',
    questionsStay:
      'The questions themselves stay as they are. If you need something that is not there, add an answer to the question that lies nearest.',
    questions: 'Questions',
    question: 'Question',
    swedish: 'In Swedish',
    english: 'In English',
    ofAll: 'Asked of every contact.',
    ofConversations: 'Asked when the contact is a support or advice call.',
    upTo: (max) => `At most ${String(max)} answers.`,
    earlier: 'Move the question up',
    later: 'Move the question down',
    answers: 'Answers',
    group: 'Group',
    noGroup: 'No group',
    isGroup: 'Group',
    up: (label) => `Move ${label} up`,
    down: (label) => `Move ${label} down`,
    retire: 'Retire',
    remove: 'Remove',
    retired: (count) => `Retired (${String(count)})`,
    restore: 'Take back into use',
    added: 'new',
    alone: 'chosen alone',
    add: 'Add',
    addTitle: 'Add an answer',
    addGroup: 'It is a group, with answers of its own under it',
    addAlone: 'Can only be chosen alone',
    addFirst: 'Write the answer in both languages.',
    addTaken: 'The answer is there already.',
    preview: 'How the form will be',
    previewWhy: 'Try it. Nothing is stored from here.',
    save: 'Save the draft',
    undo: 'Undo the changes',
    unsaved: 'There are changes that are not saved.',
    saved: 'The draft is saved.',
    same: 'No changes to save.',
    toMend: (count) =>
      count === 1
        ? 'One thing needs mending before the draft can be saved.'
        : `${String(count)} things need mending before the draft can be saved.`,
    mend: 'needs mending',
    reload: 'Load the draft again',
    errors: {
      missing: 'Write the words in both languages.',
      duplicate: 'Another answer has the same words.',
      empty: 'At least one answer to choose is needed here.',
      'unknown-code': 'The group is not in use. Choose another, or none.',
      other: 'This cannot be saved.',
    },
  },

  directory,
  importing,

  settings: {
    title: 'Settings',
    organisation: 'Organisation',
    organisationWhy:
      'Whoever runs the line, for instance a region, a municipality or an association. The name is shown on the public page about what is kept.',
    saved: 'The settings are saved.',
    wrong: 'Write the name on one line, with at most 120 characters.',
  },

  events: {
    title: 'Event log',
    intro: 'Who did what, and on which day. No time of day is stored. Taking a call is no event.',
    kind: 'Event',
    all: 'All events',
    who: 'Who',
    whoWhy: 'A whole user name',
    show: 'Show',
    day: 'Day',
    what: 'What',
    more: 'Show older ones',
    none: 'No events.',
    actors: {
      'command line': 'the command line',
      'the keeper': 'the keeper',
      'not signed in': 'somebody outside',
    },
    events,
    other: (kind, subject) => (subject === '' ? kind : `${kind}: ${subject}`),
  },

  problems: {
    'username-taken': 'The user name is taken. Choose another.',
    'unknown-user': 'The account is no longer there. Load the page again.',
    'last-administrator':
      'This is the only account that can administer Tyst. Invite another administrator, and change this account once the new one has chosen a password.',
    'account-disabled': 'The account is disabled. Open it again first.',
    'vocabulary-changed':
      'Somebody else has changed the vocabulary since you loaded it. Load the draft again and make your changes once more.',
    'vocabulary-fixed':
      "In the last hour of a quarter the next quarter's vocabulary stands. Try again after midnight; the change then takes effect the quarter after.",
    'organisation-changed': 'Not saved: somebody else has changed the organisation. See above the details.',
    'invalid-request': 'Something is not right. Look over what you filled in.',
  },
};
