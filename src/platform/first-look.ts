/** What a start looks at before it does anything: where the rows go, and where the keys lie beside them. */
import type { Configuration } from './configuration.js';
import type { Database } from './database.js';
import { directoriesOf } from './embedded/directories.js';
import { shareFileSystem } from './file-system.js';
import type { Log } from './log.js';
import { readLocalCluster, readServer } from './server-look-store.js';
import { findingsOf, warnOfServer } from './server-look.js';

/** Says what the server keeps, as far as this login can see it. Throws CommandError where that is not allowed. */
export async function lookAtServer(
  database: Database,
  { strict }: Pick<Configuration, 'strict'>,
  log: Log,
): Promise<void> {
  warnOfServer(findingsOf(await readServer(database)), { strict, log });
}

/** Says so where one snapshot, or one backup of files, would take keys and database together. Never refuses. */
export async function lookAtKeys(
  database: Database,
  { keys, dataDir }: Pick<Configuration, 'keys' | 'dataDir'>,
  log: Log,
): Promise<void> {
  const cluster = keys.remote === true ? await readLocalCluster(database) : directoriesOf(dataDir).cluster;
  if (cluster !== null && (await shareFileSystem(keys.path, cluster))) log('keys-beside-database');
}
