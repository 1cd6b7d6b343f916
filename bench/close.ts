/**
 * How long a seal of many calls takes, and the close of their quarter after it: the seal opens and counts every one of
 * them, the close adds its share of noise to counters and is the same however many there were. Real server, production
 * settings, preset `large`; with the memory that PostgreSQL and this process take together.
 *
 * usage: npm run bench:close -- [calls ...]     default 1000 100000
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callName, CALL_BYTES, encodeCall, packCall } from '../src/contract/call.js';
import { monthsOfQuarter } from '../src/contract/period.js';
import { presetPlan } from '../src/contract/presets.js';
import { demoCalls } from '../src/demo/calls.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { install } from '../src/install.js';
import { close } from '../src/keeping/close.js';
import { insertRows } from '../src/keeping/intake-store.js';
import { findPublicKey } from '../src/keeping/key-store.js';
import { seal } from '../src/keeping/seal.js';
import { prepareKey, type Keeping } from '../src/keeping/turn.js';
import { clockIn } from '../src/platform/clock.js';
import { connect } from '../src/platform/database.js';
import { sealEnvelope } from '../src/platform/envelope.js';
import { holdInstallation, roleUrl } from '../src/platform/installation.js';

const QUARTER = '2025-Q3';
const LAST_DAY = '2025-09-30';
const SEALED_ON = '2025-10-01';
const CLOSED_ON = '2025-10-07';
/** Calls are written in pieces of this many, so that the bench itself takes little memory. */
const PIECE = 10_000;
const months = monthsOfQuarter(QUARTER);
const vocabulary = defaultVocabulary();
const print = (line: string) => process.stdout.write(`${line}\n`);

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

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

/** Puts calls of the quarter into intake, sealed to the key of the night as the web process seals them. */
async function fill({ keeper }: Keeping, calls: number): Promise<void> {
  const key = await findPublicKey(keeper);
  if (key === null) throw new Error('There is no key.');
  const made = demoCalls({ count: calls, months, seed: 2025, conversations: 0.75 });
  for (let first = 0; first < made.length; first += PIECE) {
    const rows = made.slice(first, first + PIECE).map(({ month, answers }, index) => {
      const receiptHash = createHash('sha256')
        .update(String(first + index))
        .digest();
      const name = callName(receiptHash.toString('hex'), month, key.id);
      const packed = packCall(encodeCall(answers, vocabulary));
      const { envelope } = sealEnvelope(key.publicKey, packed, { name, least: CALL_BYTES });
      return { receiptHash, keyId: key.id, day: LAST_DAY, month, envelope };
    });
    await keeper.transaction((transaction) => insertRows(transaction, rows));
  }
}

async function measure(calls: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-bench-'));
  const keys = { path: join(dataDir, 'night'), named: false };
  const installation = await holdInstallation({
    ...{ dataDir, keys },
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
    const desk = {
      planOf: () => Promise.resolve(presetPlan('large')),
      vocabularyOf: () => Promise.resolve(vocabulary),
    };
    const keeping = (today: string): Keeping => ({ keeper, desk, keys, today, log: () => undefined });
    await prepareKey(keeping(SEALED_ON));
    await fill(keeping(SEALED_ON), calls);

    let [sealing, closing] = [0, 0];
    const peak = await peakMemory(cluster, async () => {
      sealing = await secondsOf(() => seal(keeping(SEALED_ON), SEALED_ON));
      closing = await secondsOf(() => close({ ...keeping(CLOSED_ON), actor: 'bench' }, QUARTER));
    });
    print(
      `${calls.toLocaleString('en').padStart(12)} calls   seal ${sealing.toFixed(1)} s   close of the quarter and its months ${closing.toFixed(1)} s   peak ${peak.toFixed(0)} MB`,
    );
    await keeper.destroy();
  } finally {
    await installation.server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
for (const calls of sizes.length > 0 ? sizes : [1_000, 100_000]) await measure(calls);
