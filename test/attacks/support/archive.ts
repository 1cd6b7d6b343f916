/**
 * Days and nights on a server that archives its write-ahead log and recycles its segments, as a rented one does: a base
 * copy of it, made while calls are saved; a second server that replays the archive on that copy; and what a dump reads.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { presetPlan } from '../../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../../src/intake/store.js';
import { readCounters } from '../../../src/keeping/counters-store.js';
import type { NightKey } from '../../../src/keeping/keys.js';
import type { KeyDirectory } from '../../../src/platform/key-directory.js';
import type { FrozenQuarter } from '../../../src/keeping/frozen-quarter.js';
import { findQuarter } from '../../../src/keeping/quarter-store.js';
import { prepareKey, type Keeping } from '../../../src/keeping/turn.js';
import { connect, databaseOf } from '../../../src/platform/database.js';
import { chooseIdentity } from '../../../src/platform/embedded/identity.js';
import { urlOf } from '../../../src/platform/installation.js';
import { aReceipt, codesOf } from '../../support/calls.js';
import { ownInstallation } from '../../support/installation.js';
import { keepingOf } from '../../support/keeping.js';
import { baseCopy, copyFolder, giveTo, startServer } from '../../support/second-server.js';
import { until } from '../../support/until.js';
import { poolsOf } from './cluster.js';
import { callsLike, QUARTER, type Call } from './line.js';
import { keyOf } from './opened.js';
import { rareCalls } from './rare.js';
import { tracesOfCall, type Trace } from './traces.js';

/** How the night is kept: Tyst's own way, or a mutant's. */
export type Nightly = (keeping: Keeping, before: string) => Promise<void>;

/** A row of intake as somebody reads it who may read the table. */
export interface Row {
  readonly receipt_hash: Buffer;
  readonly envelope: Buffer;
}

/** A receipt, and the numbers of each version of its call. */
export interface Planted {
  readonly receipt: string;
  readonly day: string;
  readonly versions: readonly (readonly number[])[];
}

/** What there is to take on the last day, before its night. */
export interface Archived {
  /** Folders, by what they are: the archive, the base copy, the second server, the server itself, what dumps read. */
  readonly places: Readonly<Record<string, string>>;
  /** Rows as dumps and the second server's tables gave them. */
  readonly rows: readonly Row[];
  /** Calls of the days before, amended and withdrawn ones too, and those of the last day. */
  readonly before: readonly Planted[];
  readonly today: readonly Planted[];
  /** The key directory as it is, and the key of the first day, which nobody has any more. */
  readonly keys: KeyDirectory;
  readonly firstKey: NightKey;
  readonly installation: string;
  /** The quarter, and its counters as each night wrote them. */
  readonly quarter: FrozenQuarter;
  readonly counters: readonly Buffer[];
  /** Written in the open on the first day, so that a search which finds nothing is known to see. */
  readonly decoy: Trace;
  readonly remove: () => Promise<void>;
}

const DAYS = ['2026-10-05', '2026-10-06', '2026-10-07'] as const;

/** Saves a call, or a version of one. */
const put = (intake: DataSource, receipt: string, day: string, { answers }: Call) =>
  storeCall(intake, { receipt, day, month: '2026-10', codes: codesOf(answers) });

/** A day's calls: two that are equal, one that is amended, one that is withdrawn, and others. */
async function aDay(intake: DataSource, day: string, seed: number): Promise<Planted[]> {
  const [one, two, three] = rareCalls;
  if (one === undefined || two === undefined || three === undefined) throw new RangeError('no calls');
  const versions = [[one], [one], [two, three], [three], ...callsLike(4, seed).map((call) => [call])];
  const planted: Planted[] = [];
  for (const calls of versions) {
    const receipt = aReceipt();
    for (const call of calls) await put(intake, receipt, day, call);
    planted.push({ receipt, day, versions: calls.map(({ answers }) => codesOf(answers)) });
  }
  const [withdrawn] = planted.slice(3, 4);
  if (withdrawn !== undefined) await withdrawCall(intake, withdrawn.receipt);
  return planted;
}

/** Reads every table of ours as a dump does; gives the rows of intake, and writes everything down. */
async function dump(owner: DataSource, file: string): Promise<Row[]> {
  return owner.transaction('REPEATABLE READ', async (transaction) => {
    const tables: { name: string }[] = await transaction.query(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r'
       AND relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk', 'public')`,
    );
    const bytes: Buffer[] = [];
    for (const { name } of tables) {
      const rows: Record<string, unknown>[] = await transaction.query(`SELECT * FROM ${name}`);
      for (const value of rows.flatMap((row) => Object.values(row)))
        bytes.push(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)));
    }
    writeFileSync(file, Buffer.concat(bytes));
    return transaction.query<Row[]>('SELECT receipt_hash, envelope FROM intake.call');
  });
}

