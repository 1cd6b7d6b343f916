/** What comes next over HTTP: the same however many calls there are, and a calendar for anybody. */
import request from 'supertest';
import { releaseStatusSchema } from '../../src/contract/release-status.js';
import { storeCall } from '../../src/intake/store.js';
import { startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { expectProblem } from './expect-problem.js';

const CALENDAR = '/api/v1/release-calendar';
const STATUS = '/api/v1/release-status';
/** Within the quarter, after it, as it may close, and after that. */
const moments = [
  '2026-11-12T12:00:00+01:00',
  '2027-01-01T00:00:00+01:00',
  '2027-01-07T03:59:59+01:00',
  '2027-01-07T04:00:00+01:00',
  '2027-02-01T12:00:00+01:00',
];

let app: TestApp;
beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
});
afterAll(() => app.close());

async function statuses(): Promise<string[]> {
  const texts: string[] = [];
  for (const moment of moments) {
    app.clock.set(moment);
    const supervisor = await app.as('supervisor');
    const { text, body } = await supervisor.get(STATUS).expect(200);
    expect(releaseStatusSchema.parse(body)).toEqual(body);
    texts.push(text);
  }
  return texts;
}

test('the status is the same, byte for byte, without a call and with many, sealed and not', async () => {
  const empty = await statuses();
  expect(empty.map((text) => (JSON.parse(text) as { next: { state: string } }).next.state)).toEqual([
    'running',
    'resting',
    'resting',
    'due',
    'due',
  ]);
  const call = (day: string) => ({
    receipt: aReceipt(),
    day,
    month: day.slice(0, 7),
    codes: codesOf(aConversation()),
  });
  for (let count = 0; count < 20; count += 1) await storeCall(app.database.intake, call('2026-11-11'));
  expect(await statuses()).toEqual(empty);
  await sealBefore(app.database, '2026-11-12');
  expect(await statuses()).toEqual(empty);
  await storeCall(app.database.intake, call('2026-11-12'));
  expect(await statuses()).toEqual(empty);
});

test('what is published and issued, typed in and opened changes it', async () => {
  app.clock.set('2027-01-08T12:00:00+01:00');
  const { owner } = app.database;
  await owner.query(`
    INSERT INTO published.quarter_plan VALUES ('2026-Q4', '{}', '{}') ON CONFLICT DO NOTHING;
    INSERT INTO published.period VALUES ('2026-11', 'month', '2026-Q4', '2026-12-03'),
      ('2026-12', 'month', '2026-Q4', '2027-01-03'), ('2026-Q4', 'quarter', '2026-Q4', '2027-01-07');
    INSERT INTO desk.unanswered VALUES ('2026-12', 4);
    INSERT INTO desk.setting VALUES ('open-releases', 'yes')`);
  const supervisor = await app.as('supervisor');
  const get = async () => releaseStatusSchema.parse((await supervisor.get(STATUS).expect(200)).body);
  expect(await get()).toMatchObject({
    open: true,
    ready: [{ period: '2026-Q4', withoutUnanswered: ['2026-10', '2026-11'] }],
    next: { quarter: '2027-Q1', state: 'running' },
  });
  await owner.query(`
    INSERT INTO published.release_key VALUES ('0123456789abcdef', 'a key');
    INSERT INTO published.release VALUES ('2026-Q4', 1, NULL, '2027-01-08', '0123456789abcdef');
    DELETE FROM desk.setting`);
  expect(await get()).toMatchObject({ open: false, ready: [] });
});

test('the calendar is there for anybody, in either language, with no cookie', async () => {
  app.clock.set('2026-11-12T12:00:00+01:00');
  const swedish = await request(app.server).get(CALENDAR).set('Accept-Language', 'en').expect(200);
  expect(swedish.headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'content-language': 'sv',
    'content-disposition': 'inline; filename="releases.ics"',
  });
  expect(swedish.headers).not.toHaveProperty('set-cookie');
  expect(swedish.text).toContain('SUMMARY:Statistik för kvartal 4 2026 kan publiceras\r\n');
  expect((await request(app.server).get(`${CALENDAR}?language=sv`)).text).toBe(swedish.text);
  const english = await request(app.server).get(`${CALENDAR}?language=en`).expect(200);
  expect(english.text).toContain('SUMMARY:Statistics for quarter 4 2026 may be published\r\n');
  for (const query of ['language=de', 'language=sv&language=en', 'organisation=x'])
    expect((await request(app.server).get(`${CALENDAR}?${query}`)).status).toBe(422);
  expectProblem(await (await app.as('handler')).get(STATUS), 'not-allowed');
});
