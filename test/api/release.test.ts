import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import request, { type Response } from 'supertest';
import { createApp } from '../../src/app.js';
import { problemSchema } from '../../src/contract/problem.js';
import { releaseListSchema, releaseSchema } from '../../src/contract/release.js';
import { roleSchema, type Role } from '../../src/contract/session.js';
import { addUser } from '../../src/desk/people/accounts.js';
import { roleUrl } from '../../src/platform/installation.js';
import { handleReleaseRequests } from '../../src/release/requests.js';
import { releaseRoutes } from '../../src/release/routes.js';
import { REQUEST_CHANNEL } from '../../src/release/store.js';
import { verifyRelease } from '../../src/release/verify.js';
import { writeRelease } from '../../src/release/write.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { dependenciesOf, publish } from '../release/published.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';

const clock = standingClock('2026-10-09T10:00:00Z');
const password = 'correct horse battery';
const cookies = new Map<Role, string>();
let database: TestDatabase;
let dataDir: string;
let app: ReturnType<typeof createApp>;
let keeper: Awaited<ReturnType<typeof listeningKeeper>>;

/** Carries requests out as they are filed, as the keeper's process does, until stopped. */
async function listeningKeeper() {
  const client = new pg.Client({ connectionString: roleUrl(database.installation, 'keeper') });
  await client.connect();
  let work = Promise.resolve();
  client.on('notification', () => {
    work = work.then(() => handleReleaseRequests(dependenciesOf(database, dataDir), () => undefined));
  });
  await client.query(`LISTEN ${REQUEST_CHANNEL}`);
  const stop = async () => {
    await client.end();
    await work;
  };
  return { stop };
}

async function signIn(role: Role): Promise<void> {
  await addUser(database.desk, { username: role, role, password }, clock);
  const response = await request(app).post('/api/v1/session').send({ username: role, password });
  expect(response.status).toBe(200);
  cookies.set(role, (response.get('Set-Cookie') ?? []).join(';').split(';')[0] ?? '');
}

const as = (role: Role) => ({ Cookie: cookies.get(role) ?? '' });
const get = (path: string, role: Role = 'supervisor') => request(app).get(`/api/v1${path}`).set(as(role));
const issue = (body: object, role: Role = 'supervisor') =>
  request(app).post('/api/v1/releases').set(as(role)).send(body);

const problemOf = ({ body, type, headers }: Response) => {
  expect(type).toBe('application/problem+json');
  expect(headers['content-disposition']).toBeUndefined();
  return problemSchema.parse(body).type.replace('/problems/', '');
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tyst-release-api-'));
  database = await freshDatabase(clock);
  for (const quarter of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'])
    await publish(database, quarter);
  app = createApp({ database, clock, log: () => undefined });
  for (const role of roleSchema.options) await signIn(role);
  keeper = await listeningKeeper();
});
afterAll(async () => {
  await keeper.stop();
  await database.destroy();
  await rm(dataDir, { recursive: true });
});
beforeEach(() =>
  database.owner.query('TRUNCATE published.release, published.release_file, desk.release_request'),
);

