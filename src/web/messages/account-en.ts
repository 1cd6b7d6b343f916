/** The words of the page about one's own account in English. */
import type { AccountWords } from './account-sv.js';

export const account: AccountWords = {
  title: 'Your account',
  intro: (username) => `You are signed in as ${username}.`,
  password: 'Password',
  current: 'Current password',
  fresh: 'New password',
  change: 'Change the password',
  changed: 'The password is changed. You are signed out everywhere but here.',
  wrong: 'The password is not right. Try again.',
  language: 'Language',
  languageWhy: 'The language you are met by when you sign in.',
  languageSave: 'Save the language',
  languageSaved: 'The language is saved.',
  twoFactor: 'Two-step sign-in',
  twoFactorWhy:
    'When you sign in you also give a code from an authenticator app on your telephone. Whoever has only got hold of your password then stays outside.',
  off: 'Two-step sign-in is off.',
  on: 'Two-step sign-in is on.',
  codesLeft: (count) =>
    count === 1 ? 'One recovery code is left.' : `${String(count)} recovery codes are left.`,
  turnOn: 'Switch on',
  turnOff: 'Switch off',
  otherApp: 'Change app or telephone',
  newCodes: 'Make new recovery codes',
  turnedOff: 'Two-step sign-in is switched off.',
  prove: 'Write your password to go on.',
  proceed: 'Continue',
  cancel: 'Cancel',
  secretTitle: 'Put the key into the app',
  secretWhy:
    'Open the authenticator app on your telephone, choose to add an account, and point the camera at the code.',
  qrCode: 'QR code with the key',
  secretTyped:
    'If the code cannot be read, type the key into the app. If the app is on this device you can open it right away.',
  secret: 'Key',
  openApp: 'Open in the app',
  code: 'Code from the app',
  codeWrong: 'The code is not right. Write the one that the app shows right now.',
  confirm: 'Switch two-step sign-in on',
  codesTitle: 'Recovery codes',
  codesWhy:
    'Print them or write them down, and keep them in a safe place. Each lets you in once if you do not have your telephone. They are shown only now.',
  codesDone: 'I have saved the codes',
  problems: {
    'wrong-credentials': 'The password is not right. Try again.',
    'two-factor-not-begun': 'The key is no longer valid. Begin again.',
    'invalid-request': 'Something is not right. Look over what you filled in.',
  },
};
