/** Every endpoint of the API, by subject. */
import * as calls from './calls.js';
import * as directory from './directory.js';
import type { Endpoint } from './endpoint.js';
import * as imports from './imports.js';
import * as people from './people.js';
import * as planning from './planning.js';
import * as process from './process.js';
import * as releases from './releases.js';
import * as session from './session.js';
import * as settings from './settings.js';
import * as statistics from './statistics.js';
import * as twoFactor from './two-factor.js';
import * as vocabulary from './vocabulary.js';

/** Where people read about all of them. A page, and so no endpoint. */
export const DOCS = '/api/docs';

export interface Subject {
  readonly name: string;
  readonly description: string;
  readonly endpoints: readonly Endpoint[];
}

const subject = (
  name: string,
  description: string,
  endpoints: Readonly<Record<string, Endpoint>>,
): Subject => ({
  name,
  description,
  endpoints: Object.values(endpoints),
});

export const subjects: readonly Subject[] = [
  subject('calls', 'Storing a call, and taking it out again the same day.', calls),
  subject('vocabulary', 'The questions and their answers, now and next quarter.', vocabulary),
  subject('directory', 'Where callers can be referred to.', directory),
  subject('statistics', 'Published numbers, as they may be shown.', statistics),
  subject('planning', "A quarter's plan of tables, and unanswered calls.", planning),
  subject('releases', 'Signed files, their keys, and what is coming.', releases),
  subject('session', 'Signing in and out, and one’s own account.', session),
  subject('two-factor', 'The second factor of one’s own account.', twoFactor),
  subject('people', 'Accounts and invitations.', people),
  subject('imports', 'Calls that were logged elsewhere before.', imports),
  subject('settings', 'The installation, and the log of who did what.', settings),
  subject('process', 'How the process does, and this document.', process),
];
