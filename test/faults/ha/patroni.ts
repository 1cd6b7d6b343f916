/**
 * Tyst on a PostgreSQL whose leader changes: three nodes under Patroni with synchronous_mode_strict, a `tyst start` that
 * knows one address, and people who save calls all the while. Counts acknowledged calls that are gone (there may be none)
 * and says how long nobody could save one.
 *
 * One fault is repeated: the leader's Patroni is stopped, as on a machine that is frozen for a while, another node takes over,
 * and the first one wakes. With `etcd3` Patroni 3.0.2 may then take the lead back without looking, and what was acknowledged in
 * between is gone; with `etcd` it looks. docs/scaling.md says what was found.
 *
 * Needs Debian's `patroni`, `etcd-server` and PostgreSQL 15, which no `npm ci` brings: so it is no test of the suite.
 *
 * usage: npm run faults:patroni -- [etcd | etcd3] [times of the freeze]     default etcd 3
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chooseIdentity } from '../../../src/platform/embedded/identity.js';
import { projectRoot } from '../../../src/platform/project.js';
import { aConversation, aReceipt } from '../../support/calls.js';
import { until } from '../../support/until.js';
import { startPatroni, type Node, type PatroniCluster } from './patroni-cluster.js';

const WRITERS = 8;
const PASSWORD = 'en lång och god lösenfras';
const print = (line: string) => process.stdout.write(`${line}\n`);

for (const program of ['/usr/bin/patroni', '/usr/bin/etcd', '/usr/lib/postgresql/15/bin/postgres'])
  if (!existsSync(program)) {
    process.stderr.write(`There is no ${program} on this machine.\n`);
    process.exit(2);
  }

const main = join(projectRoot, 'dist/server/app/main.js');

/** A command of Tyst, with its text by standard input and output. */
function tyst(args: readonly string[], environment: Readonly<Record<string, string>>, input = '') {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said, ended };
}

async function command(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
): Promise<void> {
  const { said, ended } = tyst(args, environment, input);
  if ((await ended) !== 0) throw new Error(`tyst ${args.join(' ')}: ${said.error}`);
}

/** People who save a call after the other, each again and again with its receipt until it is answered as stored. */
class Writers {
  /** The receipts that were acknowledged. */
  readonly acknowledged: string[] = [];
  private last = performance.now();
  private longest = 0;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>[];

  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {
    this.running = Array.from({ length: WRITERS }, () => this.write());
  }

