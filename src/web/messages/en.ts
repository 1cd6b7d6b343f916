/** The words of the web app in English. */
import { about } from './about-en.js';
import { call } from './call-en.js';
import { directory } from './directory-en.js';
import { guard } from './guard-en.js';
import { english, minutesToWait } from './numerals.js';
import { stories } from './practice-en.js';
import type { Words } from './sv.js';

export const en: Words = {
  app: 'Tyst',
  language: 'Language',
  loading: 'Loading …',
  retry: 'Try again',
  account: 'Your account:',
  opensApart: '(opens in a new tab)',

  signIn: {
    title: 'Sign in',
    username: 'User name',
    password: 'Password',
    show: 'Show the password',
    submit: 'Sign in',
    passwordChosen: 'The password is saved. Sign in with it.',
    code: 'Code',
    codeWhy: 'Give the code from your authenticator app, or a recovery code.',
    codeWrong: 'The code is not right, or has been used already. Wait for the next one and try again.',
    again: 'Sign in again',
    againWhy: 'You have been signed out. What you filled in is still here.',
  },
  signOut: 'Sign out',

  invitation: {
    title: 'Choose a password',
    intro: 'Then your account is ready. A sentence that is easy to remember and hard to guess works well.',
    rule: 'At least 12 characters.',
    tooShort: 'The password is too short. It needs at least 12 characters.',
    submit: 'Save the password',
    noToken: 'The link is not complete. Open the link you were given once more.',
    toSignIn: 'To the sign-in page',
  },

  call,
  directory,
  guard,
  stories,

  about,

  problems: {
    'no-contact': 'No contact with Tyst. Check the network and try again.',
    unavailable: 'Tyst is not answering right now. Try again in a moment.',
    'wrong-credentials': 'The user name or the password is not right. Try again.',
    'not-allowed': 'Your account does not have the role needed. Ask an administrator.',
    'unknown-invitation': 'The link has been used or is too old. Ask an administrator for a new one.',
    'closed-period': 'The month no longer takes calls. Change the month and save again.',
    unexpected: 'Something went wrong on our side. Try again. If it persists, tell whoever runs the service.',
  },
  tooManyAttempts: (seconds) => {
    const wait = minutesToWait(seconds);
    return `Too many attempts. Wait ${wait === 1 ? 'a minute' : `${english(wait)} minutes`} and then try again.`;
  },
};