describe('POST /releases', () => {
  test('issues a quarter, and the reply is the release as it is listed', async () => {
    const response = await issue({ period: '2026-Q1' });
    expect(response.status).toBe(201);
    const release = releaseSchema.parse(response.body);
    expect(release).toMatchObject({ period: '2026-Q1', revision: 1, issuedOn: '2026-10-09' });
    expect(release.reason).toBeUndefined();
    expect((await get('/releases')).body).toEqual([release]);
  });

  test('issues a year, and a quarter once more with a reason', async () => {
    expect((await issue({ period: '2025' })).status).toBe(201);
    expect((await issue({ period: '2025-Q2' })).status).toBe(201);
    const second = await issue({ period: '2025-Q2', reason: '  Fel etikett  ' });
    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({ revision: 2, reason: 'Fel etikett' });
    const listed = releaseListSchema.parse((await get('/releases', 'administrator')).body);
    expect(listed.map(({ period, revision }) => [period, revision])).toEqual([
      ['2025-Q2', 2],
      ['2025-Q2', 1],
      ['2025', 1],
    ]);
  });

  test('takes a foreword, which is listed as it is printed, and which a revision says anew or leaves out', async () => {
    const written = {
      sv: '  Vi har haft öppet.  \r\n\r\n\r\nA\u030angaende helger. \n',
      en: 'x'.repeat(2000),
    };
    const foreword = { sv: 'Vi har haft öppet.\n\n\u00c5ngaende helger.', en: written.en };
    const first = await issue({ period: '2026-Q1', foreword: written });
    expect([first.status, releaseSchema.parse(first.body).foreword]).toEqual([201, foreword]);
    await issue({ period: '2026-Q1', reason: 'Utan förord' });
    await issue({ period: '2026-Q1', reason: 'På engelska', foreword: { en: 'Hello.' } });
    const listed = releaseListSchema.parse((await get('/releases')).body);
    expect(listed.map((release) => release.foreword)).toEqual([{ en: 'Hello.' }, undefined, foreword]);
  });

  test('refuses what is issued already, what is not closed and a reason where nothing is issued', async () => {
    await issue({ period: '2026-Q1' });
    const refused = async (body: object) => {
      const response = await issue(body);
      expect(response.status).toBe(409);
      return problemOf(response);
    };
    expect(await refused({ period: '2026-Q1' })).toBe('already-issued');
    expect(await refused({ period: '2026-Q2' })).toBe('not-closed');
    expect(await refused({ period: '2026' })).toBe('not-closed');
    expect(await refused({ period: '2026-Q2', reason: 'x' })).toBe('not-closed');
    expect(await refused({ period: '2025-Q1', reason: 'x' })).toBe('not-issued');
    const requests: unknown[] = await database.owner.query('SELECT period FROM desk.release_request');
    expect(requests).toEqual([{ period: '2026-Q1' }]);
  });

  test.each([
    [{}, 'period', 'missing'],
    [{ period: 2026 }, 'period', 'wrong-type'],
    [{ period: '2026-07' }, 'period', 'wrong-type'],
    [{ period: '2026-Q5' }, 'period', 'wrong-type'],
    [{ period: '2026-Q1 ' }, 'period', 'wrong-type'],
    [{ period: '2026-Q1', reason: '   ' }, 'reason', 'too-short'],
    [{ period: '2026-Q1', reason: 'x'.repeat(201) }, 'reason', 'too-long'],
    [{ period: '2026-Q1', reason: 'a\u0000b' }, 'reason', 'wrong-type'],
    [{ period: '2026-Q1', reason: null }, 'reason', 'wrong-type'],
    [{ period: '2026-Q1', surprise: 'x' }, '', 'unknown-field'],
    [{ period: '2026-Q1', foreword: 'Hej' }, 'foreword', 'wrong-type'],
    [{ period: '2026-Q1', foreword: {} }, 'foreword', 'wrong-type'],
    [{ period: '2026-Q1', foreword: { sv: ' \n ' } }, 'foreword.sv', 'too-short'],
    [{ period: '2026-Q1', foreword: { en: 'x'.repeat(2001) } }, 'foreword.en', 'too-long'],
    [{ period: '2026-Q1', foreword: { sv: 'a\tb' } }, 'foreword.sv', 'wrong-type'],
    [{ period: '2026-Q1', foreword: { sv: 'Tack 🙂' } }, 'foreword.sv', 'wrong-type'],
    [{ period: '2026-Q1', foreword: { sv: 'Tack \u202e' } }, 'foreword.sv', 'wrong-type'],
    [{ period: '2026-Q1', foreword: { de: 'Guten Tag' } }, 'foreword', 'unknown-field'],
  ])('answers 422 to %j', async (body, path, code) => {
    const response = await issue(body);
    expect(response.status).toBe(422);
    expect(problemOf(response)).toBe('invalid-request');
    expect(response.body).toMatchObject({ errors: [{ path, code }] });
  });

  test('by two at once gives one 201 and one 409', async () => {
    for (const period of ['2026-Q1', '2025-Q1', '2025-Q2', '2025']) {
      const both = await Promise.all([issue({ period }), issue({ period })]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(both.map(({ body }) => (body as { type?: string }).type)).toContain('/problems/already-issued');
    }
  });

  test('by two at once with a reason gives each 201 a revision of its own, and none is left out', async () => {
    await issue({ period: '2026-Q1' });
    const issued = [1];
    for (let round = 0; round < 6; round += 1) {
      const both = await Promise.all(['a', 'b'].map((reason) => issue({ period: '2026-Q1', reason })));
      const stored = both.filter(({ status }) => status === 201);
      expect(stored.length).toBeGreaterThan(0);
      expect(both.filter(({ status }) => status === 409)).toHaveLength(2 - stored.length);
      issued.push(...stored.map(({ body }) => releaseSchema.parse(body).revision).sort());
    }
    expect(issued).toEqual(issued.map((_, index) => index + 1));
  });

  test('answers 503 while the keeper is away; the request stays and is issued when it comes', async () => {
    await keeper.stop();
    const options = {
      ...database,
      readPeriod: dependenciesOf(database, dataDir).readPeriod,
      waitMilliseconds: 300,
    };
    const post = releaseRoutes(options).find(({ endpoint }) => endpoint.method === 'post');
    const user = { username: 'supervisor', role: 'supervisor', locale: 'sv' } as const;
    const call = { user, locale: 'sv', request: {} } as const;
    for (const body of [{ period: '2025-Q4' }, { period: '2025-Q4' }])
      await expect(post?.handle({ ...call, body } as never)).rejects.toMatchObject({
        slug: 'unavailable',
        extras: { headers: { 'Retry-After': '60' } },
      });
    expect((await get('/releases')).body).toEqual([]);

    const log: string[] = [];
    const running = startKeeper(database, { clock, dataDir, log: (event) => log.push(event) });
    const retried = await issue({ period: '2025-Q4' });
    await running.stop();
    keeper = await listeningKeeper();
    expect(problemOf(retried)).toBe('already-issued');
    expect((await get('/releases')).body).toMatchObject([{ period: '2025-Q4', revision: 1 }]);
    expect(log).not.toContain('release-failed');
  });

  test('is for supervisors, and listing for them and administrators', async () => {
    expect((await request(app).post('/api/v1/releases').send({ period: '2026-Q1' })).status).toBe(401);
    expect((await issue({ period: '2026-Q1' }, 'handler')).status).toBe(403);
    expect((await issue({ period: '2026-Q1' }, 'administrator')).status).toBe(403);
    expect((await request(app).get('/api/v1/releases')).status).toBe(401);
    expect((await get('/releases', 'handler')).status).toBe(403);
    expect((await get('/releases/2026-Q1/tables.csv', 'handler')).status).toBe(403);
    const foreign = await issue({ period: '2026-Q1' }).set('Sec-Fetch-Site', 'cross-site');
    expect(problemOf(foreign)).toBe('cross-origin');
    expect((await get('/releases')).body).toEqual([]);
  });
});

describe('the files', () => {
  const download = async (path: string): Promise<Response> => get(path).buffer(true).parse(bytesOf);
  // superagent gives its parsers the raw reply, whatever its types say.
  const bytesOf = (response: Response, done: (error: Error | null, body: Buffer) => void) => {
    const stream = response as unknown as NodeJS.ReadableStream;
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      done(null, Buffer.concat(chunks));
    });
  };

  test('come byte for byte, and verify with the public key that anybody may have', async () => {
    const release = releaseSchema.parse((await issue({ period: '2026-Q1' })).body);
    const types: Record<string, string> = {};
    const files = [];
    for (const { name, bytes } of release.files) {
      const response = await download(`/releases/2026-Q1/${name}`);
      const body: unknown = response.body;
      if (!Buffer.isBuffer(body)) throw new Error('The reply has no bytes.');
      expect(body.length).toBe(bytes);
      expect(response.headers).toMatchObject({
        'content-disposition': `attachment; filename="${name}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      types[name] = response.headers['content-type'] ?? '';
      files.push({ name, bytes: body });
    }
    expect(types).toEqual({
      'manifest.json': 'application/json; charset=utf-8',
      'manifest.json.sig': 'text/plain; charset=utf-8',
      'report.en.pdf': 'application/pdf',
      'report.sv.pdf': 'application/pdf',
      'tables.csv': 'text/csv; charset=utf-8',
      'tables.csv-metadata.json': 'application/csvm+json; charset=utf-8',
      'tables.json': 'application/json; charset=utf-8',
      'tables.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
    const key = await request(app).get('/api/v1/release-key').buffer(true).parse(bytesOf);
    expect(key.status).toBe(200);
    expect(key.headers['content-type']).toMatch(/^application\/x-pem-file/);
    const dir = join(dataDir, 'downloaded');
    await writeRelease(files, dir);
    expect(await verifyRelease(dir, [String(key.body)])).toEqual([]);
  });

  test('of each revision keep their address: the period alone stays the first', async () => {
    await issue({ period: '2026-Q1' });
    const first = await download('/releases/2026-Q1/manifest.json');
    await issue({ period: '2026-Q1', reason: 'Rättad' });
    expect((await download('/releases/2026-Q1/manifest.json')).body).toEqual(first.body);
    expect((await download('/releases/2026-Q1.r1/manifest.json')).body).toEqual(first.body);
    const second = await get('/releases/2026-Q1.r2/manifest.json');
    expect(second.body).toMatchObject({ revision: 2, reason: 'Rättad' });
  });

  test.each([
    '2026-Q1/none.csv',
    '2026-Q1.r2/tables.csv',
    '2026-Q1.r0/tables.csv',
    '2026-Q1.r99999999999/tables.csv',
    '2026-Q2/tables.csv',
    '2026-01/tables.csv',
    '2026-Q1/..%2Fmanifest.json',
    '2026-Q1/a%22b',
    'x%00/y',
    '2026-Q1/%00',
  ])('are not found at %s', async (path) => {
    await issue({ period: '2026-Q1' });
    const response = await get(`/releases/${path}`);
    expect(response.status).toBe(404);
    expect(problemOf(response)).toBe('not-found');
  });
});
