/**
 * How long closing a quarter takes, beside the plain GROUP BYs of the same tables on the same rows, and how much
 * memory PostgreSQL and this process take together. Real server, production settings, preset `large`.
 *
 * usage: npm run bench:close -- [calls ...]     default 1000000 10000000
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { monthsOfQuarter } from '../src/contract/period.js';
import { tableShapes } from '../src/contract/plan.js';
import { presetPlan } from '../src/contract/presets.js';
import { leafCodes } from '../src/contract/vocabulary.js';
import { readVocabulary } from '../src/desk/vocabulary.js';
import { install } from '../src/install.js';
import { close } from '../src/keeping/close.js';
import { countStatement } from '../src/keeping/count.js';
import { keptDimensions, type Kept } from '../src/keeping/layout.js';
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
  const pick = `('{${numbers.join(',')}}'::smallint[])[1 + floor(random() * ${numbers.length})::int]`;
  return Array.from({ length: slots }, (_, slot) => {
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

/** The plan's tables one by one, as anybody would write them. */
async function plainGroupBys(
  keeper: DataSource,
  kept: readonly Kept[],
  vocabularyShapes: ReturnType<typeof tableShapes>,
): Promise<void> {
  for (const shape of vocabularyShapes) {
    const statement = countStatement([shape], kept, months);
    await keeper.query(statement.sql);
  }
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
    await fill(keeper, kept, calls);

    let start = performance.now();
    await plainGroupBys(keeper, kept, tableShapes(plan, vocabulary, QUARTER));
    const plain = seconds(start);

    let closing = 0;
    const peak = await peakMemory(cluster, async () => {
      start = performance.now();
      await close(
        { keeper, desk, today: '2026-01-01', actor: 'bench', forgetDraws: () => Promise.resolve() },
        QUARTER,
      );
      closing = seconds(start);
    });
    print(
      `${calls.toLocaleString('en').padStart(12)} calls   close ${closing.toFixed(1)} s   plain GROUP BYs ${plain.toFixed(1)} s   ratio ${(closing / plain).toFixed(2)}   peak ${peak.toFixed(0)} MB`,
    );
    await keeper.destroy();
  } finally {
    await installation.server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
for (const calls of sizes.length > 0 ? sizes : [1_000_000, 10_000_000]) await measure(calls);
