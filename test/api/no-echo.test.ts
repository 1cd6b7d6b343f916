/**
 * Whatever is sent, in whatever field of whatever request, comes back in no reply and appears in no log.
 *
 * What a contract says of a thing that was stored is no echo: GET /session names the account, the list of releases
 * gives the reason of a revision and the foreword, a sign-in with the right password says whose account it was, GET /directory
 * the organisations that were put there, and an administrator reads accounts, events and settings. None of these can carry what is sent here, because no release is issued, and a
 * marked name or setting is gone before the next request.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import fc from 'fast-check';
import { roleSchema, type Role } from '../../src/contract/session.js';
import { databaseOf } from '../../src/platform/database.js';
import { publish } from '../release/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import {
  anyBody,
  anyContentType,
  anyCookie,
  anyHeaders,
  anyStray,
  anyTarget,
  everyBody,
  everyTarget,
  MARK,
} from './markers.js';
import {
  aSession,
  documentOf,
  nameOf,
  operationsOf,
  sampleBody,
  samplePath,
  type Operation,
} from './operations.js';
import { sendRaw, type RawReply, type RawRequest } from './raw.js';

/** Requests made of each operation. */
const RUNS = 15;

/** How often as many again are made of an operation whose guards turned every one away. */
const ROUNDS = 20;

/** What is answered by an operation itself, past the checks of who asks and of the form. */
const WITHIN = [200, 201, 204, 404, 409, 422];

let app: TestApp;
let operations: Operation[];
let listening: ReturnType<typeof listen>;
let logStart: number;

const logFile = () => openSync(join(process.env['TYST_TEST_DATA_DIR'] ?? '', 'postgres.log'), 'r');

/** What the database server has logged since this file began. */
function databaseLog(): string {
  const file = logFile();
  const bytes = Buffer.alloc(fstatSync(file).size - logStart);
  readSync(file, bytes, 0, bytes.length, logStart);
  closeSync(file);
  return bytes.toString('latin1');
}

/**
 * Lets the database log every error with its statement and detail, as a server that is rented does out of the box;
 * the embedded one keeps to what ends a connection.
 */
async function logAsOthersDo(): Promise<void> {
  const { owner, installation } = app.database;
  const settings = {
    log_min_messages: 'warning',
    log_min_error_statement: 'error',
    log_error_verbosity: 'default',
  };
  for (const [name, value] of Object.entries(settings))
    await owner.query(`ALTER DATABASE "${databaseOf(installation.ownerUrl)}" SET ${name} = '${value}'`);
  // The pools open new connections, and these have the new settings.
  await owner.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** Keeps what anything in this process writes, past the application's own log. */
function listen() {
  const written: string[] = [];
  const restore: (() => void)[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
      written.push(Buffer.from(chunk as Uint8Array).toString('latin1'));
      return write(chunk, ...rest);
    };
    restore.push(() => (stream.write = write));
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    const spoken = globalThis.console[name].bind(globalThis.console);
    globalThis.console[name] = (...words: unknown[]) => {
      written.push(words.map(String).join(' '));
      spoken(...words);
    };
    restore.push(() => (globalThis.console[name] = spoken));
  }
  return {
    written,
    stop: () => {
      for (const back of restore) back();
    },
  };
}

beforeAll(async () => {
  app = await startApp();
  await publish(app.database, '2026-Q3');
  await logAsOthersDo();
  operations = operationsOf(await documentOf(app));
  const file = logFile();
  logStart = fstatSync(file).size;
  closeSync(file);
  listening = listen();
});
afterAll(async () => {
  listening.stop();
  await app.close();
});

const has = (text: string) => text.toLowerCase().includes(MARK);

let addresses = 0;
const anAddress = () => {
  addresses += 1;
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
};

async function send(request: RawRequest): Promise<RawReply> {
  const reply = await sendRaw(app.server, request);
  // A server that says nothing at all says nothing back; it does so only to what is hardly HTTP.
  expect([reply.status === 500, has(reply.text) ? reply.text : '']).toEqual([false, '']);
  return reply;
}

/** Takes away what an administrator's request may rightly have stored, and a later one rightly reads. */
async function forgetStored(): Promise<void> {
  // A limit on the many failures of one name would hide what a failure itself says.
  await app.database.owner.query(`
    DELETE FROM desk.sign_in_failure; DELETE FROM desk.setting; DELETE FROM desk.organisation;
    DELETE FROM desk.account WHERE username NOT IN ('handler', 'supervisor', 'administrator');
    DELETE FROM desk.event WHERE subject LIKE '%${MARK}%'`);
}

