/**
 * The figures that docs/scaling.md reckons with: bytes on the disk and in the write-ahead log, seconds of processor, how
 * long a turn of the key takes and how long a call waits for it. Bytes and seconds of processor are much the same on every
 * machine; rates are not.
 *
 * The server is the embedded one, with `wal_level=replica`, as one with a standby has it.
 *
 * usage: npm run bench:scaling -- [parts]     default: bytes counters receipts lock turns rates
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { callName, CALL_BYTES, encodeCall, packCall } from '../src/contract/call.js';
import { addDays, monthsOfQuarter, quarterOfMonth } from '../src/contract/period.js';
import { presetPlan } from '../src/contract/presets.js';
import { demoCalls } from '../src/demo/calls.js';
import { deskOf } from '../src/desk-of.js';
import { deskEntities } from '../src/desk/entities.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { setPlan } from '../src/desk/planning/plan.js';
import { install } from '../src/install.js';
import { storeCall } from '../src/intake/store.js';
import { addImport, readImport } from '../src/keeping/import.js';
import {
  beforeDay,
  changedRows,
  emptyIntake as truncateIntake,
  insertRows,
  seenRows,
  type IntakeRow,
} from '../src/keeping/intake-store.js';
import { prepareKey, type Keeping } from '../src/keeping/turn.js';
import { carryOutApart } from '../src/night.js';
import { clockIn } from '../src/platform/clock.js';
import { connect, type Database } from '../src/platform/database.js';
import { chooseIdentity } from '../src/platform/embedded/identity.js';
import { batchSealer } from '../src/platform/envelope.js';
import { holdInstallation, roleUrl, urlOf } from '../src/platform/installation.js';
import { projectRoot } from '../src/platform/project.js';
import { passwordOf } from '../src/platform/roles.js';
import { startServer } from '../test/support/second-server.js';
import {
  endedSeconds,
  familyNamed,
  familyOf,
  peakMemory,
  postmasterOf,
  processorSeconds,
} from './processes.js';
import { putRates } from './put-rate.js';
import { span, together } from './repeat.js';

const print = (line: string) => process.stdout.write(`${line}\n`);
const TIMES = 3;
/** Rows of the largest measurements. */
const LARGE = 300_000;
const timeZone = 'Europe/Stockholm';

const dataDir = mkdtempSync(join(tmpdir(), 'tyst-bench-'));
const keys = { path: join(dataDir, 'night'), named: false };
const secretFile = join(dataDir, 'secret');
const clock = clockIn(timeZone);
const today = clock.local().day;
const month = today.slice(0, 7);
const vocabulary = defaultVocabulary();

const held = await holdInstallation({
  ...{ dataDir, keys, timeZone, secretFile },
  ...{ databaseUrl: null, statisticsDatabaseUrl: null, credentialsFile: null },
  ...{ strict: false, host: '', port: 0 },
});
await install(held, clock);
const cluster = held.server?.cluster ?? '';
await held.server?.stop();
const server = await startServer(
  cluster,
  passwordOf(held.secret, 'owner'),
  await chooseIdentity(dataDir, cluster),
  {
    ...{ wal_level: 'replica', max_wal_senders: '2' },
    ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  },
);
const postmaster = postmasterOf(cluster);
const installation = { ...held, ownerUrl: urlOf(server.address, 'tyst') };
const open = (role: 'keeper' | 'desk' | 'reader' | 'intake', poolSize: number) =>
  connect({ url: roleUrl(installation, role), entities: deskEntities, poolSize });
const [keeper, desk, reader, intake] = [
  await open('keeper', 4),
  await open('desk', 2),
  await open('reader', 2),
  await open('intake', 8),
];
const owner = await connect({ url: installation.ownerUrl, poolSize: 1 });
const keeping: Keeping = { keeper, keys, desk: deskOf(keeper), today, log: print };

