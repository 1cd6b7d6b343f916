/**
 * What the night costs: a seal of many calls and how long a call waits for it, an import, and a close after few calls and
 * after many. Real server, production settings, preset `large`; the seal runs in a process of its own, as in production.
 *
 * usage: npm run bench:night -- [calls of the day]     default 100000
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { callName, CALL_BYTES, encodeCall, packCall } from '../src/contract/call.js';
import { monthsOfQuarter, quarterOfMonth } from '../src/contract/period.js';
import { presetPlan } from '../src/contract/presets.js';
import { demoCalls } from '../src/demo/calls.js';
import { deskOf } from '../src/desk-of.js';
import { deskEntities } from '../src/desk/entities.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { setPlan } from '../src/desk/planning/plan.js';
import { install } from '../src/install.js';
import { close } from '../src/keeping/close.js';
import { addImport, readImport } from '../src/keeping/import.js';
import { prepareKey, type Keeping } from '../src/keeping/turn.js';
import { carryOutApart } from '../src/night.js';
import { clockIn } from '../src/platform/clock.js';
import { connect, type Database } from '../src/platform/database.js';
import { batchSealer } from '../src/platform/envelope.js';
import { holdInstallation, roleUrl } from '../src/platform/installation.js';
import { projectRoot } from '../src/platform/project.js';

const print = (line: string) => process.stdout.write(`${line}\n`);
const timeZone = 'Europe/Stockholm';
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const dataDir = mkdtempSync(join(tmpdir(), 'tyst-bench-'));
const keys = { path: join(dataDir, 'night'), named: false };
const configuration = {
  ...{ dataDir, keys, timeZone, databaseUrl: null, statisticsDatabaseUrl: null, credentialsFile: null },
  ...{ strict: false, host: '', port: 0 },
  secretFile: join(dataDir, 'secret'),
};
const installation = await holdInstallation(configuration);
const clock = clockIn(timeZone);
const today = clock.local().day;
const month = today.slice(0, 7);

/**
 * Seals calls as the web process does, so many with one pair of keys, and puts them in, many at a time, so that a day's
 * fill takes a minute.
 */
async function logCalls(owner: Database, count: number, together: number): Promise<void> {
  const codes = demoCalls({ count: 2_000, months: [month], seed: 1 }).map(({ answers }) =>
    packCall(encodeCall(answers, vocabulary)),
  );
  const [key] = await owner.query<{ id: string; public_key: Buffer }[]>(
    'SELECT id, public_key FROM intake.key',
  );
  if (key === undefined) throw new Error('There is no key.');
  let seal = batchSealer();
  for (let at = 0; at < count; at += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - at) }, (_, index) => {
      const hash = randomBytes(32);
      const name = callName(hash.toString('hex'), month, key.id);
      const packed = codes[(at + index) % codes.length] ?? new Uint8Array();
      if (index % together === 0) seal = batchSealer();
      return { hash, envelope: seal(key.public_key, packed, { name, least: CALL_BYTES }) };
    });
    await owner.query(
      `INSERT INTO intake.call SELECT hash, $3, $4::date, $5, envelope FROM unnest($1::bytea[], $2::bytea[]) AS c (hash, envelope)`,
      [rows.map(({ hash }) => hash), rows.map(({ envelope }) => envelope), key.id, today, month],
    );
  }
}

/** The longest wait of a call while some work goes on, in ms, from calls sent one after the other in another process. */
async function longestWait(work: () => Promise<void>): Promise<{ longest: number; usual: number }> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/bench/bench/night-caller.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ url: roleUrl(installation, 'intake'), day: today, month }));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child.stdout, 'data');
  await work();
  child.kill('SIGTERM');
  await once(child, 'exit');
  const waits = text
    .split('\n')
    .filter((line) => line !== '' && line !== 'ready')
    .map(Number)
    .sort((a, b) => a - b);
  return { longest: waits.at(-1) ?? NaN, usual: waits[Math.floor(waits.length / 2)] ?? NaN };
}

const vocabulary = defaultVocabulary();
const ids = vocabulary.dimensions.map(({ id }) => id);

