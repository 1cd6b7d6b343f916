/** The command as a person runs it, in a temporary directory of its own, which must be empty when it has ended. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { closableFrom, localTime, quartersOfYear } from '../../src/contract/period.js';
import { periodListSchema } from '../../src/contract/statistics.js';
import { projectRoot } from '../../src/platform/project.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';

const TIME_ZONE = 'Europe/Stockholm';
const MINUTES = 60_000;

let temporary: string;
let started: ChildProcess[];

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'tyst-'));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

interface Demo {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly exited: Promise<number | null>;
}

/** Starts the demo with settings that it must not use. */
function startDemo(): Demo {
  const child = spawn(process.execPath, [join(projectRoot, 'bin/tyst.js'), 'demo'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      TMPDIR: temporary,
      TYST_TIME_ZONE: TIME_ZONE,
      TYST_DATA_DIR: join(temporary, 'real-data'),
      TYST_SECRET_FILE: join(temporary, 'real-secret'),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/real',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, out: () => out, err: () => err, exited };
}

/** What the pattern's first group finds in a text that grows; fails when the demo ends without it. */
async function awaitText({ child, err }: Demo, text: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(text());
    if (found !== null) return found[1] ?? found[0];
    if (child.exitCode !== null) throw new Error(`The demo ended: ${err()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The process number of the demo's database server. */
function postmaster(): number {
  const [directory = ''] = readdirSync(temporary).filter((name) => name.startsWith('tyst-demo-'));
  const file = readFileSync(join(temporary, directory, 'postgres/postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function signIn(address: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(response.status).toBe(200);
  const { user } = z.object({ user: z.object({ role: z.string() }) }).parse(await response.json());
  expect(`demo-${user.role}`).toBe(username);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** The last year that was over a week ago. */
function expectedYear(): string {
  const { day } = localTime(new Date(), TIME_ZONE);
  const years = [1, 2].map((ago) => String(Number(day.slice(0, 4)) - ago));
  return years.find((year) => closableFrom(`${year}-Q4`) <= day) ?? '';
}

describe('tyst demo', () => {
  test(
    'shows a published year to its accounts until it is stopped, and leaves nothing',
    async () => {
      const demo = startDemo();
      const address = await awaitText(demo, demo.out, /Tyst is running at (\S+)/);
      const year = expectedYear();

      expect(demo.out()).toMatch(/^\s*DEMO\./);
      expect(demo.out()).not.toContain('/invitation#');
      expect(demo.err()).toContain('TYST_DATA_DIR, TYST_KEY_DIR and DATABASE_URL are not used');
      expect((await fetch(`${address}/health/ready`)).status).toBe(200);

      const password = /one password: +(\S+)/.exec(demo.out())?.[1] ?? '';
      await signIn(address, 'demo-handler', password);
      await signIn(address, 'demo-administrator', password);
      const cookie = await signIn(address, 'demo-supervisor', password);
      const read = (path: string) => fetch(`${address}/api/v1${path}`, { headers: { cookie } });

      const { periods } = periodListSchema.parse(await (await read('/statistics/periods')).json());
      const ids = (kind: string) => periods.filter((period) => period.kind === kind).map(({ id }) => id);
      expect(ids('quarter')).toEqual(quartersOfYear(year));
      expect(ids('year')).toEqual([year]);
      expect(ids('month')).toHaveLength(12);
      expect(new Set(periods.map(({ plan }) => plan.preset))).toEqual(new Set(['large']));
      const contacts = periods.find(({ id }) => id === year)?.totals.contacts;
      const total = contacts && 'value' in contacts ? contacts.value : NaN;
      expect(Math.abs(total - 4_200)).toBeLessThan(100);

      for (const quarter of quartersOfYear(year))
        expect((await read(`/releases/${quarter}/tables.csv`)).status).toBe(200);
      expect((await read(`/releases/${year}/tables.csv`)).status).toBe(404);

      const server = postmaster();
      expect(runs(server)).toBe(true);
      expect(readdirSync(temporary).filter((name) => name.startsWith('real-'))).toEqual([]);
      demo.child.kill('SIGINT');
      expect(await demo.exited).toBe(0);
      expect(runs(server)).toBe(false);
      expect(readdirSync(temporary)).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    'leaves nothing when it is stopped while it prepares',
    async () => {
      const demo = startDemo();
      await awaitText(demo, demo.err, /adding three accounts/);
      const server = postmaster();
      expect(runs(server)).toBe(true);
      demo.child.kill('SIGTERM');
      expect(await demo.exited).toBe(0);
      expect(demo.out()).toBe('');
      expect(runs(server)).toBe(false);
      expect(readdirSync(temporary)).toEqual([]);
    },
    5 * MINUTES,
  );
});
