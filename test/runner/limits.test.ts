/** A test that hangs fails with its name, and the run ends, however slow a process is: what the runner does not see to. */
import { spawnSync } from 'node:child_process';
import { projectRoot } from '../../src/platform/project.js';
import { beforeAll, expect, test } from '../support/jest.js';

let run: { status: number | null; signal: NodeJS.Signals | null; text: string };

beforeAll(() => {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--config', 'test/runner/jest.config.js', '--verbose'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', TYST_TEST_LIMIT: '2000' },
      timeout: 120_000,
      killSignal: 'SIGKILL',
    },
  );
  run = { status, signal, text: stdout + stderr };
});

test('the run ends by itself, and fails', () => {
  expect(run).toMatchObject({ status: 1, signal: null });
});

test('a test that waits for ever fails with its name, and the next one is run', () => {
  expect(run.text).toMatch(
    /in-a-test\.ts\n {2}✕ waits for what never comes \(\d+ ms\)\n {2}✓ comes after it/,
  );
  expect(run.text).toContain('It was not over after 2 s.');
});

test('so does one line of a table alone', () => {
  expect(run.text).toMatch(/in-a-table\.ts\n {2}✓ waits in sv.*\n {2}✕ waits in en/);
});

test('a hook that waits for ever fails the tests it was for, with its name', () => {
  expect(run.text).toMatch(
    /in-a-hook\.ts\n {2}made ready by a hook\n {4}✕ \(beforeAll\)\n {4}✓ is not blamed/,
  );
});

test('an endless loop ends its process, which names it, and fails its file', () => {
  expect(run.text).toContain('Answers to nothing any more, so its process is ended: runs in circles\n');
  expect(run.text).toMatch(/FAIL test\/runner\/hung\/in-circles\.ts/);
});

test('a promise that is rejected unheard fails the file that left it', () => {
  expect(run.text).toMatch(/FAIL test\/runner\/hung\/left-unheard\.ts/);
  expect(run.text).toContain('nobody hears this');
});

test('what a test left open keeps nobody', () => {
  expect(run.text).toMatch(/PASS test\/runner\/hung\/left-open\.ts/);
});
