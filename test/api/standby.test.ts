/**
 * Published numbers from a real standby: the replies are the primary's, the primary is not asked, and whatever becomes of the
 * standby, nobody who asks notices. Calls and readiness have nothing to do with it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type request from 'supertest';
import { readingFrom, readingPrimary, type Reading } from '../../src/platform/standby.js';
import { issueRelease } from '../../src/release/issue.js';
import { dependenciesOf, publish } from '../release/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { replicated, type Replicated } from '../support/replicated.js';
import { until } from '../support/until.js';

const PERIODS = '/api/v1/statistics/periods';
const QUARTER = '2025-Q4';
const AWAY = 'statistics-standby-away';
const BACK = 'statistics-standby-back';

let house: Replicated;
let dataDir: string;
let app: TestApp;
let supervisor: ReturnType<typeof request.agent>;
let handler: ReturnType<typeof request.agent>;
/** Where the application reads published numbers; each test begins as a new process does. */
let reading: Reading;
let close: () => Promise<void>;
/** Milliseconds on its clock. */
let time: number;
let logged: string[];

beforeAll(async () => {
  house = await replicated();
  const { database } = house;
  app = await startApp('2026-10-01T12:00:00Z', { database, reading: (read) => reading(read) });
  dataDir = await mkdtemp(join(tmpdir(), 'tyst-standby-'));
  await publish(database, QUARTER);
  const issued = { period: QUARTER, reason: null, actor: 'siv' } as const;
  expect(await issueRelease(dependenciesOf(database, dataDir), issued)).toHaveProperty('revision', 1);
  const administrator = await app.as('administrator');
  await administrator.put('/api/v1/settings').send({ organisation: null, openReleases: true }).expect(204);
  [supervisor, handler] = await Promise.all([app.as('supervisor'), app.as('handler')]);
});
beforeEach(async () => {
  await house.caughtUp();
  time = 0;
  logged = [];
  const log = (event: string, facts = {}) => logged.push(JSON.stringify({ event, ...facts }));
  const { reader } = house.database;
  ({ reading, close } = readingFrom(reader, house.standbyUrl('reader'), log, () => time));
});
afterEach(async () => {
  await close();
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

const events = () => logged.map((line) => (JSON.parse(line) as { event: string }).event);

/** Everything that is read from a standby, as it is answered: whole, but for the moment. */
async function replies() {
  const file = `/open/${QUARTER}/tables.csv`;
  const etag = (await supervisor.get(file).expect(200)).headers['etag'] as string;
  const asked = [
    [PERIODS, {}, 200],
    [`${PERIODS}/${QUARTER}/tables`, {}, 200],
    [`${PERIODS}/${QUARTER}/tables/concern-top`, {}, 200],
    [`${PERIODS}/${QUARTER}/tables/concern-top`, { Accept: 'text/csv' }, 200],
    [`${PERIODS}/2031-Q4/tables`, {}, 404],
    ['/open', {}, 200],
    [`/open/en/${QUARTER}`, {}, 200],
    ['/open/catalogue.jsonld', {}, 200],
    [file, {}, 200],
    [file, { 'If-None-Match': etag }, 304],
  ] as const;
  return Promise.all(
    asked.map(async ([path, given, status]) => {
      const reply = await supervisor.get(path).set(given);
      expect([path, reply.status]).toEqual([path, status]);
      const { date: _, ...headers } = reply.headers as Record<string, string>;
      return { path, status, headers, text: reply.text };
    }),
  );
}

/** What the same asks of the primary gives. */
async function primarysReplies() {
  const ours = reading;
  reading = readingPrimary(house.database.reader);
  try {
    return await replies();
  } finally {
    reading = ours;
  }
}

/** What never asks a standby. */
async function expectCallsTaken() {
  const saved = await handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers: aConversation() });
  expect(saved.status).toBe(201);
  await handler.get('/health/ready').expect(200);
}

const listed = async (): Promise<string[]> => {
  const { body } = await supervisor.get(PERIODS).expect(200);
  return (body as { periods: { id: string }[] }).periods.map(({ id }) => id);
};

