/** What is stored, replaced or withdrawn looks alike from outside: byte for byte on the socket, only the length counts. */
import { Agent, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '../../examples/client.js';
import { deleteCall, putCall } from '../../src/contract/api/calls.js';
import { padded } from '../../src/contract/api/padding.js';
import { signIn } from '../../src/contract/api/session.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt, aSilentCall } from '../support/calls.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { aSession } from './operations.js';
import { sendRaw, type RawReply } from './raw.js';

let app: TestApp;
let cookie: string;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
  cookie = await aSession(app, 'handler');
});
afterAll(() => app.close());

const json = ['Content-Type', 'application/json'] as const;
const target = (receipt: string) => `/api/v1/calls/${receipt}`;

/** As a browser asks, which takes compressed replies. */
const send = (method: string, receipt: string, body?: string, type = true): Promise<RawReply> =>
  sendRaw(app.server, {
    method,
    target: target(receipt),
    headers: [['Cookie', cookie], ['Accept-Encoding', 'gzip, deflate, br'], ...(type ? [json] : [])],
    ...(body === undefined ? {} : { body }),
  });
const put = (receipt: string, call: object) => send('PUT', receipt, padded(JSON.stringify(call), 1024));

test('stored, replaced or sent again, conversation or silent: every reply has one length', async () => {
  const one = aReceipt();
  const other = aReceipt();
  const conversation = { answers: aConversation() };
  const silent = { answers: aSilentCall() };
  const replies = {
    stored: await put(one, conversation),
    again: await put(one, conversation),
    replaced: await put(one, silent),
    'stored silent': await put(other, silent),
    'replaced silent': await put(other, { ...conversation, month: '2026-10' }),
    'stored short': await send('PUT', aReceipt(), JSON.stringify(silent)),
    'stored long': await send('PUT', aReceipt(), padded(JSON.stringify(silent), 8 * 1024)),
  };
  expect(Object.values(replies).map(({ status }) => status)).toEqual([201, 200, 200, 201, 200, 201, 201]);
  const length = replies.stored.text.length;
  for (const [name, { status, headers, body, text }] of Object.entries(replies)) {
    expect([name, text.length]).toEqual([name, length]);
    expect([name, headers['content-length']]).toEqual([name, String(body.length)]);
    expect([name, headers['content-type']]).toEqual([name, 'application/json; charset=utf-8']);
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(JSON.parse(body)).toEqual({ status: status === 201 ? 'stored' : 'replaced' });
  }
  // Each part alone too: a proxy may write the heads in its own way.
  const parts = ({ text, body }: RawReply) => [text.indexOf('\r\n'), text.indexOf('\r\n\r\n'), body.length];
  for (const reply of Object.values(replies)) expect(parts(reply)).toEqual(parts(replies.stored));
});

test('a call is withdrawn with a body that is as long, with another, and with none', async () => {
  const empty = padded('{}', 1024);
  const bodies: [string | undefined, boolean][] = [
    [empty, true],
    [' '.repeat(1024), true],
    [empty, false],
    [undefined, true],
    [undefined, false],
  ];
  const lengths = new Set<number>();
  for (const [body, type] of bodies) {
    const receipt = aReceipt();
    expect((await put(receipt, { answers: aSilentCall() })).status).toBe(201);
    const gone = await send('DELETE', receipt, body, type);
    expect([gone.status, gone.body]).toEqual([204, '']);
    lengths.add(gone.text.length);
    expect((await send('DELETE', receipt, body, type)).status).toBe(404);
  }
  expect(lengths.size).toBe(1);
});

test('a body that came with a withdrawal is not taken for the next request on the connection', async () => {
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const path = target(aReceipt());
  const headers = { Cookie: cookie, 'Content-Type': 'application/json', 'Content-Length': 1024 };
  const ask = (method: string, content: object) =>
    new Promise<[status: number | undefined, sameConnection: boolean]>((resolve, reject) => {
      const asked = request({ agent, port, path, method, headers }, (reply) => {
        reply.resume().on('end', () => {
          resolve([reply.statusCode, asked.reusedSocket]);
        });
      });
      asked.on('error', reject).end(padded(JSON.stringify(content), 1024));
    });
  expect(await ask('PUT', { answers: aSilentCall() })).toEqual([201, false]);
  expect(await ask('DELETE', {})).toEqual([204, true]);
  expect(await ask('PUT', { answers: aSilentCall() })).toEqual([201, true]);
  agent.destroy();
});

test('the client of the examples sends 1,024 bytes, for a conversation, a silent call and a withdrawal', async () => {
  const { port } = app.server.address() as AddressInfo;
  const client = new Client(`http://127.0.0.1:${port}`);
  await client.call(signIn, { body: { username: 'handler', password: PASSWORD } });
  const lengths: (string | undefined)[] = [];
  const note = ({ headers }: IncomingMessage) => lengths.push(headers['content-length']);
  app.server.on('request', note);
  const params = { receipt: aReceipt() };
  await client.call(putCall, { params, body: { answers: aConversation() } });
  await client.call(putCall, { params, body: { answers: aSilentCall(), month: '2026-10' } });
  await client.call(deleteCall, { params });
  app.server.off('request', note);
  expect(lengths).toEqual(['1024', '1024', '1024']);
});
