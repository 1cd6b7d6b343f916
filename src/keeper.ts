/**
 * The keeper at work: seals each night at 04, closes periods when they are due, issues requested releases and
 * imports files that came from the web.
 * Whatever was due while it was off is done when it comes back. An advisory lock lets one keeper work at a time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Quarter } from './contract/period.js';
import { actors } from './platform/event-log.js';
import { planOf } from './desk/planning/plan.js';
import { readSettings } from './desk/settings/setting-store.js';
import { listUnanswered } from './desk/planning/unanswered-store.js';
import { vocabularyOf } from './desk/planning/vocabulary.js';
import { close } from './keeping/close.js';
import { ImportRequests } from './keeping/import-requests.js';
import type { Desk } from './keeping/quarter.js';
import { duePeriods, installedOn, sealDay, unpublished } from './keeping/schedule.js';
import { seal } from './keeping/seal.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import { IMPORT_CHANNEL } from './platform/import-channel.js';
import { locks } from './platform/locks.js';
import { describeError, type Log } from './platform/log.js';
import { softwareVersion } from './platform/project.js';
import type { IssueDependencies } from './release/issue.js';
import { handleReleaseRequests } from './release/requests.js';
import { REQUEST_CHANNEL } from './release/store.js';
import { readPeriod } from './statistics/read.js';

export interface KeeperDependencies {
  readonly keeper: Database;
  /** The keeper's login URL, for the one connection that holds the lock and listens. */
  readonly url: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly forgetDraws: () => Promise<void>;
}

/** The desk as the keeper may read it. */
export function deskOf(keeper: Database): Desk {
  return {
    planOf: (quarter: Quarter) => planOf({ desk: keeper, reader: keeper }, quarter),
    vocabularyOf: vocabularyOf(keeper),
  };
}

/** What closing and importing take, done today by the command line. */
export const commandDependencies = (keeper: Database, clock: Clock) => ({
  keeper,
  desk: deskOf(keeper),
  today: clock.local().day,
  actor: actors.commandLine,
});

/** What issuing a release takes, over the keeper's pool. */
export function releaseDependencies({
  keeper,
  dataDir,
  clock,
}: Pick<KeeperDependencies, 'keeper' | 'dataDir' | 'clock'>): IssueDependencies {
  const readDesk = async () => ({
    ...(await readSettings(keeper)),
    unanswered: await listUnanswered(keeper),
  });
  return {
    ...{ keeper, dataDir, clock, softwareVersion, readDesk },
    readPeriod: (period) => readPeriod(keeper, period),
  };
}

/** One round of everything that is due. `sealed` is the seal day already done by this process, or null. */
async function round(dependencies: KeeperDependencies, sealed: string | null): Promise<string> {
  const { keeper, clock, log, forgetDraws } = dependencies;
  const today = clock.local().day;
  const due = sealDay(clock.local());
  const desk = deskOf(keeper);
  const installed = await installedOn(keeper);
  if (due > installed && due !== sealed) {
    await seal(keeper, desk, due, today);
    log('sealed');
  }
  for (const period of await unpublished(keeper, duePeriods(installed, due))) {
    await close({ keeper, desk, today, actor: actors.keeper, forgetDraws }, period);
    log('closed', { period });
  }
  await handleReleaseRequests(releaseDependencies(dependencies), log);
  return due;
}

/** Milliseconds between two rounds without a request. */
const TICK = 30_000;

/** Milliseconds between two attempts at the lock, so that a keeper that ended is soon replaced. */
const LOCK_TICK = 3_000;

/** Waits for a request, the next tick or the end. A request that comes during a round is not missed. */
function occasions(client: pg.Client, signal: AbortSignal): (tick: number) => Promise<void> {
  let asked = false;
  let wake: () => void = () => undefined;
  client.on('notification', () => {
    asked = true;
    wake();
  });
  signal.addEventListener('abort', () => {
    wake();
  });
  return async (tick) => {
    if (!asked && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, tick);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    asked = false;
  };
}

/** Whether this connection holds the keeper's lock; it does until the connection ends. */
async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
    locks.keeper,
  ]);
  return rows[0]?.held === true;
}

/** Waits for the lock, then works until the signal is aborted. */
async function workUnderLock(
  dependencies: KeeperDependencies,
  client: pg.Client,
  signal: AbortSignal,
): Promise<void> {
  const nextOccasion = occasions(client, signal);
  while (!signal.aborted && !(await takeLock(client))) await nextOccasion(LOCK_TICK);
  const { keeper, clock, log } = dependencies;
  const imports = new ImportRequests({ keeper, desk: deskOf(keeper), clock, log });
  await imports.begin();
  let sealed: string | null = null;
  while (!signal.aborted) {
    try {
      sealed = await round(dependencies, sealed);
    } catch (error) {
      log('keeping-failed', describeError(error));
    }
    // Somebody waits for these, whatever becomes of the rest.
    await imports.handle().catch((error: unknown) => {
      log('import-failed', describeError(error));
    });
    await nextOccasion(TICK);
  }
}

/** Runs until the signal is aborted; a lost database is waited for. */
export async function runKeeper(dependencies: KeeperDependencies, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: dependencies.url, application_name: 'tyst' });
    const lost = new AbortController();
    client.on('error', () => {
      lost.abort();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${REQUEST_CHANNEL}`);
      await client.query(`LISTEN ${IMPORT_CHANNEL}`);
      await workUnderLock(dependencies, client, AbortSignal.any([signal, lost.signal]));
    } catch (error) {
      dependencies.log('keeper-waits-for-database', describeError(error));
      await pause(1_000);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
