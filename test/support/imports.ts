/** The keeper's side of an import from the web, a step at a time, and files for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deskOf } from '../../src/keeper.js';
import { ImportRequests } from '../../src/keeping/import-requests.js';
import type { Clock } from '../../src/platform/clock.js';
import type { TestDatabase } from './database.js';

export const importsOf = (
  { keeper }: Pick<TestDatabase, 'keeper'>,
  clock: Clock,
  logged: string[] = [],
  elapsed?: () => number,
): ImportRequests =>
  new ImportRequests({
    ...{ keeper, desk: deskOf(keeper), clock },
    log: (event, facts = {}) => {
      logged.push(JSON.stringify({ event, ...facts }));
    },
    ...(elapsed === undefined ? {} : { elapsed }),
  });

/** Waits until a file lies there for the keeper. */
export async function untilFiled({ owner }: Pick<TestDatabase, 'owner'>): Promise<string> {
  for (;;) {
    const [row]: { id: string }[] = await owner.query(
      `SELECT id FROM desk.import_request WHERE state = 'waiting'`,
    );
    if (row !== undefined) return row.id;
    await sleep(20);
  }
}

/** The message for a file of this content. */
export const importOf = (content: string | Buffer, dryRun = false, drop?: readonly string[]) => ({
  file: Buffer.from(content).toString('base64'),
  dryRun,
  ...(drop === undefined ? {} : { drop }),
});
