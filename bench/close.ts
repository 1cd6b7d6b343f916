/**
 * How long closing a quarter takes, beside a GROUP BY for each of the same tables on the same rows, written by hand as
 * anybody would, and how much memory PostgreSQL and this process take together. Real server, production settings, preset `large`.
 *
 * usage: npm run bench:close -- [calls ...]     default 1000000 10000000
 */
import { deepStrictEqual } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { monthsOfQuarter } from '../src/contract/period.js';
import { MONTH, tableShapes, type Axis, type TableShape } from '../src/contract/plan.js';
import { presetPlan } from '../src/contract/presets.js';
import { leafCodes } from '../src/contract/vocabulary.js';
import { readVocabulary } from '../src/desk/planning/vocabulary.js';
import { install } from '../src/install.js';
import { close } from '../src/keeping/close.js';
import { countStatement } from '../src/keeping/count.js';
import { keptDimensions, topNumbers, type Kept } from '../src/keeping/layout.js';
import { beginQuarter } from '../src/keeping/quarter.js';
import { ensureSealed, sealedTable } from '../src/keeping/sealed.js';
import { clockIn } from '../src/platform/clock.js';
import { connect } from '../src/platform/database.js';
import { holdInstallation, roleUrl } from '../src/platform/installation.js';

const QUARTER = '2025-Q3';
const months = monthsOfQuarter(QUARTER);
const print = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (since: number) => (performance.now() - since) / 1000;