const codes = demoCalls({ count: 2_000, months: [month], seed: 1 }).map(({ answers }) =>
  encodeCall(answers, vocabulary),
);
const codesAt = (index: number): number[] => codes[index % codes.length] ?? [];
const receipt = () => randomBytes(16).toString('base64url');

async function numberOf(sql: string): Promise<number> {
  const [row] = await owner.query<{ n: string }[]>(`SELECT (${sql})::text AS n`);
  return Number(row?.n ?? NaN);
}

/** How many bytes of write-ahead log come of some work. */
async function logged(work: () => Promise<unknown>): Promise<number> {
  const [before] = await owner.query<{ at: string }[]>('SELECT pg_current_wal_insert_lsn()::text AS at');
  await work();
  return numberOf(`pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '${before?.at ?? ''}')`);
}

const tableBytes = (table: string) => numberOf(`pg_table_size('${table}')`);
const indexBytes = (table: string) => numberOf(`pg_indexes_size('${table}')`);

async function emptyIntake(): Promise<void> {
  const order = { act: 'seal', before: null, today: true, afterAGap: false, actor: 'bench' } as const;
  const outcome = await carryOutApart({ url: roleUrl(installation, 'keeper'), timeZone, keys, order });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
}

/** What a call costs on the disk: saved, amended, and on a line where it is the only one since the last checkpoint. */
async function bytesOfCalls(): Promise<void> {
  const calls = 20_000;
  await owner.query('CHECKPOINT');
  const receipts = Array.from({ length: calls }, receipt);
  const put = (one: string, index: number) =>
    storeCall(intake, { receipt: one, day: today, month, codes: codesAt(index) });
  const saved = await logged(() => together(calls, 8, (index) => put(receipts[index] ?? '', index)));
  const [rows, keysOfRows] = [await tableBytes('intake.call'), await indexBytes('intake.call')];
  print(`${calls} calls saved one a transaction, eight at a time:`);
  print(`  write-ahead log ${(saved / calls).toFixed(0)} bytes a call`);
  print(`  table ${(rows / calls).toFixed(0)} bytes a call, its index ${(keysOfRows / calls).toFixed(0)}`);
  const amended = await logged(() => together(calls, 8, (index) => put(receipts[index] ?? '', index + 1)));
  print(`each of them amended once:`);
  print(`  write-ahead log ${(amended / calls).toFixed(0)} bytes an amended call`);
  const more = [(await tableBytes('intake.call')) - rows, (await indexBytes('intake.call')) - keysOfRows];
  print(`  table ${more.map((bytes) => (bytes / calls).toFixed(0)).join(' bytes more, its index ')} more`);
  const alone: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    await owner.query('CHECKPOINT');
    alone.push(await logged(() => put(receipt(), index)));
  }
  alone.sort((a, b) => a - b);
  print(
    `a call that is the first since a checkpoint: write-ahead log ${String(alone[10])} bytes in the middle`,
  );
  await emptyIntake();
}

/** Seals calls as the web process does, so many with one pair of keys, and puts them in, a thousand at a time. */
async function logCalls(count: number, day: string, shared: number): Promise<void> {
  const [key] = await owner.query<{ id: string; public_key: Buffer }[]>(
    'SELECT id, public_key FROM intake.key',
  );
  if (key === undefined) throw new Error('There is no key.');
  const at = day.slice(0, 7);
  let seal = batchSealer();
  for (let done = 0; done < count; done += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - done) }, (_, index) => {
      const hash = randomBytes(32);
      if (index % shared === 0) seal = batchSealer();
      const name = callName(hash.toString('hex'), at, key.id);
      return {
        hash,
        envelope: seal(key.public_key, packCall(codesAt(done + index)), { name, least: CALL_BYTES }),
      };
    });
    await owner.query(
      `INSERT INTO intake.call SELECT hash, $3, $4::date, $5, envelope FROM unnest($1::bytea[], $2::bytea[]) AS c (hash, envelope)`,
      [rows.map(({ hash }) => hash), rows.map(({ envelope }) => envelope), key.id, day, at],
    );
  }
}

