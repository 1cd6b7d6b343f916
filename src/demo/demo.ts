/** `tyst demo`: an installation to look at, with made-up calls, of which nothing stays when it is stopped. */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../commands/say.js';
import { addressOf } from '../contract/api/address.js';
import { getReleaseFile } from '../contract/api/releases.js';
import { clockIn } from '../platform/clock.js';
import type { Configuration } from '../platform/configuration.js';
import { untilSignal } from '../platform/signals.js';
import { start } from '../start.js';
import { checkPort } from './port.js';
import { demoYear, prepare, type Preparation } from './prepare.js';

/** Without those that look alike. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four letters and digits, 80 random bits, easy to copy by hand. */
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

const tell = (what: string): void => {
  process.stderr.write(`demo: ${what}\n`);
};

const fileOf = (year: string): string =>
  addressOf(getReleaseFile, { params: { release: `${year}-Q1`, file: 'tables.csv' } });

const welcome = (year: string, password: string): string => `
DEMO. Every call in here is made up. Stop it with Ctrl+C; then all of it is deleted.

Three accounts, one password:  ${password}
  demo-supervisor     reads the statistics of ${year}: twelve months, four quarters and the year, each number with
                      its uncertainty, small ones under a threshold, some rows withheld. The quarters are released;
                      when signed in, a file is at ${fileOf(year)}
  demo-handler        logs a call; nobody can read it back
  demo-administrator  invites people, changes next quarter's vocabulary, reads the event log`;

/** Whether the preparation came to its end; false when a signal stopped it. */
async function isPrepared(preparation: Preparation): Promise<boolean> {
  try {
    await prepare(preparation);
  } catch (error) {
    // A Ctrl+C reaches the programs that make the database too; what they say then is no error.
    if (!preparation.signal.aborted) throw error;
  }
  return !preparation.signal.aborted;
}

/**
 * Runs the demo until SIGINT or SIGTERM, on the host and port of the configuration. Its data directory, database and
 * secret file are not used. Throws CommandError when the port cannot be had; whatever happens, nothing is left.
 */
export async function demo(given: Configuration): Promise<void> {
  await checkPort(given);
  const signal = untilSignal();
  const dataDir = await mkdtemp(join(tmpdir(), 'tyst-demo-'));
  try {
    const configuration: Configuration = {
      ...given,
      dataDir,
      keys: { path: join(dataDir, 'night'), named: false },
      databaseUrl: null,
      statisticsDatabaseUrl: null,
      secretFile: join(dataDir, 'secret'),
    };
    tell(
      `TYST_DATA_DIR, TYST_KEY_DIR and DATABASE_URL are not used; everything is in ${dataDir} and deleted at the end`,
    );
    const year = demoYear(clockIn(configuration.timeZone).local().day);
    const password = makePassword();
    if (!(await isPrepared({ configuration, year, password, tell, signal }))) return;
    say(welcome(year, password));
    await start(configuration);
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