  private async save(receipt: string): Promise<boolean> {
    const reply = await fetch(`${this.url}/api/v1/calls/${receipt}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Cookie: this.cookie },
      body: JSON.stringify({ answers: aConversation() }),
      signal: AbortSignal.timeout(10_000),
    });
    await reply.arrayBuffer();
    return reply.ok;
  }

  private async write(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const receipt = aReceipt();
      while (!(await this.save(receipt).catch(() => false))) await pause(50);
      const now = performance.now();
      this.longest = Math.max(this.longest, now - this.last);
      this.last = now;
      this.acknowledged.push(receipt);
    }
  }

  /** The longest time, in seconds, in which nobody was answered while some work went on, to well after it. */
  async without(work: () => Promise<void>): Promise<number> {
    this.longest = 0;
    await work();
    const before = this.acknowledged.length;
    await until(() => this.acknowledged.length > before + 10 * WRITERS, 120);
    return this.longest / 1000;
  }

  /** Whether anything is acknowledged within some seconds. */
  async goesOn(seconds: number): Promise<boolean> {
    const before = this.acknowledged.length;
    await pause(seconds * 1000);
    return this.acknowledged.length > before;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }
}

const hashOf = (receipt: string): string => createHash('sha256').update(receipt).digest('hex');

/** How many of the acknowledged calls are not there any more. */
async function lostOf(cluster: PatroniCluster, acknowledged: readonly string[]): Promise<number> {
  const rows =
    (await (
      await cluster.leader()
    )?.query(
      `SELECT encode(receipt_hash, 'hex') AS hash FROM intake.call
       UNION ALL SELECT encode(receipt_hash, 'hex') FROM intake.receipt_memory`,
      'tyst',
    )) ?? [];
  const there = new Set(rows.map(({ hash }) => String(hash)));
  return acknowledged.filter((receipt) => !there.has(hashOf(receipt))).length;
}

async function leaderOf(cluster: PatroniCluster): Promise<Node> {
  const found: Node[] = [];
  await until(async () => found.push(...[(await cluster.leader()) ?? []].flat()) > 0, 120);
  for (const leader of found) return leader;
  throw new Error('Nobody leads.');
}

/** Waits until some node leads that is another than this, and commits have somebody to wait for. */
async function untilOther(cluster: PatroniCluster, old: Node): Promise<void> {
  await until(async () => ![null, old].includes(await cluster.leader()), 180);
  await until(async () => (await cluster.namesOf('sync_standby')).length > 0, 180);
}

/** Waits until every node follows, one of them as the one that commits wait for. */
async function untilWhole(cluster: PatroniCluster): Promise<void> {
  await until(async () => {
    const leader = await cluster.leader();
    // What Patroni says of a node may be old; the server says to whom it is sending. One that steps down does not answer.
    const sent = await leader
      ?.query(`SELECT application_name AS name FROM pg_stat_replication WHERE state = 'streaming'`)
      .catch(() => []);
    const followers = new Set(sent?.map(({ name }) => String(name)));
    const others = cluster.nodes.filter((node) => node !== leader);
    const waitedFor = await cluster.namesOf('sync_standby');
    return leader !== null && waitedFor.length > 0 && others.every(({ name }) => followers.has(name));
  }, 180);
}

/** What a fault came to, in words. */
const without = (what: string, seconds: number) =>
  print(`${what}: nobody could save a call for ${seconds.toFixed(1)} s`);

/** Stops the leader's Patroni until another node leads, and lets it go on. Whether the old one acknowledged meanwhile. */
async function freeze(cluster: PatroniCluster, writers: Writers): Promise<boolean> {
  const old = await leaderOf(cluster);
  const answered: boolean[] = [];
  const seconds = await writers.without(async () => {
    old.signalPatroni('SIGSTOP');
    await untilOther(cluster, old);
    // The server of the old leader runs on, and nobody tells it. Whoever still reached it would not be answered.
    const written = old.query('CREATE TABLE on_the_old_leader AS SELECT 1').then(
      () => true,
      () => false,
    );
    answered.push(await Promise.race([written, pause(10_000, false)]));
  });
  without("leader's Patroni stopped, its server not", seconds);
  print(`  a commit on the old leader was answered within 10 s: ${answered.includes(true) ? 'YES' : 'no'}`);
  old.signalPatroni('SIGCONT');
  await untilWhole(cluster);
  const leader = await leaderOf(cluster);
  print(`  woken, it ${leader === old ? 'LEADS AGAIN' : 'follows'}`);
  return answered.includes(true);
}

/** Every fault in turn, while calls are saved. */
async function everyFault(
  cluster: PatroniCluster,
  writers: Writers,
  { seal, freezes }: { readonly seal: () => Promise<void>; readonly freezes: number },
): Promise<void> {
  const report = async () => {
    await seal();
    const acknowledged = [...writers.acknowledged];
    const lost = await lostOf(cluster, acknowledged);
    print(`  of ${acknowledged.length} acknowledged calls ${lost} are lost`);
    if (lost > 0) process.exitCode = 1;
  };
  const quiet = await writers.without(() => Promise.resolve());
  print(`nothing happens: the longest time between two answers is ${quiet.toFixed(2)} s`);

  const switched = await writers.without(async () => {
    const old = await leaderOf(cluster);
    await cluster.control('switchover', 'tyst', '--master', old.name, '--force');
    await untilOther(cluster, old);
  });
  without('switchover', switched);
  await untilWhole(cluster);
  await report();

  const cut = await writers.without(async () => {
    const old = await leaderOf(cluster);
    await old.cutPower();
    await untilOther(cluster, old);
    old.start();
  });
  without('leader killed, and its Patroni', cut);
  await untilWhole(cluster);
  await report();

  for (let time = 0; time < freezes; time += 1) {
    if (await freeze(cluster, writers)) process.exitCode = 1;
    await report();
  }

  const alone = await leaderOf(cluster);
  const others = cluster.nodes.filter((node) => node !== alone);
  await Promise.all(others.map((node) => node.cutPower()));
  // What was under way is answered or not before this.
  await writers.goesOn(1);
  const goesOn = await writers.goesOn(10);
  print(`without any standby, for 10 s: ${goesOn ? 'CALLS WERE ACKNOWLEDGED' : 'no call is acknowledged'}`);
  if (goesOn) process.exitCode = 1;
  for (const node of others) node.start();
  await writers.without(() => untilWhole(cluster));
  await report();
}

/** Starts Tyst on the cluster, signs somebody in, and lives through every fault. */
async function run(cluster: PatroniCluster, dataDir: string, freezes: number): Promise<void> {
  await untilWhole(cluster);
  await (await leaderOf(cluster)).query('CREATE DATABASE tyst');
  const password = encodeURIComponent(cluster.password);
  const environment = {
    TYST_DATA_DIR: dataDir,
    DATABASE_URL: `postgres://postgres:${password}@127.0.0.1:${cluster.leaderPort}/tyst`,
  };
  const server = tyst(['start'], environment);
  try {
    const greeting = /^Tyst is running at (http:\S+)$/m;
    await until(() => greeting.test(server.said.out), 120);
    const url = greeting.exec(server.said.out)?.[1] ?? '';
    const user = ['user', 'add', '--username', 'anna', '--role', 'handler', '--password-stdin'];
    await command(user, environment, `${PASSWORD}\n`);
    const signedIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'anna', password: PASSWORD }),
    });
    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const writers = new Writers(url, cookie);
    const seal = () => command(['seal', '--today'], environment);
    await everyFault(cluster, writers, { seal, freezes }).finally(() => writers.stop());
  } finally {
    server.child.kill('SIGTERM');
    await server.ended;
  }
}

const [protocol = 'etcd', freezes = '3'] = process.argv.slice(2);
if (protocol !== 'etcd' && protocol !== 'etcd3') throw new Error('usage: [etcd | etcd3] [times]');
const folder = mkdtempSync(join(tmpdir(), 'tyst-patroni-'));
chmodSync(folder, 0o755);
const identity = await chooseIdentity(folder, join(folder, 'cluster'));
if (identity !== null) chownSync(folder, identity.uid, identity.gid);
const dataDir = mkdtempSync(join(tmpdir(), 'tyst-patroni-data-'));
const cluster = await startPatroni(['a', 'b', 'c'], { folder, identity, protocol });
try {
  await run(cluster, dataDir, Number(freezes));
} finally {
  await cluster.stop();
  for (const made of [folder, dataDir])
    rmSync(made, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
