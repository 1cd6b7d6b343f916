/**
 * How long a command takes to load, from the few files that are run and from the many they are made of. One after the
 * other in turn, so that both meet the same machine.
 *
 * usage: npm run bench:load
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../src/platform/project.js';

const RUNS = 15;

/** Milliseconds until a command that finds nothing to do has ended. It loads what every command on a release loads. */
function run(main: string): number {
  const began = performance.now();
  spawnSync(process.execPath, [join(projectRoot, main), 'verify', join(projectRoot, 'no-such-folder')]);
  return performance.now() - began;
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

const [few, many]: [number[], number[]] = [[], []];
for (let count = 0; count < RUNS; count += 1) {
  few.push(run('dist/server/app/main.js'));
  many.push(run('dist/server/src/main.js'));
}
process.stdout.write(
  `a few files ${median(few).toFixed(0)} ms, many ${median(many).toFixed(0)} ms, ` +
    `ratio ${(median(few) / median(many)).toFixed(2)} (median of ${RUNS})\n`,
);
