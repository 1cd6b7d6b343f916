/** Tyst in short, as whole processes: what `npm run check:node` tries under each Node. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { expect, test } from '../support/jest.js';
import { addUser, PASSWORD, send, setWorkshop, signIn } from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst } = workshop;
const environment = { TYST_DATA_DIR: join(folder, 'data') };

test('it starts, takes a call once, and closes, releases and verifies a quarter', async () => {
  const server = await workshop.start(environment, { link: true });
  const page = await send(server.url, 'GET', '/');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);

  const chosen = await send(server.url, 'POST', `/api/v1/invitations/${server.token ?? ''}`, {
    body: { password: PASSWORD, locale: 'sv' },
  });
  expect(chosen.status).toBe(200);
  expect(await addUser(workshop, environment, 'anna', 'handler')).toMatchObject({ code: 0, stderr: '' });
  const cookie = await signIn(server.url, 'anna');
  const receipt = aReceipt();
  const put = () =>
    send(server.url, 'PUT', `/api/v1/calls/${receipt}`, { cookie, body: { answers: aConversation() } });
  expect([(await put()).status, (await put()).status]).toEqual([201, 200]);

  for (const args of [
    ['seal', '--today'],
    ['import', join(projectRoot, 'test/keeping/calls/line-2017.csv')],
    ['close', '2017-Q1'],
    ['release', '2017-Q1', '--out', join(folder, 'release')],
    ['verify', join(folder, 'release')],
  ])
    expect({ args, ...(await tyst(args, environment)) }).toMatchObject({ args, code: 0, stderr: '' });
  expect(readdirSync(join(folder, 'release'))).toContain('report.sv.pdf');
  expect((await server.stop()).code).toBe(0);
});
