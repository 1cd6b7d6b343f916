import { parse } from 'csv-parse/sync';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { createApp } from '../../src/app.js';
import { quartersOfYear } from '../../src/contract/period.js';
import { toNumber } from '../../src/contract/plan.js';
import type { Role } from '../../src/contract/session.js';
import {
  periodListSchema,
  publishedTableSchema,
  tableListSchema,
  type PeriodSummary,
} from '../../src/contract/statistics.js';
import { tableCsvHeader } from '../../src/contract/table-csv.js';
import { storeCall } from '../../src/intake/store.js';
import { addUser } from '../../src/desk/people/accounts.js';
import { readAudit, readPeriod } from '../../src/statistics/read.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aQuarter } from '../statistics/builders.js';
import { olderQueries } from '../support/older-queries.js';
import { fill, numbers, plan, publish } from '../statistics/published.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';

const PASSWORD = 'correct horse battery';
const API = '/api/v1';
const PERIODS = `${API}/statistics/periods`;
const clock = standingClock('2026-05-20T10:00:00+02:00');

let database: TestDatabase;
let app: Express;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  database = await freshDatabase(clock);
  app = createApp({ database, clock, log: () => undefined });
  for (const role of ['handler', 'supervisor', 'administrator'] as const) {
    await addUser(database.desk, { username: role, role, password: PASSWORD }, clock);
    const reply = await request(app)
      .post(`${API}/session`)
      .send({ username: role, password: PASSWORD })
      .expect(200);
    cookies.set(role, (reply.get('Set-Cookie') ?? []).map((cookie) => cookie.split(';')[0]).join('; '));
  }
});

afterAll(async () => {
  await database.destroy();
});

const get = (path: string, role: Role | null = 'supervisor') => {
  const sent = request(app).get(path);
  return role === null ? sent : sent.set('Cookie', cookies.get(role) ?? '');
};

const bodyOf = async (path: string): Promise<unknown> => (await get(path).expect(200)).body;

describe('before anything is published', () => {
  test('there are no periods', async () => {
    expect((await get(PERIODS).expect(200)).body).toEqual({ periods: [] });
  });
});

