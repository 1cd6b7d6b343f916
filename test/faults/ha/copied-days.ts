/**
 * Three days on a server that is run as servers are: archived, followed by a standby, copied and dumped while calls come
 * in. Each day ends with a seal, the last one has not ended. Then there is everything that an attacker may take.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../../../src/contract/call.js';
import { presetPlan } from '../../../src/contract/presets.js';
import { readCounters } from '../../../src/keeping/counters-store.js';
import { readInstallation } from '../../../src/keeping/key-store.js';
import { findQuarter } from '../../../src/keeping/quarter-store.js';
import type { Archived, Planted, Row } from '../../attacks/support/archive.js';
import { callsLike } from '../../attacks/support/line.js';
import { rareCalls } from '../../attacks/support/rare.js';
import { tracesOfCall } from '../../attacks/support/traces.js';
import { codesOf, countedCodesOf } from '../../support/calls.js';
import { namedKey } from '../../support/opened.js';
import { until } from '../../support/until.js';
import { recoverFrom, Server, serversFolder } from './cluster.js';
import type { Line } from './line.js';

const DAYS = ['the first day', 'the second day', 'the last day'] as const;
/** Calls of the other handlers before a day's copies, and after them. */
const CALLS = 20;

/** The point in the log after the first night: yesterday, seen from the last day. */
export const YESTERDAY = 'yesterday';

/** What is kept of a call. */
const keptOf = (answers: Answers) => countedCodesOf(answers, presetPlan('medium'));

/** Calls among those of the day: two that are equal, one that is amended, one that is withdrawn, and others. */
async function plant({ handlers }: Line, day: string, seed: number): Promise<Planted[]> {
  const [one = {}, two = {}, three = {}] = rareCalls.map(({ answers }) => answers);
  const lives = [[one], [one], [two, three], [three], ...callsLike(4, seed).map(({ answers }) => [answers])];
  const planted: Planted[] = [];
  for (const [place, versions] of lives.entries()) {
    const { receipt } = await handlers.plant(versions, place === 3);
    planted.push({ receipt, day, versions: versions.map(keptOf) });
  }
  return planted;
}

const rowsOn = async (server: Server, database: string): Promise<Row[]> => {
  const rows = await server.query('SELECT receipt_hash, envelope FROM intake.call', [], database);
  return rows.flatMap(({ receipt_hash, envelope }) =>
    Buffer.isBuffer(receipt_hash) && Buffer.isBuffer(envelope) ? [{ receipt_hash, envelope }] : [],
  );
};

/** Dumps the database, as its text and its bytes too, and restores the dump into a database beside it. */
async function dump({ primary }: Line, folder: string, name: string): Promise<Row[]> {
  const file = join(folder, name);
  await primary.client('pg_dump', ['-Fc', '-f', file, 'tyst']);
  await primary.toText(file, `${file}.sql`);
  const text = readFileSync(`${file}.sql`, 'latin1');
  const bytes = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
  writeFileSync(`${file}.bytes`, Buffer.concat(bytes));
  await primary.query(`CREATE DATABASE ${name}`);
  await primary.client('pg_restore', ['--no-owner', '-d', name, file]);
  return rowsOn(primary, name);
}

/** What there is at the end, and the copies by themselves. */
export interface Copied {
  readonly archived: Archived;
  /** A base copy of the first day, which can be started from the archive. */
  readonly firstCopy: string;
  readonly standby: Server;
  /** The second base copy, started and run through all of the archive. */
  readonly replayed: Server;
  /** The dump of the last day, restored into this database of the primary. */
  readonly lastDump: string;
}

/** Lives through the days. */
export async function liveThroughDays(line: Line): Promise<Copied> {
  const { handlers, tyst, primary, month } = line;
  const servers = join(line.folder, 'servers');
  const [dumps, copies] = [
    serversFolder(join(line.folder, 'dumps')),
    serversFolder(join(line.folder, 'copies')),
  ];
  const standby = await line.standby(true);
  const [decoy] = callsLike(1, 60).flatMap(({ answers }) => tracesOfCall('the decoy', codesOf(answers)));
  if (decoy === undefined) throw new RangeError('no decoy');
  await primary.query(
    `CREATE TABLE public.decoy AS SELECT '\\x${decoy.bytes.toString('hex')}'::bytea`,
    [],
    'tyst',
  );
  const firstKey = await line.look(namedKey);
  const planted: Planted[][] = [];
  const rows: Row[] = [];
  const counters: Buffer[] = [];
  for (const [place, day] of DAYS.entries()) {
    handlers.begin();
    const ofDay = await plant(line, day, 70 + place);
    await handlers.untilMore(CALLS);
    await primary.baseBackup(join(copies, `copy${place + 1}`));
    rows.push(...(await dump(line, dumps, `dump${place + 1}`)));
    ofDay.push(...(await plant(line, day, 80 + place)));
    await handlers.untilMore(CALLS);
    await handlers.rest();
    planted.push(ofDay);
    if (place === DAYS.length - 1) break;
    await line.done('keeper', ['seal', '--today']);
    const blobs = await line.look(({ keeper }) => readCounters(keeper));
    counters.push(...blobs.filter(({ quarter }) => quarter === line.quarter).map(({ blob }) => blob));
    if (place === 0) await primary.query('SELECT pg_create_restore_point($1)', [YESTERDAY]);
  }
  rows.push(...(await dump(line, dumps, 'dump_last')));
  await primary.archiveAll();
  const end = await primary.value('SELECT pg_current_wal_flush_lsn()::text');
  await until(
    async () => (await standby.value('SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn', [end])) === true,
    60,
  );
  rows.push(...(await rowsOn(standby, 'tyst')));
  const replayed = await Server.at(servers, 'replayed');
  await primary.copy(join(copies, 'copy2'), replayed.cluster);
  recoverFrom(primary.archive, replayed.cluster);
  await replayed.recover();
  rows.push(...(await rowsOn(replayed, 'tyst')));
  const { installation, quarter } = await line.look(async ({ keeper }) => ({
    installation: (await readInstallation(keeper)).id,
    quarter: await findQuarter(keeper, line.quarter),
  }));
  if (quarter === null) throw new Error('The quarter has not begun.');
  const archived: Archived = {
    places: {
      'the archive': primary.archive,
      'the standby': standby.cluster,
      'base copies': copies,
      'a base copy that was started': replayed.cluster,
      dumps,
      'the primary, with restored dumps': primary.cluster,
    },
    ...{ rows, month, decoy, firstKey, installation, quarter, counters },
    before: planted.slice(0, -1).flat(),
    today: planted.at(-1) ?? [],
    keys: { path: tyst.keyDirectory, named: true },
    remove: () => Promise.resolve(),
  };
  return { archived, firstCopy: join(copies, 'copy1'), standby, replayed, lastDump: 'dump_last' };
}