/** Closes the segment that is written and waits until it lies in the archive; the place in the log where it ended. */
async function archiveAll(owner: DataSource): Promise<string> {
  const [row]: { lsn: string; segment: string }[] = await owner.query(
    `SELECT lsn::text AS lsn, pg_walfile_name(pg_switch_wal()) AS segment FROM pg_current_wal_insert_lsn() AS lsn`,
  );
  if (row === undefined) throw new Error('no log');
  await until(async () => {
    const rows: unknown[] = await owner.query(
      'SELECT 1 FROM pg_stat_archiver WHERE last_archived_wal >= $1',
      [row.segment],
    );
    return rows.length > 0;
  }, 60);
  return row.lsn;
}

const shell = (archive: string, way: 'in' | 'out'): string => {
  const [program, file] =
    process.platform === 'win32' ? ['copy', join(archive, '%f')] : ['cp', `${archive}/%f`];
  return way === 'in' ? `${program} "%p" "${file}"` : `${program} "${file}" "%p"`;
};

/** Lives through the days, and brings together what there is to take. */
export async function anArchive(nightly: Nightly): Promise<Archived> {
  const own = await ownInstallation();
  const { server } = own.installation;
  if (server === null) throw new Error('There is no server.');
  const { cluster, address } = server;
  await server.stop();
  const identity = await chooseIdentity(own.dataDir, cluster);
  const folder = mkdtempSync(join(tmpdir(), 'tyst-archive-'));
  const place = (name: string) => giveTo(identity, join(folder, name));
  const [archive, copy, second, dumps] = ['archive', 'copy', 'second', 'dumps'].map(place) as [
    string,
    string,
    string,
    string,
  ];
  giveTo(identity, folder);

  const settings = {
    wal_level: 'replica',
    wal_recycle: 'on',
    archive_mode: 'on',
    max_wal_senders: '2',
    full_page_writes: 'on',
  };
  const first = await startServer(cluster, address.password, identity, {
    ...settings,
    archive_command: shell(archive, 'in'),
  });
  const running = [first];
  const pools = await poolsOf(own.installation);
  const remove = async () => {
    await pools.disconnect();
    for (const one of running) await one.stop();
    await own.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { owner, intake, keeper } = pools;
    const keys = { path: join(own.dataDir, 'night'), named: false };
    const machine = { keeper, keys };
    await owner.query('INSERT INTO desk.plan (quarter, plan) VALUES ($1, $2)', [
      QUARTER,
      JSON.stringify(presetPlan('medium')),
    ]);
    const [open] = callsLike(1, 60).flatMap(({ answers }) => tracesOfCall('the decoy', codesOf(answers)));
    if (open === undefined) throw new RangeError('no decoy');
    await owner.query('CREATE TABLE public.decoy AS SELECT $1::bytea AS bytes', [open.bytes]);
    await prepareKey(keepingOf(machine, DAYS[0]));
    const firstKey = await keyOf(machine);
    const [before, rows, counters]: [Planted[], Row[], Buffer[]] = [[], [], []];

    for (const [index, day] of DAYS.slice(0, 2).entries()) {
      before.push(...(await aDay(intake, day, 61 + index)));
      rows.push(...(await dump(owner, join(dumps, day))));
      if (index === 0)
        await baseCopy(owner, [cluster, copy], async () => {
          before.push(...(await aDay(intake, day, 64)));
        });
      const morning = DAYS[index + 1] ?? day;
      await nightly(keepingOf(machine, morning), morning);
      counters.push(...(await readCounters(keeper)).map(({ blob }) => blob));
    }
    const today = await aDay(intake, DAYS[2], 63);
    rows.push(...(await dump(owner, join(dumps, DAYS[2]))));
    const quarter = await findQuarter(keeper, QUARTER);
    const [named]: { id: string }[] = await owner.query('SELECT id::text AS id FROM published.installation');
    if (quarter === null || named === undefined) throw new Error('The quarter has not begun.');
    const end = await archiveAll(owner);

    copyFolder(copy, second, /^$/);
    writeFileSync(join(second, 'standby.signal'), '');
    giveTo(identity, second);
    const standby = await startServer(second, address.password, identity, {
      ...settings,
      archive_mode: 'off',
      restore_command: shell(archive, 'out'),
    });
    running.push(standby);
    const there = await connect({
      url: urlOf(standby.address, databaseOf(own.installation.ownerUrl)),
      poolSize: 2,
    });
    await until(async () => {
      const found: unknown[] = await there.query('SELECT 1 WHERE pg_last_wal_replay_lsn() >= $1::pg_lsn', [
        end,
      ]);
      return found.length > 0;
    }, 60);
    rows.push(...(await there.query<Row[]>('SELECT receipt_hash, envelope FROM intake.call')));
    await there.destroy();
    await standby.stop();
    return {
      places: { archive, copy, 'second server': second, server: cluster, dumps },
      ...{
        rows,
        before,
        today,
        keys,
        firstKey,
        installation: named.id,
        quarter,
        counters,
        decoy: open,
        remove,
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
