/** The keeper's side of an import from the web, a step at a time, and files for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deskOf } from '../../src/desk-of.js';
import { Requests } from '../../src/keeping/requests.js';
import type { Log } from '../../src/platform/log.js';
import type { Clock } from '../../src/platform/clock.js';
import { carryOut } from '../../src/keeping/orders.js';
import { outcomeOf } from '../../src/keeping/outcome.js';
import type { TestDatabase } from './database.js';
import { keepingOf } from './keeping.js';

export const importsOf = (
  database: Pick<TestDatabase, 'keeper' | 'keys'>,
  clock: Clock,
  logged: string[] = [],
  elapsed?: () => number,
): Requests => {
  const { keeper } = database;
  const log: Log = (event, facts = {}) => {
    logged.push(JSON.stringify({ event, ...facts }));
  };
  return new Requests({
    ...{ keeper, desk: deskOf(keeper), clock, log },
    carryOut: (order) =>
      outcomeOf(() => carryOut(keepingOf(database, clock.local().day, { log }), order), log),
    ...(elapsed === undefined ? {} : { elapsed }),
  });
};

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