/** The roles the document names; none where anybody may. */
const mayUse = ({ description = '' }: Operation): Role[] =>
  roleSchema.options.filter((role) => description.includes(role));

/** Mostly somebody who may, so that most requests get past the guard. */
function anybody(operation: Operation): fc.Arbitrary<Role | null> {
  const may = mayUse(operation);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(may.length === 0 ? roleSchema.options : may)) },
    { weight: 1, arbitrary: fc.constantFrom<Role | null>(null, ...roleSchema.options) },
  );
}

/** Sends what an operation's fields may hold, as one of everybody who may come. */
function property(operation: Operation, statuses: Set<number>) {
  const parts = fc.record({
    target: anyTarget(operation),
    headers: anyHeaders,
    contentType: anyContentType,
    body: anyBody(operation),
    role: anybody(operation),
    cookie: anyCookie,
  });
  return fc.asyncProperty(parts, async ({ target, headers, contentType, body, role, cookie }) => {
    const session = role === null ? null : await aSession(app, role);
    await forgetStored();
    const reply = await send({
      method: operation.method.toUpperCase(),
      target,
      headers: [['X-Forwarded-For', anAddress()], ['Cookie', cookie(session)], ...contentType, ...headers],
      ...(body === '' ? {} : { body }),
    });
    statuses.add(reply.status);
  });
}

describe('nothing that is sent comes back', () => {
  test('from any operation', async () => {
    const shut: string[] = [];
    for (const operation of operations) {
      const statuses = new Set<number>();
      const reached = () => WITHIN.some((status) => statuses.has(status));
      for (let round = 0; round < ROUNDS && !reached(); round += 1)
        await fc.assert(property(operation, statuses), { numRuns: RUNS });
      if (!reached()) shut.push(nameOf(operation));
    }
    // A route that no request got to has not been tried.
    expect(shut).toEqual([]);
  }, 180_000);

  test('from any one field of an otherwise sound request', async () => {
    let requests = 0;
    for (const operation of operations) {
      const whole = operation.requestBody === undefined ? '' : JSON.stringify(sampleBody(operation));
      const cases: { target: string; body: string }[] = [
        ...[...everyTarget(operation)].map((target) => ({ target, body: whole })),
        ...[...new Set(everyBody(operation))].map((body) => ({ target: samplePath(operation), body })),
      ];
      for (const { target, body } of cases) {
        await forgetStored();
        await send({
          method: operation.method.toUpperCase(),
          target,
          headers: [
            ['X-Forwarded-For', anAddress()],
            ['Cookie', await aSession(app, mayUse(operation)[0] ?? 'handler')],
            ['Content-Type', 'application/json'],
          ],
          ...(body === '' ? {} : { body }),
        });
        requests += 1;
      }
    }
    expect(requests).toBeGreaterThan(200);
  }, 180_000);

  test('from anywhere else', async () => {
    await fc.assert(
      fc.asyncProperty(anyStray, async (request) => {
        await send(request);
      }),
      { numRuns: 3 * RUNS },
    );
  });

  test('and nothing of it was logged: not by the application, this process or the database', () => {
    expect(app.logged).toEqual([]);
    expect(listening.written.filter(has)).toEqual([]);
    expect(has(databaseLog())).toBe(false);
  });
});

describe('an echo would have been found', () => {
  test('in a header, a path or a body, whole or quoted in part', async () => {
    const echo = express();
    echo.use(express.json());
    echo.get('/header', (request, response) => {
      response.set('X-Back', request.get('user-agent')).end();
    });
    echo.use((request, response) => {
      response.status(404).send(`Cannot ${request.method} ${request.path}`);
    });
    echo.use(((error: Error, _request, response, _next) => {
      response.status(400).send(error.message);
    }) satisfies express.ErrorRequestHandler);
    const server = createServer(echo);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const json = ['Content-Type', 'application/json'] as const;
    const requests: RawRequest[] = [
      { method: 'GET', target: '/header', headers: [['User-Agent', MARK]] },
      { method: 'GET', target: `/${MARK}` },
      { method: 'POST', target: '/', headers: [json], body: `{"a":x${MARK.repeat(1400)}` },
    ];
    for (const request of requests) expect(has((await sendRaw(server, request)).text)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
  });

  test('in the logs', async () => {
    const said = listening.written.length;
    process.stderr.write('a line for the test\n');
    expect(listening.written.slice(said).join('')).toContain('a line for the test');
    // A statement that makes the server quote a value. It is not the mark, which is looked for above.
    await expect(app.database.desk.query('SELECT $1::text::integer', ['q9-in-the-log'])).rejects.toThrow();
    expect(databaseLog()).toContain('q9-in-the-log');
  });
});
