/** What `tyst web` and `tyst keeper` have in common: their logins from a file, and nothing of the owner's. */
import { readConfiguration, type Configuration } from '../platform/configuration.js';
import {
  readCredentialsOf,
  withTheseLogins,
  type CredentialsOf,
  type ProcessName,
} from '../platform/credentials.js';
import { log } from '../platform/log.js';
import { untilSignal } from '../platform/signals.js';

/** Variables that hold the owner's login or lead to it. A process that runs alone uses none of them. */
const OWNERS = ['DATABASE_URL', 'PGPASSWORD', 'TYST_SECRET_FILE'];

/**
 * Runs one of the two with the logins of its file until SIGINT or SIGTERM. Says so where the environment tells it more than
 * it is to know: whoever takes the process over reads that too.
 */
export async function runAlone<Name extends ProcessName>(
  name: Name,
  run: (credentials: CredentialsOf<Name>, configuration: Configuration, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const signal = untilSignal();
  const configuration = readConfiguration();
  const credentials = await readCredentialsOf(name, configuration.credentialsFile);
  const known = OWNERS.filter((variable) => (process.env[variable] ?? '') !== '');
  if (known.length > 0) log('environment-tells-too-much', { process: name, variables: known.join(' ') });
  await withTheseLogins(name, () => run(credentials, configuration, signal));
}