interface Turn {
  readonly seconds: number;
  /** Seconds of processor of the process that opens envelopes, and of PostgreSQL. */
  readonly processor: number;
  readonly database: number;
  /** Of the process that opens envelopes, in bytes. */
  readonly memory: number;
  readonly log: number;
  /** The longest that a call waited meanwhile, in ms. */
  readonly wait: number;
}

/** One seal of the days before today, in a process of its own, with calls that come one after the other meanwhile. */
async function turn(): Promise<Turn> {
  const caller = spawn(process.execPath, [join(projectRoot, 'dist/bench/bench/night-caller.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  caller.stdin.end(JSON.stringify({ url: roleUrl(installation, 'intake'), day: today, month }));
  let text = '';
  caller.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(caller.stdout, 'data');
  let memory = 0;
  let [seconds, processor, database] = [NaN, NaN, NaN];
  const looking = setInterval(() => {
    for (const pid of familyNamed(process.pid, 'night-process')) memory = Math.max(memory, peakMemory(pid));
  }, 100);
  const order = { act: 'seal', before: today, today: false, afterAGap: false, actor: 'bench' } as const;
  const log = await logged(async () => {
    const [began, ended, served] = [
      performance.now(),
      endedSeconds(),
      processorSeconds(familyOf(postmaster)),
    ];
    const outcome = await carryOutApart({ url: roleUrl(installation, 'keeper'), timeZone, keys, order });
    seconds = (performance.now() - began) / 1000;
    processor = endedSeconds() - ended;
    database = processorSeconds(familyOf(postmaster)) - served;
    if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  });
  clearInterval(looking);
  await pause(300);
  caller.kill('SIGTERM');
  await once(caller, 'exit');
  const waits = text
    .split('\n')
    .filter((line) => line !== '' && line !== 'ready')
    .map(Number);
  return { seconds, processor, database, memory, log, wait: Math.max(...waits) };
}

/** Prints what some turns came to, the least and the most. */
function report(what: string, some: readonly Turn[]): void {
  const of = (figure: (turn: Turn) => number, digits: number) => span(some.map(figure), digits);
  print(`a turn of ${what}:`);
  print(`  ${of(({ seconds }) => seconds, 1)} s; a call waits ${of(({ wait }) => wait, 0)} ms at most`);
  print(
    `  processor: its process ${of(({ processor }) => processor, 1)} s, PostgreSQL ${of(({ database }) => database, 1)} s`,
  );
  print(
    `  its process ${of(({ memory }) => memory / 1e6, 0)} MB; write-ahead log ${of(({ log }) => log / 1e6, 1)} MB`,
  );
}

/** Takes away what earlier turns remember: the next one would write it anew with its own. */
async function beginEmpty(): Promise<void> {
  await emptyIntake();
  await owner.query('TRUNCATE intake.receipt_memory_a, intake.receipt_memory_b');
}

/** Turns with calls of yesterday, which are counted, and calls of today, which stay. */
async function turns(): Promise<void> {
  for (const [finished, staying, shared, times] of [
    [0, 0, 1, TIMES],
    [100_000, 0, 1, TIMES],
    [100_000, 0, 20, TIMES],
    [0, 50_000, 1, TIMES],
    [0, 100_000, 1, TIMES],
    [LARGE, 0, 20, 1],
  ] as const) {
    const some: Turn[] = [];
    for (let time = 0; time < times; time += 1) {
      await beginEmpty();
      await logCalls(finished, addDays(today, -1), shared);
      await logCalls(staying, today, shared);
      await owner.query('CHECKPOINT');
      some.push(await turn());
    }
    report(`${finished} finished calls and ${staying} that stay, ${shared} to a pair of keys`, some);
  }
}

/** What is remembered of a counted call, and what it costs to write it all anew. */
async function receiptMemory(): Promise<void> {
  const many = 1_000_000;
  const table = 'intake.receipt_memory_a';
  await beginEmpty();
  await owner.query(
    `INSERT INTO ${table} SELECT h, date_trunc('week', current_date + 14)::date FROM
     (SELECT sha256(int4send(n)) AS h FROM generate_series(1, ${many}) AS n) AS hashes ORDER BY h`,
  );
  const [rows, index] = [await tableBytes(table), await indexBytes(table)];
  print(
    `${many} remembered receipts: ${(rows / many).toFixed(0)} bytes each, ${(index / many).toFixed(0)} in the index`,
  );
  const some: Turn[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await owner.query('CHECKPOINT');
    some.push(await turn());
  }
  report(`no call, with ${many} remembered receipts to write anew`, some);
}

/** Seconds of processor, of this process and of PostgreSQL, that some work takes. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const [own, served] = [process.cpuUsage(), processorSeconds(familyOf(postmaster))];
  await work();
  const { user, system } = process.cpuUsage(own);
  return (user + system) / 1e6 + processorSeconds(familyOf(postmaster)) - served;
}

/** What a turn does while calls wait: it compares the rows with what was seen of them, and puts back what stays. */
async function underLock(): Promise<void> {
  await beginEmpty();
  await logCalls(LARGE, addDays(today, -1), 20);
  const finished = beforeDay(today, today);
  const [compared, insertedBack]: [number[], number[]] = [[], []];
  for (let time = 0; time < TIMES; time += 1) {
    const undone = new Error('That was all.');
    await keeper
      .transaction(async (transaction) => {
        const rows: IntakeRow[] = [];
        for await (const some of seenRows(transaction, finished)) rows.push(...some);
        compared.push(await secondsOf(() => changedRows(transaction, finished)));
        await truncateIntake(transaction);
        insertedBack.push(await secondsOf(() => insertRows(transaction, rows)));
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
  }
  print(`while calls wait, seconds of processor for ${LARGE} rows:`);
  print(`  to compare them ${span(compared, 2)}, to put them back ${span(insertedBack, 2)}`);
}

/** The size of a quarter's counters, by its plan. */
async function counters(): Promise<void> {
  const presets = ['tiny', 'small', 'medium', 'large'] as const;
  const ids = vocabulary.dimensions.map(({ id }) => id);
  for (const [index, preset] of presets.entries()) {
    const quarter = `2024-Q${index + 1}`;
    await setPlan({ desk, reader }, quarter, presetPlan(preset), { clock, actor: 'bench' });
    const [call] = demoCalls({ count: 1, months: monthsOfQuarter(quarter), seed: 1 });
    const answers = ids.map((id) => [call?.answers[id] ?? []].flat().join(';'));
    const path = join(dataDir, `${preset}.csv`);
    writeFileSync(path, `month,${ids.join(',')}\n${[call?.month, ...answers].join(',')}\n`);
    const { counted } = await readImport(keeping, path);
    if (counted === null) throw new Error('The file has no rows.');
    await addImport({ ...keeping, actor: 'bench' }, counted);
    const bytes = await numberOf(
      `SELECT octet_length(blob) FROM sealed.counters WHERE quarter = '${quarter}'`,
    );
    print(`counters of a quarter, preset ${preset}: ${bytes} bytes`);
  }
}

try {
  await prepareKey(keeping);
  for (const day of [today, addDays(today, -1)]) {
    const quarter = quarterOfMonth(day.slice(0, 7));
    await setPlan({ desk, reader }, quarter, presetPlan('large'), { clock, actor: 'bench' }).catch(
      () => undefined,
    );
  }
  const parts: Record<string, () => Promise<void>> = {
    ...{ bytes: bytesOfCalls, counters, receipts: receiptMemory, lock: underLock, turns },
    rates: () =>
      putRates(
        { databaseUrl: installation.ownerUrl, postmaster, dataDir, secretFile, keyDir: keys.path },
        print,
      ),
  };
  const wanted = process.argv.slice(2);
  for (const [name, measure] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await measure();
} finally {
  await Promise.all([keeper, desk, reader, intake, owner].map((pool: Database) => pool.destroy()));
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