/** Proportional memory of a process in MB; shared pages are divided among those who share them. */
function memoryOf(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Watches the memory of the server's processes and of this one, and keeps the peak, while work is done. */
async function peakMemory(cluster: string, work: () => Promise<void>): Promise<number> {
  const postmaster = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  let peak = 0;
  const look = () => {
    const children = execFileSync('pgrep', ['-P', postmaster]).toString().trim().split('\n').map(Number);
    peak = Math.max(
      peak,
      [Number(postmaster), process.pid, ...children].reduce((sum, pid) => sum + memoryOf(pid), 0),
    );
  };
  const timer = setInterval(look, 200);
  await work();
  clearInterval(timer);
  return peak;
}

/** A random code of a dimension, as SQL; one conversation in ten is another kind of contact and has none. */
function randomSlots({ dimension, slots, level }: Kept): string[] {
  const numbers = leafCodes(dimension).map((code) => dimension.codes.indexOf(code) + 1);
  if (level === 'top')
    numbers.splice(
      0,
      numbers.length,
      ...dimension.codes.flatMap((code, index) => (code.parent === undefined ? [index + 1] : [])),
    );
  return Array.from({ length: slots }, (_, slot) => {
    // Each slot has codes of its own: no call names one twice.
    const own = numbers.filter((_number, index) => index % slots === slot);
    const pick = `('{${own.join(',')}}'::smallint[])[1 + floor(random() * ${own.length})::int]`;
    const first = dimension.applies === 'all' ? pick : `CASE WHEN talk THEN ${pick} ELSE 0 END`;
    return slot === 0 ? first : `CASE WHEN talk AND random() < 0.3 THEN ${pick} ELSE 0 END`;
  });
}

async function fill(keeper: DataSource, kept: readonly Kept[], calls: number): Promise<void> {
  const slots = kept.flatMap(randomSlots);
  for (const month of months) {
    await keeper.query(
      `INSERT INTO ${sealedTable(month)} SELECT ARRAY[${slots.join(', ')}]::smallint[]
       FROM (SELECT random() < 0.9 AS talk FROM generate_series(1, ${Math.ceil(calls / 3)})) AS calls`,
    );
  }
  await keeper.query('CHECKPOINT');
}

/** What a plain GROUP BY selects and joins for one axis, and the number of each of its codes. */
interface PlainAxis {
  readonly select: string;
  readonly join: string;
  readonly numbers: readonly number[];
}

function plainAxis(axis: Axis, kept: readonly Kept[]): PlainAxis {
  if (axis.dimension === MONTH)
    return { select: 'month', join: '', numbers: axis.codes.map((_, place) => place + 1) };
  const stored = kept.find(({ dimension }) => dimension.id === axis.dimension);
  if (stored === undefined) throw new RangeError('not kept');
  const { dimension, level, sealedSlot, slots } = stored;
  const numbers = axis.codes.map(({ code }) => dimension.codes.findIndex(({ id }) => id === code) + 1);
  const rollUp = axis.level === 'top' && level === 'leaf';
  const counted = (code: string) =>
    rollUp ? `('{${topNumbers(dimension).join(',')}}'::smallint[])[${code} + 1]` : code;
  if (slots === 1) return { select: counted(`codes[${sealedSlot}]`), join: '', numbers };
  // Several answers: each is a row, and those under one parent are one.
  const answers = `unnest(codes[${sealedSlot}:${sealedSlot + slots - 1}]) AS ${dimension.id}`;
  const join = rollUp
    ? `CROSS JOIN LATERAL (SELECT DISTINCT ${counted(dimension.id)} AS ${dimension.id} FROM ${answers}) AS tops`
    : `CROSS JOIN LATERAL ${answers}`;
  return { select: dimension.id, join, numbers };
}

/** A table counted by itself, as anybody would write it, and its cells out of the rows that come back. */
function plainGroupBy(shape: TableShape, kept: readonly Kept[]) {
  const rows = plainAxis(shape.rows, kept);
  const columns = shape.columns === null ? null : plainAxis(shape.columns, kept);
  const calls = months
    .map((month, index) => `SELECT ${index + 1} AS month, codes FROM ${sealedTable(month)}`)
    .join(' UNION ALL ');
  const sql =
    columns === null
      ? `SELECT ${rows.select} AS a, 0 AS b, count(*) AS n FROM (${calls}) AS calls ${rows.join} GROUP BY 1`
      : `SELECT ${rows.select} AS a, ${columns.select} AS b, count(*) AS n
         FROM (${calls}) AS calls ${rows.join} ${columns.join} GROUP BY 1, 2`;
  const read = (found: readonly { a: number; b: number; n: string }[]): number[][] => {
    const counts = new Map(found.map(({ a, b, n }) => [`${a} ${b}`, Number(n)]));
    return rows.numbers.map((a) => (columns?.numbers ?? [0]).map((b) => counts.get(`${a} ${b}`) ?? 0));
  };
  return { sql, read };
}

/** Counts every table of the plan by itself. Gives the counts and the seconds, and those for questions of several answers. */
async function plainCounts(keeper: DataSource, shapes: readonly TableShape[], kept: readonly Kept[]) {
  const counts: number[][][] = [];
  const times = { all: 0, several: 0 };
  for (const shape of shapes) {
    const { sql, read } = plainGroupBy(shape, kept);
    const start = performance.now();
    counts.push(read(await keeper.query(sql)));
    const took = seconds(start);
    times.all += took;
    if (shape.rows.several || shape.columns?.several === true) times.several += took;
  }
  return { counts, times };
}

/** Both ways must count the same, or they cannot be compared. */
async function countAlike(keeper: DataSource, shapes: readonly TableShape[], kept: readonly Kept[]) {
  const { counts } = await plainCounts(keeper, shapes, kept);
  const statement = countStatement(shapes, kept, months);
  deepStrictEqual(counts, statement.read(await keeper.query(statement.sql)));
}

async function measure(calls: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-bench-'));
  const installation = await holdInstallation({
    dataDir,
    secretFile: join(dataDir, 'secret'),
    databaseUrl: null,
    host: '',
    port: 0,
    timeZone: 'UTC',
  });
  const cluster = installation.server?.cluster ?? '';
  try {
    await install(installation, clockIn('UTC'));
    const keeper = await connect({ url: roleUrl(installation, 'keeper'), poolSize: 4 });
    const vocabulary = await readVocabulary(keeper, QUARTER);
    const plan = presetPlan('large');
    const desk = { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) };
    const kept = keptDimensions(plan, vocabulary);
    await keeper.transaction(async (manager) => {
      const quarter = await beginQuarter(manager, QUARTER, desk);
      for (const month of months) await ensureSealed(manager, month, quarter);
    });
    const shapes = tableShapes(plan, vocabulary, QUARTER);
    await fill(keeper, kept, 3_000);
    await countAlike(keeper, shapes, kept);
    await fill(keeper, kept, calls - 3_000);
    const { all: plain, several } = (await plainCounts(keeper, shapes, kept)).times;

    let closing = 0;
    const peak = await peakMemory(cluster, async () => {
      const start = performance.now();
      await close(
        { keeper, desk, today: '2026-01-01', actor: 'bench', forgetDraws: () => Promise.resolve() },
        QUARTER,
      );
      closing = seconds(start);
    });
    print(
      `${calls.toLocaleString('en').padStart(12)} calls   close ${closing.toFixed(1)} s   plain GROUP BYs ${plain.toFixed(1)} s (of several answers ${several.toFixed(1)} s)   ratio ${(closing / plain).toFixed(2)}   peak ${peak.toFixed(0)} MB`,
    );
    await keeper.destroy();
  } finally {
    await installation.server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
for (const calls of sizes.length > 0 ? sizes : [1_000_000, 10_000_000]) await measure(calls);