describe('published numbers', () => {
  beforeAll(async () => {
    // 2025 whole, of 2026 the first quarter and one month of the second, whose plan is frozen.
    for (const quarter of quartersOfYear('2025')) await publish(database, aQuarter({ quarter, plan, fill }));
    await publish(database, aQuarter({ quarter: '2026-Q1', plan, fill }));
    const tiny = smallPlan('tiny');
    await publish(database, aQuarter({ quarter: '2026-Q2', plan: tiny, closed: ['2026-04'] }));
    const codes = codesOf(aConversation());
    await storeCall(database.intake, { receipt: aReceipt(), day: '2026-05-20', month: '2026-05', codes });
  });

  const summaries = async (): Promise<PeriodSummary[]> =>
    periodListSchema.parse((await get(PERIODS).expect(200)).body).periods;
  const summary = async (id: string) => (await summaries()).find((period) => period.id === id);

  test('the periods are listed with their plan and totals', async () => {
    const ids = (await summaries()).map(({ id }) => id);
    expect(ids).toHaveLength(1 + 12 + 4 + 3 + 1 + 1);
    expect(ids.filter((id) => id.startsWith('2026'))).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-Q1',
    ]);
    const thirds = { month: 1206, kind: 1165 };
    const contacts = Math.round((thirds.month / 3 + thirds.kind / 6) / (1 / 3 + 1 / 6));
    // kind=conversation 903 (1 cell), months 658 (9), cross table 659 (9), ages 661 (3), outcomes 909 (6).
    const weights = 1 + 1 / 9 + 1 / 9 + 1 / 3 + 1 / 6;
    const conversations = Math.round((903 + 658 / 9 + 659 / 9 + 661 / 3 + 909 / 6) / weights);
    expect(await summary('2026-Q1')).toEqual({
      id: '2026-Q1',
      kind: 'quarter',
      publishedOn: '2026-12-04',
      plan: { preset: 'own', rho: 0.5, sigma2: 9, threshold: 10, step: 1 },
      totals: { contacts: { value: contacts }, conversations: { value: conversations } },
      uncertainty: {
        contacts: Math.ceil(1.96 * Math.sqrt(9 * 2)),
        conversations: Math.ceil(1.96 * Math.sqrt(9 / weights)),
      },
      countedFrom: null,
      begunAnew: [],
    });
    expect(await summary('2026-01')).toMatchObject({
      kind: 'month',
      totals: { contacts: { value: 401 }, conversations: { value: 306 } },
    });
    expect(await summary('2026-04')).toMatchObject({
      kind: 'month',
      totals: { contacts: null, conversations: null },
      uncertainty: { contacts: null, conversations: null },
    });
    const year = (4 * (thirds.month / 3 + thirds.kind / 6)) / (1 / 3 + 1 / 6);
    expect(await summary('2025')).toMatchObject({
      kind: 'year',
      publishedOn: '2025-12-04',
      plan: { preset: 'own', rho: 0.5, sigma2: 36, step: 1 },
      totals: { contacts: { value: Math.floor(year + 0.5) } },
    });
  });

  test('a quarter that has begun is no period before something of it is out', async () => {
    const before = await summaries();
    await publish(database, aQuarter({ quarter: '2026-Q4', plan, closed: [] }));
    expect(await summaries()).toEqual(before);
    expect((await get(`${PERIODS}/2026-Q4/tables`)).status).toBe(404);
  });

  test('the tables of a quarter, of a month and of a month without any', async () => {
    const tables = async (id: string) =>
      tableListSchema.parse((await get(`${PERIODS}/${id}/tables`).expect(200)).body).tables;
    expect((await tables('2026-Q1')).map(({ id }) => id)).toEqual(plan.tables.map(({ id }) => id));
    expect(await tables('2026-02')).toEqual([
      { id: 'month', rows: { dimension: 'month', level: 'leaf' }, columns: null, universe: 'all' },
      {
        id: 'month-by-contact',
        rows: { dimension: 'month', level: 'leaf' },
        columns: { dimension: 'contact', level: 'leaf' },
        universe: 'conversation',
      },
    ]);
    expect(await tables('2026-04')).toEqual([]);
    expect((await tables('2025')).map(({ id }) => id)).toEqual(plan.tables.map(({ id }) => id));
  });

  test('a table without columns', async () => {
    const body = await bodyOf(`${PERIODS}/2026-Q1/tables/kind`);
    expect(publishedTableSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      period: '2026-Q1',
      table: 'kind',
      universe: 'all',
      columns: null,
      sigma2: 9,
      threshold: 10,
      step: 1,
      uncertainty: 6,
    });
    expect(body).toHaveProperty('rows.dimension', 'kind');
    expect(body).toHaveProperty('rows.codes.0', {
      code: 'conversation',
      label: { sv: 'Stöd eller råd', en: 'Support or advice' },
    });
    expect(body).toHaveProperty('cells', [
      [{ value: 903 }],
      [{ value: 97 }],
      [{ value: 99 }],
      [{ value: 60 }],
      [{ under: 10 }],
      [{ under: 10 }],
    ]);
  });

  test('a table says that its form follows from what is asked for', async () => {
    const path = `${PERIODS}/2026-Q1/tables/kind`;
    for (const form of ['application/json', 'text/csv'])
      expect((await get(path).set('Accept', form).expect(200)).headers['vary']).toBe('Accept');
  });

  const withheld = { withheld: true };

  test('a cross table, with rows about too few people or about nearly everyone withheld', async () => {
    const body = await bodyOf(`${PERIODS}/2026-Q1/tables/caller_age-by-contact`);
    expect(body).toHaveProperty('universe', 'conversation');
    expect(body).toHaveProperty('cells', [
      [{ value: 301 }, { value: 102 }, { under: 10 }],
      // The margin is the published 212, so the rest is 13, under T(18) = 14.
      [withheld, withheld, withheld],
      // The margin is the published 49, though the cells sum to 50.
      [withheld, withheld, withheld],
    ]);
  });

  test('a month table of a quarter, from the rows of its months', async () => {
    const rows = [
      [{ value: 101 }, { value: 102 }, { value: 103 }],
      [withheld, withheld, withheld],
      [{ value: 289 }, { value: 12 }, { under: 10 }],
    ];
    const body = await bodyOf(`${PERIODS}/2026-Q1/tables/month-by-contact`);
    expect(body).toHaveProperty('cells', rows);
    const march = await get(`${PERIODS}/2026-03/tables/month-by-contact`).expect(200);
    expect(march.body).toHaveProperty('cells', [rows[2]]);
    expect(march.body).toHaveProperty('rows.codes', [
      { code: '2026-03', label: { sv: 'mars 2026', en: 'March 2026' } },
    ]);
  });

  test('a year: four times the same, with four times the variance', async () => {
    const body = await bodyOf(`${PERIODS}/2025/tables/kind`);
    expect(body).toMatchObject({ sigma2: 36, step: 1, threshold: 19, uncertainty: 12 });
    expect(body).toHaveProperty('cells', [
      [{ value: 4 * 903 }],
      [{ value: 4 * 97 }],
      [{ value: 4 * 99 }],
      [{ value: 4 * 60 }],
      [{ value: 36 }],
      [{ under: 19 }],
    ]);
    const months = await get(`${PERIODS}/2025/tables/month`).expect(200);
    expect(months.body).toMatchObject({ sigma2: 9, threshold: 10 });
    expect(months.body).toHaveProperty('rows.codes.length', 12);
    expect(months.body).toHaveProperty('cells.11', [{ value: 403 }]);
  });

  test('as CSV when that is what is asked for', async () => {
    const path = `${PERIODS}/2026-Q1/tables/caller_age-by-contact`;
    const csv = await get(path).set('Accept', 'text/csv').expect(200);
    expect(csv.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv.get('Vary')).toBe('Accept');
    const lines: string[][] = parse(csv.text, { record_delimiter: '\r\n' });
    expect(lines[0]).toEqual([...tableCsvHeader]);
    expect(lines).toHaveLength(1 + 9);
    const json = await get(path)
      .set('Accept', '*/*')
      .expect('Content-Type', /application\/json/);
    const table = publishedTableSchema.parse(json.body);
    expect(lines.slice(1).map((line) => [line[3], line[7], line[10], line[11], line[12]])).toEqual(
      table.rows.codes.flatMap((row, i) =>
        (table.columns?.codes ?? []).map((column, j) => {
          const cell = table.cells[i]?.[j] ?? withheld;
          if ('value' in cell) return [row.code, column.code, 'value', String(cell.value), ''];
          if ('under' in cell) return [row.code, column.code, 'under', '', String(cell.under)];
          return [row.code, column.code, 'withheld', '', ''];
        }),
      ),
    );
  });

  const told = ({ status, headers, body, text }: Response) => ({
    status,
    type: headers['content-type'] as unknown,
    body: body as unknown,
    text,
  });

  test('what is not published looks the same, whatever the reason', async () => {
    const paths = [
      // Open with a call in it, open without one, to come, long gone, no month table, no such table.
      ...['2026-05', '2026-06', '2026-Q2', '2026', '2031-Q4', '1999'].map((id) => `${id}/tables`),
      ...['2026-05/tables/month', '2026-Q2/tables/concern-top', '2026-04/tables/concern-top'],
      ...['2026-Q1/tables/channel', '2026-Q1/tables/constructor', '2026-Q1/tables/__proto__'],
      ...['2026-Q5/tables', '2026-13/tables', '26/tables', 'x/tables/kind', '2026-q1/tables/kind'],
      ...['%00/tables', '2026-Q1/tables/%00', `${'9'.repeat(2000)}/tables`, "'%20OR%201=1/tables"],
    ];
    const first = told(await get(`${PERIODS}/${paths[0] ?? ''}`));
    expect(first).toMatchObject({ status: 404, body: { type: '/problems/not-published', status: 404 } });
    for (const path of paths) expect([path, told(await get(`${PERIODS}/${path}`))]).toEqual([path, first]);
  });

  test('only a supervisor reads them', async () => {
    for (const path of [PERIODS, `${PERIODS}/2026-Q1/tables`, `${PERIODS}/2026-Q1/tables/kind`]) {
      expect((await get(path, null)).body).toMatchObject({ status: 401, type: '/problems/not-signed-in' });
      for (const role of ['handler', 'administrator'] as const)
        expect((await get(path, role)).body).toMatchObject({ status: 403, type: '/problems/not-allowed' });
      const put = request(app)
        .put(path)
        .set('Cookie', cookies.get('supervisor') ?? '');
      expect((await put.expect(405)).get('Allow')).toBe('GET, HEAD');
    }
    // Whether a period is published is not for everybody either.
    expect((await get(`${PERIODS}/2031/tables`, 'handler')).status).toBe(403);
  });

  test('no noisy number leaves when numbers are shown in fives', async () => {
    const large = aQuarter({ quarter: '2026-Q3', plan: smallPlan('large'), fill: () => 98_761 });
    await publish(database, large);
    const texts = [(await get(PERIODS)).text];
    for (const { id } of smallPlan('large').tables) {
      const path = `${PERIODS}/2026-Q3/tables/${id}`;
      texts.push((await get(path)).text, (await get(path).set('Accept', 'text/csv')).text);
    }
    // Counted, so that a failure does not print every text; 987610 is a total and may be shown.
    const occurrences = (number: RegExp) => texts.filter((text) => number.test(text)).length;
    expect(occurrences(/\b98760\b/)).toBeGreaterThan(0);
    expect(occurrences(/\b98761\b/)).toBe(0);
  });

  test('a release gets what the API shows', async () => {
    for (const id of ['2025', '2026-Q1', '2026-01']) {
      const period = await readPeriod(database.reader, id);
      expect(period?.summary).toEqual(await summary(id));
      expect(period?.vocabularyVersion).toBe(1);
      expect(period?.tables).not.toHaveLength(0);
      for (const table of period?.tables ?? [])
        expect((await get(`${PERIODS}/${id}/tables/${table.table}`)).body).toEqual(table);
    }
    expect(await readPeriod(database.reader, '2026-05')).toBeNull();
  });

  test('an audit gets each query with its noisy answer, the months’ again with their quarter', async () => {
    const audit = await readAudit(database.reader, '2026-Q1');
    const queries = olderQueries(plan, vocabulary, '2026-Q1');
    expect(audit).toEqual({
      period: '2026-Q1',
      rho: 0.5,
      queries: queries.map(({ table, row, column, cell, universe, of, month, sigma2 }) => ({
        ...{ table, row, column, cell, universe, of },
        ...(month === null ? {} : { month }),
        sigma2: toNumber(sigma2),
        noisy: numbers[table ?? '']?.[row ?? NaN]?.[column ?? NaN],
      })),
    });
    const month = await readAudit(database.reader, '2026-01');
    const first = queries.filter((query) => query.month === '2026-01');
    expect(first.length).toBeGreaterThan(1);
    expect(month?.queries).toEqual(
      audit?.queries.filter((query) => query.month === '2026-01').map(({ month: _, ...query }) => query),
    );
    expect(month?.queries).toHaveLength(first.length);
    for (const none of ['2025', '2026-Q2', '2026-05', 'x'])
      expect(await readAudit(database.reader, none)).toBeNull();
  });
});
