/** The words about how the installation does, on the administrator's start page, in English. */
import type { InstallationStatusWords } from './administration-status-sv.js';

const longDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export const installationStatus: InstallationStatusWords = {
  title: 'Somebody has to look at this',
  reasons: {
    'clock-gap': {
      name: 'The clock may be wrong',
      why: 'It is more than 40 days after the last seal. Until somebody has looked, Tyst takes in no calls, and seals and counts nothing.',
      todo: 'If the clock of the server is wrong, set it. Tyst then goes on by itself. If it is right, because the server was switched off for instance, confirm that with this command on the server:',
      command: 'npx tyst seal --after-a-gap',
    },
    'intake-shut': {
      name: 'No calls are taken in',
      why: "The key that opens the night's calls is missing, cannot be read or is not confirmed yet. Whoever tries to save a call keeps the answers for as long as the tab is open.",
      todo: "See in the keeper's log what is wrong, and put the key directory back if it is gone. The log also says what to do if it is gone for good. Just started? Wait half a minute and load the page again.",
      command: null,
    },
    'nights-not-sealed': {
      name: 'The calls are not sealed',
      why: 'At least one night has gone by without a seal. No call is lost, but they lie there for another night.',
      todo: 'See that the keeper runs (tyst start or tyst keeper), and what its log says. It does by itself what is left to do.',
      command: null,
    },
  },
  begunAnew: (quarter, day) =>
    `Quarter ${quarter.slice(6)} ${quarter.slice(0, 4)} is counted from ${longDay.format(day)}`,
  begunAnewWhy:
    'The key to what had been counted until then was gone, or the database was put back from another day. It cannot be had back. Months that were already published stay as they are.',
  begunAnewTodo:
    'The quarter is published as usual, and everything that is shown of it says from which day it is counted. Tell the supervisor too.',
};
