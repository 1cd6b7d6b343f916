/** What the demo holds before its server starts: three accounts, and a year that was logged, closed and released. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  closableFrom,
  monthOfDay,
  monthsOfQuarter,
  quarterOfMonth,
  quartersOfYear,
  type Day,
  type Quarter,
} from '../contract/period.js';
import { presetPlan } from '../contract/presets.js';
import { roleSchema } from '../contract/session.js';
import { deskEntities } from '../desk/entities.js';
import { addUser } from '../desk/people/accounts.js';
import { actors } from '../platform/event-log.js';
import { setPlan } from '../desk/planning/plan.js';
import { keep } from '../commands/keep.js';
import { deskOf } from '../desk-of.js';
import { install } from '../install.js';
import { releaseDependencies } from '../keeper.js';
import { readImport } from '../keeping/import.js';
import { clockIn, type Clock } from '../platform/clock.js';
import { connect, type Database } from '../platform/database.js';
import { holdInstallation, roleUrl } from '../platform/installation.js';
import type { Configuration } from '../platform/configuration.js';
import type { RoleName } from '../platform/roles.js';
import { issueRelease } from '../release/issue.js';
import { callsCsv, demoCalls } from './calls.js';

const actor = actors.commandLine;

/** About what a national line for all kinds of worry gets in a year; enough for the preset `large`. */
const CALLS = 4_200;

export interface Preparation {
  readonly configuration: Configuration;
  /** The calendar year to publish; see `demoYear`. */
  readonly year: string;
  /** Of all three accounts. */
  readonly password: string;
  /** Told what is done next, in a few words. */
  readonly tell: (what: string) => void;
  /** Looked at between two steps; once aborted, its reason is thrown. */
  readonly signal: AbortSignal;
}

/** The last whole calendar year of which every quarter may be closed today. */
export function demoYear(today: Day): string {
  const last = Number(today.slice(0, 4)) - 1;
  return String(closableFrom(`${last}-Q4`) <= today ? last : last - 1);
}

/** Where the work is done: a pool for each role that has a part in it. */
interface Workplace extends Preparation {
  readonly urlOf: (role: RoleName) => string;
  readonly clock: Clock;
  readonly desk: Database;
  readonly reader: Database;
  readonly keeper: Database;
}

async function addAccounts({ desk, clock, password }: Workplace): Promise<void> {
  for (const role of roleSchema.options)
    await addUser(desk, { username: `demo-${role}`, role, password }, clock);
}

async function logYear(place: Workplace): Promise<void> {
  const { desk, reader, keeper, clock, configuration, year } = place;
  const quarters = quartersOfYear(year);
  // The running one as well: the form asks what its plan counts.
  const running = quarterOfMonth(monthOfDay(clock.local().day));
  for (const quarter of [...quarters, running])
    await setPlan({ desk, reader }, quarter, presetPlan('large'), { clock, actor });
  const vocabulary = await deskOf(keeper).vocabularyOf(quarters[0] ?? year);
  const calls = demoCalls({ count: CALLS, months: quarters.flatMap(monthsOfQuarter), seed: Number(year) });
  const file = join(configuration.dataDir, 'demo-calls.csv');
  try {
    await writeFile(file, callsCsv(calls, vocabulary), { mode: 0o600 });
    const read = { keeper, desk: deskOf(keeper), today: clock.local().day };
    const { counted } = await readImport(read, file);
    if (counted !== null)
      await keep(place, keeper, { act: 'import', imported: counted, answer: null, actor });
  } finally {
    await rm(file, { force: true });
  }
}

async function publish(place: Workplace, quarter: Quarter): Promise<void> {
  const { keeper, clock, configuration } = place;
  await keep(place, keeper, { act: 'close', period: quarter, actor });
  const outcome = await issueRelease(releaseDependencies({ keeper, clock, dataDir: configuration.dataDir }), {
    period: quarter,
    reason: null,
    actor,
  });
  if ('refused' in outcome) throw new Error(`The release of ${quarter} was refused: ${outcome.refused}.`);
}

async function fill(place: Workplace): Promise<void> {
  const { year, tell, signal } = place;
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    ['adding three accounts', () => addAccounts(place)],
    [`making up ${CALLS.toLocaleString('en')} calls for ${year} and importing them`, () => logYear(place)],
    ...quartersOfYear(year).map(
      (quarter) => [`closing and releasing ${quarter}`, () => publish(place, quarter)] as const,
    ),
  ];
  for (const [what, step] of steps) {
    signal.throwIfAborted();
    tell(what);
    await step();
  }
}

async function withPools(
  urlOf: Workplace['urlOf'],
  work: (pools: Pick<Workplace, 'desk' | 'reader' | 'keeper'>) => Promise<void>,
): Promise<void> {
  const open: Database[] = [];
  const as = async (role: 'desk' | 'reader' | 'keeper') => {
    const pool = await connect({ url: urlOf(role), entities: deskEntities, poolSize: 3 });
    open.push(pool);
    return pool;
  };
  try {
    await work({ desk: await as('desk'), reader: await as('reader'), keeper: await as('keeper') });
  } finally {
    await Promise.all(open.map((pool) => pool.destroy()));
  }
}

/** Makes the installation in the data directory of the configuration, and fills it. Its server is stopped afterwards. */
export async function prepare(preparation: Preparation): Promise<void> {
  const { configuration, tell, signal } = preparation;
  const clock = clockIn(configuration.timeZone);
  signal.throwIfAborted();
  tell('starting a database');
  const installation = await holdInstallation(configuration);
  try {
    await install(installation, clock);
    const urlOf = (role: RoleName) => roleUrl(installation, role);
    await withPools(urlOf, (pools) => fill({ ...preparation, ...pools, urlOf, clock }));
  } finally {
    await installation.server?.stop();
  }
}
