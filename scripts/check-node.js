/**
 * Builds and starts Tyst under the oldest and the newest release of each Node that `engines` names, and lets a call go
 * all the way (test/faults/smoke.test.ts). Each Node comes from npm for the moment. Exits with 1 when one of them fails.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Runs the given Node, and returns whether it ended well. */
const node = (version, ...args) =>
  spawnSync('npx', ['--yes', '--package', `node@${version}`, 'node', ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  }).status === 0;

function works(version) {
  process.stdout.write(`\nNode ${version}\n`);
  // Without these the build takes what another Node has built for current.
  for (const part of ['server', 'web']) rmSync(join(root, 'dist', part, '.sources'), { force: true });
  return (
    node(version, '--print', 'process.version') &&
    node(version, 'scripts/build.js') &&
    node(version, 'node_modules/jest/bin/jest.js', 'test/faults/smoke.test.ts')
  );
}

const versions = engines.node.split(' || ').flatMap((range) => [range.replace('^', ''), range]);
const failing = versions.filter((version) => !works(version));
process.stdout.write(`\ntried ${versions.join(', ')}; failing: ${failing.join(', ') || 'none'}\n`);
process.exitCode = failing.length > 0 ? 1 : 0;
