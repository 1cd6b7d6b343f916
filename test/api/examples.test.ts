/** The examples of the API do what they say, against the running application. */
import { execFile, execFileSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Client, Refused } from '../../examples/client.js';
import { putCall } from '../../src/contract/api/calls.js';
import { endpoint } from '../../src/contract/api/endpoint.js';
import { getLive } from '../../src/contract/api/process.js';
import { getSession, signIn, signOut } from '../../src/contract/api/session.js';
import { projectRoot } from '../../src/platform/project.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';

const run = promisify(execFile);
let app: TestApp;
let origin: string;

beforeAll(async () => {
  app = await startApp();
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(() => app.close());

const environment = (password: string) => ({ ...process.env, TYST_PASSWORD: password });
const example = (name: string) => join(projectRoot, 'examples', name);
const callsLeft = async () => app.database.owner.query<unknown[]>('SELECT 1 FROM intake.call');

describe('the client', () => {
  const client = () => new Client(origin);

  test('keeps the cookie of the session, and gives replies as the contract has them', async () => {
    const one = client();
    const body = { username: 'handler', password: PASSWORD };
    const { user } = await one.call(signIn, { body });
    expect(user).toEqual({ username: 'handler', role: 'handler', locale: 'sv' });
    expect(await one.call(getSession, {})).toEqual({ user });
    await one.call(signOut, {});
    await expect(one.call(getSession, {})).rejects.toMatchObject({
      status: 401,
      problem: { type: '/problems/not-signed-in' },
    });
  });

  test('throws what is refused, with the problem as it came', async () => {
    const refused = client().call(putCall, { params: { receipt: aReceipt() }, body: { answers: {} } });
    await expect(refused).rejects.toBeInstanceOf(Refused);
  });

  test('throws where a reply is not as its endpoint says', async () => {
    const other = endpoint({
      ...getLive,
      replies: { 200: { description: 'It runs', schema: z.strictObject({ status: z.literal('no') }) } },
    });
    expect(await client().call(getLive, {})).toEqual({ status: 'ok' });
    await expect(client().call(other, {})).rejects.toThrow('invalid');
  });
});

describe('logging a call', () => {
  test('in TypeScript: stored once, replaced, and withdrawn', async () => {
    const { stdout } = await run(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), example('log-a-call.ts'), origin, 'handler'],
      { env: environment(PASSWORD), cwd: projectRoot },
    );
    expect(stdout).toMatch(
      /^signed in as handler\nvocabulary \d+: 6 questions are asked\nstored\nreplaced\nwithdrawn\n$/,
    );
    expect(await callsLeft()).toEqual([]);
  });

  const hasCurl = (() => {
    try {
      execFileSync('curl', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();

  (hasCurl ? test : test.skip)('with curl: stored once, replaced, and withdrawn', async () => {
    const { stdout } = await run('sh', [example('log-a-call.sh'), origin, 'handler'], {
      env: environment(PASSWORD),
    });
    expect(stdout).toBe(
      [
        '{"user":{"username":"handler","role":"handler","locale":"sv"}} 200',
        ' 200',
        `${'{"status":"stored"}'.padEnd(32)} 201`,
        `${'{"status":"replaced"}'.padEnd(32)} 200`,
        ' 204',
        '',
      ].join('\n'),
    );
    expect(await callsLeft()).toEqual([]);
    const refused = run('sh', [example('log-a-call.sh'), origin, 'handler'], { env: environment('wrong') });
    await expect(refused).rejects.toHaveProperty('stdout', expect.stringContaining('wrong-credentials'));
  });
});
