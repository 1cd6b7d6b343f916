/** What processes of this machine have used, from /proc: where there is none, nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a process; an empty text where it has ended, or there is no /proc. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** The fields of /proc/<pid>/stat after the name, which may have spaces in it. */
const fieldsOf = (pid: number): string[] => {
  const stat = read(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const PARENT = 1;
/** In user and in system mode: its own, and those of its children that have ended. */
const [OWN, ENDED] = [
  [11, 12],
  [13, 14],
];
const TICKS_A_SECOND = 100;

function everyProcess(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** A process and everything below it. */
export function familyOf(pid: number): number[] {
  const children = groupByParent(everyProcess());
  const below = (one: number): number[] => [one, ...(children.get(one) ?? []).flatMap(below)];
  return below(pid);
}

function groupByParent(pids: readonly number[]): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const pid of pids) {
    const parent = Number(fieldsOf(pid)[PARENT]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/** Those of a process's family whose command line has this in it. */
export const familyNamed = (pid: number, words: string): number[] =>
  familyOf(pid).filter((one) => read(one, 'cmdline').includes(words));

const secondsIn = (pid: number, places: readonly number[]): number => {
  const fields = fieldsOf(pid);
  return places.reduce((sum, place) => sum + Number(fields[place] ?? 0), 0) / TICKS_A_SECOND;
};

/** Seconds of processor that processes, and their children that have ended, have used until now. */
export const processorSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + secondsIn(pid, [...OWN, ...ENDED]), 0);

/** Seconds of processor that children of this process which have ended had used. */
export const endedSeconds = (): number => secondsIn(process.pid, ENDED);

/** The most memory, in bytes, that a process has had at once; 0 where it is not known. */
export const peakMemory = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) * 1024;

/** The number of a server's first process, from its cluster. */
export const postmasterOf = (cluster: string): number =>
  Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