test('the primary is not asked, and the replies are the same to the letter', async () => {
  const { owner, reader } = house.database;
  const before = await primarysReplies();
  await replies();
  await house.lag();
  // On the primary alone: the standby hears nothing of it.
  await owner.query('REVOKE SELECT ON ALL TABLES IN SCHEMA published FROM tyst_reader');
  try {
    await expect(reader.query('SELECT 1 FROM published.period')).rejects.toMatchObject({ code: '42501' });
    expect(await replies()).toEqual(before);
  } finally {
    await owner.query('GRANT SELECT ON ALL TABLES IN SCHEMA published TO tyst_reader');
    await house.goOn();
  }
  expect(logged).toEqual([]);
});

test('what a standby has not heard of yet is not shown, and decided on all the same', async () => {
  await replies();
  await house.lag();
  await publish(house.database, '2026-Q2');
  expect(await listed()).not.toContain('2026-Q2');
  await supervisor.get(`${PERIODS}/2026-Q2/tables`).expect(404);
  await expectCallsTaken();
  const status = await supervisor.get('/api/v1/release-status').expect(200);
  expect(JSON.stringify(status.body)).toContain('2026-Q2');
  await house.goOn();
  expect(await listed()).toContain('2026-Q2');
  expect(logged).toEqual([]);
});

test('killed while it is asked: every request is answered; and it is asked again when it is back', async () => {
  const before = await primarysReplies();
  expect(await replies()).toEqual(before);
  let stopped = false;
  const crowd = Array.from({ length: 4 }, async () => {
    let answered = 0;
    for (; !stopped; answered += 1) await listed();
    return answered;
  });
  try {
    await house.kill();
    await until(() => events().length > 0, 30);
  } finally {
    stopped = true;
  }
  for (const answered of await Promise.all(crowd)) expect(answered).toBeGreaterThan(0);
  expect(await replies()).toEqual(before);
  await expectCallsTaken();
  time += 30_000;
  expect(await replies()).toEqual(before);
  expect(events()).toEqual([AWAY]);
  await house.comeBack();
  time += 30_000;
  expect(await replies()).toEqual(before);
  expect(events()).toEqual([AWAY, BACK]);
});

test('away at the start: as if there were none', async () => {
  const before = await primarysReplies();
  await house.kill();
  expect(await replies()).toEqual(before);
  await expectCallsTaken();
  expect(events()).toEqual([AWAY]);
  await house.comeBack();
  time += 30_000;
  expect(await replies()).toEqual(before);
  expect(events()).toEqual([AWAY, BACK]);
});

test('behind by a migration: the primary answers until it has it', async () => {
  const { owner } = house.database;
  const before = await primarysReplies();
  const [latest]: { timestamp: string; name: string }[] = await owner.query(
    'SELECT timestamp, name FROM tyst_migration ORDER BY id DESC LIMIT 1',
  );
  await owner.query('DELETE FROM tyst_migration WHERE name = $1', [latest?.name]);
  await house.caughtUp();
  await house.lag();
  await owner.query('INSERT INTO tyst_migration (timestamp, name) VALUES ($1, $2)', [
    latest?.timestamp,
    latest?.name,
  ]);
  expect(await replies()).toEqual(before);
  await expectCallsTaken();
  time += 30_000;
  expect(await listed()).toContain(QUARTER);
  expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'OlderSchema' })]);
  await house.goOn();
  time += 30_000;
  expect(await listed()).toContain(QUARTER);
  expect(events()).toEqual([AWAY, BACK]);
});

test('a statement that it cancels, because the primary goes on, is answered by the primary', async () => {
  const { owner, reader } = house.database;
  await replies();
  const table = 'published.release_key_withdrawal';
  const asked = reading(async (where) => {
    if (where === reader) return 'primary';
    await where.query(`SELECT count(*), pg_sleep(60) FROM ${table}`);
    return 'standby';
  });
  const held = `SELECT 1 FROM pg_locks WHERE relation = '${table}'::regclass AND granted`;
  await until(async () => (await house.ask(held)).length > 0, 10);
  await owner.transaction((transaction) => transaction.query(`LOCK TABLE ${table}`));
  expect(await asked).toBe('primary');
  expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'QueryFailedError', code: '40001' })]);
});
