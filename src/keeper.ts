/**
 * The keeper at work: seals each night at 04, closes periods when they are due, issues requested releases and
 * imports files that came from the web.
 * Whatever was due while it was off is done when it comes back. An advisory lock lets one keeper work at a time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { actors } from './platform/event-log.js';
import { readSettings } from './desk/settings/setting-store.js';
import { listUnanswered } from './desk/planning/unanswered-store.js';
import { deskOf } from './desk-of.js';
import { findPublicKey, readInstallation, setOpen } from './keeping/key-store.js';
import type { Order } from './keeping/orders.js';
import { expectDone, type Outcome } from './keeping/outcome.js';
import { freezeBegun } from './keeping/quarter.js';
import { publishedAmong } from './keeping/quarter-store.js';
import { Requests } from './keeping/requests.js';
import { clockGap, duePeriods, sealDay, sealIsDue } from './keeping/schedule.js';
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
  /** Carries an order out, in a process of its own. */
  readonly carryOut: (order: Order) => Promise<Outcome>;
  /** Told when the keeper cannot begin because the key of the night is not there. */
  readonly keysRefused: (message: string) => void;
  /** Told, once or more, when it has begun: calls are taken in, or somebody else sees to it, or the log says why not. */
  readonly begun: () => void;
}

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

/** Carries out what is due by the clock, and throws where it does not come to its end. */
async function due({ carryOut }: KeeperDependencies, order: Order): Promise<void> {
  expectDone(await carryOut(order));
}

/** What the keeper remembers from round to round. */
interface Memory {
  /** Whether the clock was too far ahead the last time, so that it is said once. */
  gap: boolean;
  /** Whether the keys are to be compared: at first, and when the process of an order may have died in mid-turn. */
  unsettled: boolean;
  /** Whether calls have been taken in meanwhile, by this keeper or another: then Tyst goes on without one. */
  opened: boolean;
  /** Whether the keys were refused the last time, so that it is said once. */
  refused: boolean;
}

/**
 * Whether nothing may be kept: the clock is too far ahead of the last seal. Then the intake is shut, until somebody has
 * looked.
 */
async function isBeforeAGap(
  { keeper, clock, log }: KeeperDependencies,
  installation: Awaited<ReturnType<typeof readInstallation>>,
  memory: Memory,
): Promise<boolean> {
  const gap = clockGap(installation, clock.local().day) !== null;
  if (gap) await setOpen(keeper, false);
  if (gap && !memory.gap) log('clock-gap', { confirm: 'tyst seal --after-a-gap' });
  memory.gap = gap;
  return gap;
}

/**
 * Makes sure that the intake is open: that there is a key, that it opens what there is, and that it is the only one. False
 * where it is refused: then a keeper that has only begun says so to whoever started it, and a later one to the log.
 */
async function openIntake(dependencies: KeeperDependencies, memory: Memory): Promise<boolean> {
  const key = await findPublicKey(dependencies.keeper);
  if (key?.open === true && !memory.unsettled) {
    memory.opened = true;
    return true;
  }
  const outcome = await dependencies.carryOut({ act: 'prepare', keysAreLost: false });
  if ('refused' in outcome) {
    if (!memory.opened) dependencies.keysRefused(outcome.refused);
    else if (!memory.refused) dependencies.log('keys-refused', { reason: outcome.refused });
    memory.refused = true;
    return false;
  }
  expectDone(outcome);
  memory.unsettled = false;
  memory.opened = true;
  memory.refused = false;
  return true;
}

/** One round of everything that is due. False where this keeper has not the right keys. */
async function round(dependencies: KeeperDependencies, memory: Memory): Promise<boolean> {
  const { keeper, clock, log } = dependencies;
  const installation = await readInstallation(keeper);
  const waits = await isBeforeAGap(dependencies, installation, memory);
  if (!waits && !(await openIntake(dependencies, memory))) return false;
  dependencies.begun();
  if (waits) return true;
  await freezeBegun(keeper, deskOf(keeper));
  const today = clock.local().day;
  const before = sealDay(clock.local());
  if (sealIsDue(installation, before, today)) {
    const seal = { act: 'seal', before, today: false, afterAGap: false, actor: actors.keeper } as const;
    await due(dependencies, seal);
    log('sealed');
  }
  const periods = duePeriods(installation.installedOn, before);
  const out = await publishedAmong(keeper, periods);
  for (const period of periods.filter((one) => !out.has(one))) {
    await due(dependencies, { act: 'close', period, actor: actors.keeper });
    log('closed', { period });
  }
  await handleReleaseRequests(releaseDependencies(dependencies), log);
  return true;
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

/** Waits for the lock, then works until the signal is aborted, or until another keeper should try: this one has no key. */
async function workUnderLock(
  given: KeeperDependencies,
  memory: Memory,
  client: pg.Client,
  signal: AbortSignal,
): Promise<'ended' | 'refused'> {
  const carryOut = async (order: Order): Promise<Outcome> => {
    const outcome = await given.carryOut(order);
    memory.unsettled ||= 'failed' in outcome;
    return outcome;
  };
  const dependencies = { ...given, carryOut };
  const nextOccasion = occasions(client, signal);
  while (!signal.aborted && !(await takeLock(client))) {
    // Another keeper is at work, and takes calls in.
    given.begun();
    memory.opened = true;
    await nextOccasion(LOCK_TICK);
  }
  const { keeper, clock, log } = dependencies;
  const requests = new Requests({ keeper, desk: deskOf(keeper), clock, log, carryOut });
  await requests.begin();
  while (!signal.aborted) {
    try {
      if (!(await round(dependencies, memory))) return 'refused';
    } catch (error) {
      log('keeping-failed', describeError(error));
      given.begun();
    }
    // Somebody waits for these, whatever becomes of the rest.
    await requests.handle().catch((error: unknown) => {
      log('request-failed', describeError(error));
    });
    await nextOccasion(TICK);
  }
  return 'ended';
}

/** Runs until the signal is aborted; a lost database is waited for. */
export async function runKeeper(dependencies: KeeperDependencies, signal: AbortSignal): Promise<void> {
  const memory: Memory = { gap: false, unsettled: true, opened: false, refused: false };
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: dependencies.url, application_name: 'tyst' });
    const lost = new AbortController();
    let letGo = false;
    client.on('error', () => {
      lost.abort();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${REQUEST_CHANNEL}`);
      await client.query(`LISTEN ${IMPORT_CHANNEL}`);
      const until = AbortSignal.any([signal, lost.signal]);
      letGo = (await workUnderLock(dependencies, memory, client, until)) === 'refused';
      memory.unsettled = true;
    } catch (error) {
      dependencies.log('keeper-waits-for-database', describeError(error));
      await pause(1_000);
    } finally {
      await client.end().catch(() => undefined);
    }
    // The lock is free now: whoever waits for it looks every few seconds.
    if (letGo) await pause(3 * LOCK_TICK, undefined, { signal }).catch(() => undefined);
  }
}