/** A file of so many rows over a quarter of 2024; gives its path. */
function fileOf(rows: number, quarterNumber: number): string {
  const months = monthsOfQuarter(`2024-Q${quarterNumber}`);
  const some = demoCalls({ count: Math.min(rows, 2_000), months, seed: quarterNumber }).map(
    ({ month: at, answers }) => [at, ...ids.map((id) => [answers[id] ?? []].flat().join(';'))].join(','),
  );
  const path = join(dataDir, `calls-${quarterNumber}.csv`);
  writeFileSync(path, `month,${ids.join(',')}\n`);
  for (let at = 0; at < rows; at += some.length)
    appendFileSync(path, `${some.slice(0, rows - at).join('\n')}\n`);
  return path;
}

/** Imports a file, each row so many times. */
async function importFile(keeping: Keeping, path: string, times = 1): Promise<void> {
  const { counted } = await readImport(keeping, path);
  if (counted === null) throw new Error('The file has no rows.');
  const quarters = counted.quarters.map((one) => ({ ...one, moves: one.moves.map((by) => by * times) }));
  await addImport({ ...keeping, actor: 'bench' }, { ...counted, quarters });
}

try {
  await install(installation, clock);
  const keeper = await connect({ url: roleUrl(installation, 'keeper'), entities: deskEntities, poolSize: 4 });
  const desk = await connect({ url: roleUrl(installation, 'desk'), entities: deskEntities, poolSize: 2 });
  const reader = await connect({ url: roleUrl(installation, 'reader'), poolSize: 2 });
  const owner = await connect({ url: installation.ownerUrl, poolSize: 1 });
  const keeping: Keeping = { keeper, keys, desk: deskOf(keeper), today, log: print };
  await prepareKey(keeping);
  const quarter = quarterOfMonth(month);
  for (const one of ['2024-Q1', '2024-Q2', '2024-Q3', quarter])
    await setPlan({ desk, reader }, one, presetPlan('large'), { clock, actor: 'bench' });

  const size = async () => {
    const [row] = await owner.query<{ kb: string }[]>(
      `SELECT (pg_total_relation_size('sealed.counters') / 1024)::text AS kb, (SELECT max(octet_length(blob)) FROM sealed.counters) AS blob`,
    );
    return JSON.stringify(row);
  };

  const calls = Number(process.argv[2] ?? 100_000);
  const order = { act: 'seal', before: null, today: true, afterAGap: false, actor: 'bench' } as const;
  const seal = async () => {
    const outcome = await carryOutApart({ url: roleUrl(installation, 'keeper'), timeZone, keys, order });
    if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  };
  const empty = await seconds(seal);
  print(`a seal of no call: ${empty.toFixed(2)} s (the process's own start in it)`);
  for (const [together, when] of [
    [20, 'of a rush, twenty in each twentieth of a second'],
    [1, 'of a day, none in the same twentieth of a second'],
  ] as const) {
    await logCalls(owner, calls, together);
    let sealed = 0;
    const { longest, usual } = await longestWait(async () => {
      await pause(500);
      sealed = await seconds(seal);
      await pause(500);
    });
    print(
      `a seal of ${calls} calls ${when}: ${sealed.toFixed(2)} s; meanwhile a call waits ${usual.toFixed(1)} ms in the middle, ${longest.toFixed(0)} ms at most`,
    );
    print(`sealed: ${await size()}`);
  }

  const lines = 200_000;
  const before = process.memoryUsage().rss;
  const began = performance.now();
  await importFile(keeping, fileOf(lines, 3));
  const imported = (performance.now() - began) / 1000;
  const more = Math.round((process.memoryUsage().rss - before) / 1e6);
  print(
    `an import of ${lines} rows: ${imported.toFixed(2)} s, ${Math.round(lines / imported)} rows a second; memory ${more} MB more`,
  );

  // As many calls as nobody waits for here: what a file moved, five thousand times.
  await importFile(keeping, fileOf(1_000, 1));
  await importFile(keeping, fileOf(2_000, 2), 5_000);
  for (const [one, what] of [
    ['2024-Q1', '1,000'],
    ['2024-Q2', '10,000,000'],
  ] as const) {
    for (const m of monthsOfQuarter(one)) await close({ ...keeping, actor: 'bench' }, m);
    const took = await seconds(() => close({ ...keeping, actor: 'bench' }, one));
    print(`a close of a quarter of ${what} calls: ${took.toFixed(2)} s`);
  }
  print(`sealed: ${await size()}`);
  await Promise.all([keeper, desk, reader, owner].map((pool) => pool.destroy()));
} finally {
  await installation.server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
