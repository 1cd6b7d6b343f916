import { parse } from 'csv-parse/sync';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { createApp } from '../../src/app.js';
import { quartersOfYear } from '../../src/contract/period.js';
import { compileQueries } from '../../src/contract/compile.js';
import { stepFor, thresholdFor, uncertaintyOf } from '../../src/contract/display.js';
import { estimatorOf } from '../../src/contract/estimator.js';
import { tableShapes, toNumber } from '../../src/contract/plan.js';
import { CONVERSATION } from '../../src/contract/vocabulary.js';
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
import { fill, plan, publish } from '../statistics/published.js';
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

const shapes = tableShapes(plan, vocabulary, '2026-Q1');
const { cell, total, varianceOf } = estimatorOf(
  shapes,
  vocabulary,
  compileQueries(plan, vocabulary, '2026-Q1'),
);
const totalVariance = (of: 'all' | 'conversation') => varianceOf(total(of, null) ?? new Map());
const largestVariance = (id: string) =>
  Math.max(
    ...(shapes.find((shape) => shape.id === id)?.rows.codes ?? []).map(({ code }, place) =>
      code === CONVERSATION ? 0 : varianceOf(cell(id, place)),
    ),
  );
/** What a number of that variance is shown by, about. */
const sure = (variance: number, step = stepFor(variance)) => ({
  ...{ step, threshold: thresholdFor(variance, step), uncertainty: uncertaintyOf(variance, step) },
  sigma2: expect.closeTo(variance, 5) as unknown,
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
    // 1206 by the months and by the kinds; the answers are without noise.
    expect(await summary('2026-Q1')).toEqual({
      id: '2026-Q1',
      kind: 'quarter',
      publishedOn: '2026-12-04',
      plan: { preset: 'own', rho: 0.5 },
      totals: { contacts: { value: 1206 }, conversations: { value: 903 } },
      sureness: { contacts: sure(totalVariance('all')), conversations: sure(totalVariance('conversation')) },
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
      sureness: { contacts: null, conversations: null },
    });
    expect(await summary('2025')).toMatchObject({
      kind: 'year',
      publishedOn: '2025-12-04',
      plan: { preset: 'own', rho: 0.5 },
      totals: { contacts: { value: 4 * 1206 } },
      sureness: { contacts: sure(4 * totalVariance('all'), 1) },
    });
  });

  test('a quarter that has begun is no period before something of it is out', async () => {
    const before = await summaries();
    await publish(database, aQuarter({ quarter: '2026-Q4', plan, closed: [] }));
    expect(await summaries()).toEqual(before);
    expect((await get(`${PERIODS}/2026-Q4/tables`)).status).toBe(404);
  });

  test('the tables of a quarter, of a month and of a month without any', async () => {
    const tables = async (id: string) => {
      const list = tableListSchema.parse((await get(`${PERIODS}/${id}/tables`).expect(200)).body);
      expect(list.missing).toEqual([]);
      return list.tables;
    };
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
      several: false,
      // Nine calls are too few to be told of two hidden cells.
      hidden: null,
      ...sure(largestVariance('kind')),
      // Of 1206.
      shareUncertainties: new Array<number>(6).fill(1),
    });
    expect(body).toHaveProperty('rows.dimension', 'kind');
    expect(body).toHaveProperty('rows.codes.0', {
      code: 'conversation',
      label: { sv: 'Stöd eller råd', en: 'Support or advice' },
    });
    const { threshold } = sure(largestVariance('kind'));
    expect(body).toHaveProperty('cells', [
      [{ value: 903, share: 75 }],
      [{ value: 97, share: 8 }],
      [{ value: 137, share: 11 }],
      [{ value: 60, share: 5 }],
      [{ value: 9, share: 1 }],
      [{ under: threshold }],
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
      [
        { value: 400, share: 67 },
        { value: 100, share: 17 },
        // Five of the 105 in this column are in other rows: too few to tell.
        withheld,
      ],
      [{ value: 241, share: 95 }, { value: 11, share: 4 }, withheld],
      // The margin is 49.
      [withheld, withheld, withheld],
    ]);
  });

  test('a month table of a quarter, from the rows of its months', async () => {
    const rows = [
      [
        { value: 101, share: 33 },
        { value: 102, share: 33 },
        { value: 103, share: 34 },
      ],
      [withheld, withheld, withheld],
      [{ value: 534, share: 97 }, { value: 12, share: 2 }, { under: expect.any(Number) as unknown }],
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
    const ofYear = sure(4 * largestVariance('kind'), 1);
    expect(body).toMatchObject(ofYear);
    expect(body).toHaveProperty('cells', [
      [{ value: 4 * 903, share: 75 }],
      [{ value: 4 * 97, share: 8 }],
      [{ value: 4 * 137, share: 11 }],
      [{ value: 4 * 60, share: 5 }],
      [{ value: 36, share: 1 }],
      [{ under: ofYear.threshold }],
    ]);
    const quarter = await bodyOf(`${PERIODS}/2026-Q1/tables/month`);
    const { sigma2, threshold, uncertainty } = publishedTableSchema.parse(quarter);
    const months = await get(`${PERIODS}/2025/tables/month`).expect(200);
    expect(months.body).toMatchObject({ sigma2, threshold, uncertainty });
    expect(months.body).toHaveProperty('rows.codes.length', 12);
    expect(months.body).toHaveProperty('cells.11', [{ value: 603, share: 13 }]);
  });

  test('as CSV when that is what is asked for', async () => {
    const path = `${PERIODS}/2026-Q1/tables/caller_age-by-contact`;
    const csv = await get(path).set('Accept', 'text/csv').expect(200);
    expect(csv.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv.get('Vary')).toBe('Accept');
    const lines: string[][] = parse(csv.text, { record_delimiter: '\r\n' });
    expect(lines[0]).toEqual([...tableCsvHeader]);
    // What the table hides together is its last line.
    expect(lines).toHaveLength(1 + 9 + 1);
    const json = await get(path)
      .set('Accept', '*/*')
      .expect('Content-Type', /application\/json/);
    const table = publishedTableSchema.parse(json.body);
    const { hidden } = table;
    expect(lines.at(-1)?.slice(10)).toEqual([
      'value',
      String(hidden?.value),
      '',
      String(hidden?.uncertainty),
    ]);
    expect(lines.slice(1, -1).map((line) => [line[3], line[7], line[10], line[11], line[12]])).toEqual(
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

  test('the conversations among the kinds of contact are as sure in CSV as their total is', async () => {
    const path = `${PERIODS}/2026-Q1`;
    const csv = await get(`${path}/tables/kind`).set('Accept', 'text/csv').expect(200);
    const lines: string[][] = parse(csv.text, { record_delimiter: '\r\n' });
    const list = periodListSchema.parse((await get(PERIODS).expect(200)).body);
    const total = list.periods.find(({ id }) => id === '2026-Q1')?.sureness.conversations;
    const table = publishedTableSchema.parse((await get(`${path}/tables/kind`).expect(200)).body);
    expect(total?.uncertainty).not.toBe(table.uncertainty);
    const uncertainties = Object.fromEntries(lines.slice(1).map((line) => [line[3], line[13]]));
    expect(uncertainties).toMatchObject({
      conversation: String(total?.uncertainty),
      silent: String(table.uncertainty),
    });
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

  test('no noisy answer leaves', async () => {
    const large = aQuarter({
      quarter: '2026-Q3',
      plan: smallPlan('large'),
      displayRules: 1,
      fill: () => 98_761,
    });
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
    const queries = compileQueries(plan, vocabulary, '2026-Q1');
    const quarter = aQuarter({ quarter: '2026-Q1', plan, fill });
    const left = new Map([...quarter.closed].map(([id, { answers }]) => [id, [...answers]]));
    expect(audit).toEqual({
      period: '2026-Q1',
      rho: 0.5,
      queries: queries.map(({ table, row, column, cell, margin, universe, of, month, sigma2 }) => ({
        ...{ table, row, column, cell, universe, of },
        ...(margin === 0 ? {} : { margin }),
        ...(month === null ? {} : { month }),
        sigma2: toNumber(sigma2),
        noisy: left.get(month ?? '2026-Q1')?.shift(),
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
