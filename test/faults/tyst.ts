/** The built command line as processes of its own, as a person would run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { afterAll } from '../support/jest.js';
import { until } from '../support/until.js';
import { parentOf, runs } from './embedded-support.js';

const main = join(projectRoot, 'dist/server/app/main.js');

export const PASSWORD = 'en lång och god lösenfras';

/**
 * The time zone in which it is about noon. Where nothing else is said Tyst runs in it, so that neither its night nor
 * midnight, nor the end of a month, comes in the middle of a test.
 */
export const NOON = noonAt(new Date().getUTCHours());

function noonAt(hour: number): string {
  // The sign of these is the other way round: Etc/GMT-3 is ahead of Greenwich.
  return hour <= 12 ? `Etc/GMT-${12 - hour}` : `Etc/GMT+${hour - 12}`;
}

/** What a start says first where the key directory is left where it is by default, beside the embedded database. */
export const KEYS_BESIDE = '{"event":"keys-beside-database"}\n';

type Environment = Readonly<Record<string, string>>;
export interface How {
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Whether a set-up link is to be waited for. */
  readonly link?: boolean;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Outcome>;
}

/** A `tyst start` that has printed its address. */
export interface RunningTyst extends Launched {
  readonly url: string;
  /** The token of the set-up link; null where none was printed. */
  readonly token: string | null;
  /** Sends a signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Outcome>;
}

/** A folder of the test file's own, and every process it started; both are gone after its last test. */
export interface Workshop {
  readonly folder: string;
  /** Runs a command to its end. */
  readonly tyst: (
    args: readonly string[],
    environment: Environment,
    input?: string,
    how?: How,
  ) => Promise<Outcome>;
  /** Starts `tyst start` on a free port and waits until it has printed its address, and a link if one is due. */
  readonly start: (environment: Environment, how?: How) => Promise<RunningTyst>;
  /** Starts a command that is not waited for. */
  readonly begin: (args: readonly string[], environment: Environment, input?: string, how?: How) => Launched;
  /** Ends this process with the test file. */
  readonly track: (child: ChildProcess) => void;
}

/** Call it once at the top of a test file. */
export function setWorkshop(): Workshop {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tyst-faults-')));
  chmodSync(folder, 0o755);
  const children: ChildProcess[] = [];
  const track = (child: ChildProcess) => children.push(child);
  const launch = (...how: Parameters<typeof launchMain>) => {
    const launched = launchMain(...how);
    track(launched.child);
    return launched;
  };
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    // Without its parent, what is left ends by itself.
    await Promise.all(children.map((child) => hasClosed(child)));
    rmSync(folder, { recursive: true, force: true, maxRetries: 100, retryDelay: 100 });
  });
  return {
    folder,
    begin: launch,
    tyst: (args, environment, input, how) => launch(args, environment, input, how).ended,
    start: (environment, how = {}) => greeting(launch(['start'], environment, '', how), how),
    track,
  };
}

const hasClosed = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
      });

function launchMain(
  args: readonly string[],
  environment: Environment,
  input = '',
  { user = {} }: { user?: object } = {},
): Launched {
  const child = spawn(process.execPath, [main, ...args], {
    ...user,
    cwd: '/',
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      TYST_TIME_ZONE: NOON,
      PORT: '0',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = new Promise<Outcome>((resolve) => {
    // Not `close`: a process that was left behind may hold the pipes for a while.
    child.once('exit', (code, signal) => {
      setTimeout(() => {
        resolve({ code, signal, ...said });
      }, 50);
    });
  });
  return { child, pid: child.pid ?? 0, stdout: () => said.stdout, stderr: () => said.stderr, ended };
}

/** Waits until the address, and the link where one is due, are printed. */
async function greeting(launched: Launched, { link = false }: How): Promise<RunningTyst> {
  const { ended, stdout, stderr } = launched;
  const wanted = link
    ? /^Tyst is running at (http:\S+)$[^]*\/invitation#(\S+)/m
    : /^Tyst is running at (http:\S+)$/m;
  const over = ended.then(({ code }) => {
    throw new Error(`tyst start ended with ${String(code)}: ${stderr()}`);
  });
  over.catch(() => undefined);
  await Promise.race([until(() => wanted.test(stdout()), 120), over]);
  const [, url = '', token = null] = wanted.exec(stdout()) ?? [];
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    launched.child.kill(signal);
    return ended;
  };
  return { ...launched, url, token, stop };
}

/** Every process whose parent is this one, with its command line. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .flatMap((child) => {
      try {
        if (parentOf(child) !== pid) return [];
        return [{ pid: child, command: readFileSync(`/proc/${child}/cmdline`, 'utf8') }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** The number of a child of `tyst start` whose command line has this in it; undefined while there is none. */
export const childOf = (pid: number, words: string): number | undefined =>
  childrenOf(pid).find(({ command }) => command.includes(words))?.pid;

/** A process and everything below it. */
export function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap((child) => familyOf(child.pid))];
}

/** Those of the processes that still run. */
export const stillRunning = (pids: readonly number[]): number[] => pids.filter(runs);

/** A request to a running Tyst, as JSON. */
export async function send(
  url: string,
  method: string,
  path: string,
  { body, cookie, signal }: { body?: unknown; cookie?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Signs in and gives the Cookie header. Throws when that is refused. */
export async function signIn(url: string, username: string, password = PASSWORD): Promise<string> {
  const reply = await send(url, 'POST', '/api/v1/session', { body: { username, password } });
  if (reply.status !== 200) throw new Error(`signing in: ${reply.status}`);
  return (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

/** Adds an account that is ready. */
export async function addUser(
  { tyst }: Pick<Workshop, 'tyst'>,
  environment: Environment,
  username: string,
  role: string,
): Promise<Outcome> {
  const args = ['user', 'add', '--username', username, '--role', role, '--password-stdin'];
  return tyst(args, environment, `${PASSWORD}\n`);
}
