/** The database goes away, and comes back: every route says so, and finds its way again by itself. */
import { createServer } from 'node:http';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { deskEntities } from '../../src/desk/entities.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import type { RoleName } from '../../src/platform/roles.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { startRelay, type Relay } from '../support/relay.js';
import { expectProblem } from './expect-problem.js';
import {
  aSession,
  documentOf,
  nameOf,
  operationsOf,
  sampleBody,
  samplePath,
  type Operation,
} from './operations.js';

let whole: TestApp;
let app: TestApp;
let relay: Relay;
let operations: Operation[];
let Cookie: string;

beforeAll(async () => {
  whole = await startApp();
  relay = await startRelay(whole.database.installation.ownerUrl);
  const open = (role: RoleName) =>
    connect({ url: relay.through(roleUrl(whole.database.installation, role)), entities: deskEntities });
  const [intake, reader, desk] = await Promise.all([open('intake'), open('reader'), open('desk')]);
  const { clock, logged } = whole;
  const log = (event: string) => logged.push(event);
  const server = createServer(createApp({ database: { intake, reader, desk }, clock, log }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await Promise.all([intake, reader, desk].map((pool) => pool.destroy()));
  };
  app = { ...whole, server, close };
  operations = operationsOf(await documentOf(app));
  Cookie = await aSession(whole, 'handler');
});
afterAll(async () => {
  await app.close();
  await relay.stop();
  await whole.close();
});

const get = (path: string) => request(app.server).get(path).set('Cookie', Cookie);

/** The routes that answer without the database. */
const independent = ['GET /api/v1/openapi.json', 'GET /api/v1/release-calendar', 'GET /health/live'];

describe('the database is gone', () => {
  test('before: it is ready', async () => {
    await get('/health/ready').expect(200, { status: 'ok' });
    await get('/api/v1/session').expect(200);
  });

  test('meanwhile: 503 from every route that needs it, with Retry-After, and not a line in the log', async () => {
    await relay.stop();
    for (const operation of operations) {
      const client = request(app.server);
      const sent = client[operation.method as 'get'](samplePath(operation)).set('Cookie', Cookie);
      const reply = await (operation.requestBody === undefined ? sent : sent.send(sampleBody(operation)));
      if (independent.includes(nameOf(operation))) {
        expect(reply.status).toBe(200);
        continue;
      }
      expect([nameOf(operation), reply.status]).toEqual([nameOf(operation), 503]);
      expectProblem(reply, 'unavailable');
      expect(reply.headers['retry-after']).toMatch(/^[1-9]\d{0,2}$/);
      expect(Object.keys(operation.responses)).toContain('503');
    }
    // Whether the releases are open cannot be known, and is not told.
    expectProblem(await get('/open'), 'unavailable');
    expectProblem(await get('/open/2026-Q3'), 'unavailable');
    expect(whole.logged).toEqual([]);
  });

  test('afterwards: everything works again', async () => {
    await relay.start();
    await get('/health/ready').expect(200);
    await get('/api/v1/session').expect(200);
    await get('/api/v1/vocabulary').expect(200);
  });

  test('one that takes connections and says nothing is away too, after five seconds', async () => {
    relay.fallSilent();
    expectProblem(await get('/health/ready'), 'unavailable');
    relay.speakAgain();
    await get('/health/ready').expect(200);
    expect(whole.logged).toEqual([]);
  });
});
