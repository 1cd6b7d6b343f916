import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from '../support/jest.js';

const built = new URL('../../dist/server/src/platform/child.js', import.meta.url).href;

/** Keeps its event loop from noticing that the parent goes, and then has something to tell it. */
const CHILD = `
import { tellParent, untilParentEnds } from ${JSON.stringify(built)};
const end = untilParentEnds();
console.log('here');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
console.log(process.connected);
tellParent({ kind: 'ready', port: 0 });
if (!end.aborted) await new Promise((resolve) => end.addEventListener('abort', resolve));
`;

test('a process that tells a parent who is just gone ends in order and in silence', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', CHILD], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  if (!child.stdout || !child.stderr) throw new Error('no pipes');
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  await once(child.stdout, 'data');
  child.disconnect();
  expect(await complained).toBe('');
  expect(await ended).toEqual([0, null]);
  expect(await said).toContain('true');
});
