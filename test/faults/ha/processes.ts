/** The processes that these scripts start: what they say, and their end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { until } from '../../support/until.js';

/** A user of the system by its numbers; one without a name is as good as another. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  /** Everything it has said so far. */
  readonly said: () => string;
  readonly ended: Promise<Outcome>;
  readonly hasEnded: () => boolean;
  readonly kill: (signal: NodeJS.Signals) => void;
}

interface How {
  readonly user?: User;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const started: ChildProcess[] = [];

const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** Starts a program. It sees nothing of our environment but the path. */
export function start(
  program: string,
  args: readonly string[],
  { user, environment = {}, input = '' }: How = {},
): Started {
  const child = spawn(program, [...args], {
    ...user,
    cwd: '/',
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started.push(child);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...said });
    });
  });
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    said: () => said.stdout + said.stderr,
    ended,
    hasEnded: () => isOver(child),
    kill: (signal) => child.kill(signal),
  };
}

/** Runs a program to its end. Throws, with its own words, where that is not a good one. */
export async function run(program: string, args: readonly string[], how: How = {}): Promise<Outcome> {
  const outcome = await start(program, args, how).ended;
  if (outcome.code !== 0)
    throw new Error(`${program} ${args[0] ?? ''} ended with ${String(outcome.code)}: ${outcome.stderr}`);
  return outcome;
}

/** Ends whatever still runs of what was started here. */
export async function endAll(): Promise<void> {
  for (const child of started) if (!isOver(child)) child.kill('SIGKILL');
  await until(() => started.every(isOver), 30);
}

/** A process's parent: field 4 of its stat, after the name, which may have anything in it. */
function parentOf(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** The processes whose parent is this one. */
export function childrenOf(pid: number): { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (parentOf(name) !== pid) return [];
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** Whether a process is there and not only waits for its parent to hear of its end. */
export function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
