/** Importing from the web: a real keeper, a real database, and what is left of it in neither. */
import { randomUUID } from 'node:crypto';
import type { DataSource, EntitySchema, FindOneOptions } from 'typeorm';
import writeExcelFile from 'write-excel-file/node';
import { MAX_IMPORT_FILE } from '../../src/contract/import.js';
import type { FieldProblem } from '../../src/contract/problem.js';
import { importRoutes } from '../../src/desk/imports/routes.js';
import { fileImport, readImportKey, stateOf } from '../../src/desk/imports/import-store.js';
import { newRecipient, sealEnvelope } from '../../src/platform/envelope.js';
import { presetPlan } from '../../src/contract/presets.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import type { Counters } from '../../src/keeping/counters.js';
import { monthsOfQuarter, quarterOfMonth } from '../../src/contract/period.js';
import { aCall, columns, csvOf } from '../keeping/import-support.js';
import { startApp, type TestApp } from '../support/app.js';
import { aSilentCall } from '../support/calls.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';
import { begunCounters, countedBetween, openedCounters } from '../support/opened.js';
import { until } from '../support/until.js';
import { expectProblem } from './expect-problem.js';

const IMPORTS = '/api/v1/imports';
const file = csvOf([aCall('2017-05'), { month: '2017-04', answers: aSilentCall() }]);

let app: TestApp;
let administrator: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
  administrator = await app.as('administrator');
  const { desk, reader } = app.database;
  // A plan that counts the months, so that it can be seen how many calls of each have come.
  for (const quarter of ['2015-Q3', '2016-Q1', '2017-Q2', '2018-Q1'])
    await setPlan({ desk, reader }, quarter, presetPlan('small'), { clock: app.clock, actor: 'test' });
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE desk.import_request');
});

const post = (body: object) => administrator.post(IMPORTS).send(body);
const requests = (): Promise<unknown[]> => app.database.owner.query('SELECT id FROM desk.import_request');

/** How many calls of a month were counted since the counters of its quarter were first looked at. */
const firstLooks = new Map<string, Counters>();
async function countedIn(month: string): Promise<number> {
  const quarter = quarterOfMonth(month);
  const before = firstLooks.get(quarter) ?? (await begunCounters(app.database, '2026-11-11', quarter));
  firstLooks.set(quarter, before);
  const { month: rows = [] } = countedBetween(before, await openedCounters(app.database, quarter));
  return rows[monthsOfQuarter(quarter).indexOf(month)]?.[0] ?? NaN;
}

/** Sends a file and lets the keeper do one round when it is there. */
async function handled(body: object, imports = importsOf(app.database, app.clock)) {
  await imports.begin();
  const work = untilFiled(app.database).then(() => imports.handle());
  const [reply] = await Promise.all([post(body), work]);
  return reply;
}

describe('with the keeper at work', () => {
  const logged: string[] = [];
  let keeping: ReturnType<typeof startKeeper>;
  beforeAll(async () => {
    const { desk } = app.database;
    keeping = startKeeper(app.database, { clock: app.clock, log: (event) => logged.push(event) });
    // A file that is sealed before then has nobody to go to.
    await until(async () => (await readImportKey(desk)) !== null, 60);
  });
  afterAll(() => keeping.stop());

  test('a dry run says what would be imported and stores nothing; then it is stored, with who did it', async () => {
    const report = { rows: 2, months: ['2017-04', '2017-05'], reduced: 0 };
    const dry = await post(importOf(file, true));
    expect([dry.status, dry.body]).toEqual([200, report]);
    expect(await countedIn('2017-05')).toBe(0);
    const real = await post(importOf(file));
    expect([real.status, real.body]).toEqual([200, report]);
    expect([await countedIn('2017-04'), await countedIn('2017-05')]).toEqual([1, 1]);
    const events: unknown[] = await app.database.owner.query(
      `SELECT actor, subject FROM desk.event WHERE kind = 'calls-imported'`,
    );
    expect(events).toEqual([{ actor: 'administrator', subject: '2017-Q2' }]);
    expect(await requests()).toEqual([]);
  });

  test('two at once are both imported, and a third is told to wait', async () => {
    const twoCalls = csvOf([aCall('2016-01'), aCall('2016-01')]);
    expect(await countedIn('2016-01')).toBe(0);
    const replies = await Promise.all([0, 1, 2].map(() => post({ ...importOf(twoCalls), again: true })));
    const done = replies.filter(({ status }) => status === 200).length;
    for (const reply of replies.filter(({ status }) => status !== 200))
      expectProblem(reply, 'too-many-requests');
    expect(done).toBeGreaterThanOrEqual(2);
    expect(await countedIn('2016-01')).toBe(2 * done);
    expect(await requests()).toEqual([]);
    expect(logged).not.toContain('import-failed');
  });

  test('a month that has had an import takes another only when that is said', async () => {
    const twice = csvOf([aCall('2015-08')]);
    const other = csvOf([aCall('2015-07'), aCall('2015-08')]);
    expect(await countedIn('2015-08')).toBe(0);
    expect((await post(importOf(twice))).status).toBe(200);
    for (const refused of [importOf(twice), importOf(twice, true), { ...importOf(other), again: false }])
      expectProblem(await post(refused), 'invalid-file', { errors: [['file', 'imported-before']] });
    expect([await countedIn('2015-07'), await countedIn('2015-08')]).toEqual([0, 1]);
    expect((await post({ ...importOf(other, true), again: true })).body).toMatchObject({ rows: 2 });
    expect(await countedIn('2015-08')).toBe(1);
    expect((await post({ ...importOf(other), again: true })).body).toMatchObject({ rows: 2 });
    expect([await countedIn('2015-07'), await countedIn('2015-08')]).toEqual([1, 2]);
    expect(await requests()).toEqual([]);
  });
});

describe('a file that is refused', () => {
  const { SOUND, ...refused } = {
    SOUND: importOf(file, true),
    'a wrong code': [importOf(csvOf([aCall('2017-05', { gender: 'x' })])), 'lines.2.gender', 'unknown-code'],
    'a row that lacks fields': [importOf(`${csvOf([])}2017-05\n`), 'lines.2', 'field-count'],
    'a column too many': [importOf('month,notes\n'), 'lines.1.notes', 'unknown-column'],
    'no header': [importOf('Kim,Solna\n'), 'file', 'no-header'],
    'nothing in it': [importOf('\n'), 'file', 'empty-file'],
    'another encoding': [importOf(Buffer.from('month,oro\n2017-05,\xe5', 'latin1')), 'file', 'not-utf8'],
    'an open quote': [importOf(`${csvOf([])}"2017-05`), 'lines.2', 'open-quote'],
    'a column to leave out that is not there': [importOf(file, true, ['x']), 'file', 'no-such-column'],
    'half a workbook': [importOf('PK\u0003\u0004 and no more'), 'file', 'workbook-unreadable'],
  } as const;

  test.each(Object.entries(refused))('for %s', async (_, [body, path, code]) => {
    const reply = await handled(body);
    const { errors } = reply.body as { errors: { path: string; code: FieldProblem }[] };
    expectProblem(reply, 'invalid-file', { errors: errors.map((error) => [error.path, error.code]) });
    expect(errors).toContainEqual(expect.objectContaining({ path, code }));
    expect(await requests()).toEqual([]);
  });

  test('for many errors names twenty, and says that there are more', async () => {
    const wrong = Array.from({ length: 30 }, () => aCall('2017-05', { gender: 'x' }));
    const { errors } = (await handled(importOf(csvOf(wrong)))).body as { errors: { code: string }[] };
    expect(errors).toHaveLength(21);
    expect(errors.at(-1)).toMatchObject({ path: 'file', code: 'more-errors' });
    expect(await countedIn('2017-05')).toBe(1);
  });

  test('for what is no message at all, or too large', async () => {
    for (const [change, path, code] of [
      [{ file: 'åäö' }, 'file', 'wrong-type'],
      [{ file: '' }, 'file', 'too-short'],
      [{ dryRun: 'yes' }, 'dryRun', 'wrong-type'],
      [{ again: 'yes' }, 'again', 'wrong-type'],
      [{ drop: [''] }, 'drop.0', 'too-short'],
      [{ path: '/etc/passwd' }, '', 'unknown-field'],
    ] as const)
      expectProblem(await post({ ...SOUND, ...change }), 'invalid-request', { errors: [[path, code]] });
    expectProblem(await post(importOf(Buffer.alloc(MAX_IMPORT_FILE + 2 ** 20))), 'too-large');
  });
});

test('a column is left out by its name, or as the one in its place', async () => {
  const withNotes = csvOf([aCall('2017-06')], '\n', [...columns, 'Anteckningar (fri text)', 'namn']);
  const place = `column ${String(columns.length + 1)}`;
  const reply = await handled(importOf(withNotes, true));
  expect(reply.body).toMatchObject({ errors: [{ path: `lines.1.${place}` }, { path: 'lines.1.namn' }] });
  expect((await handled(importOf(withNotes, true, [place, 'namn']))).status).toBe(200);
});

test('a workbook is read like CSV', async () => {
  const rows = Array.from({ length: 3 }, () => columns.map((name) => (name === 'month' ? '2017-06' : null)));
  const silent = rows.map((row) =>
    row.map((cell, at) => cell ?? [aSilentCall()[columns[at] ?? ''] ?? ''].flat().join(';')),
  );
  const bytes = await writeExcelFile([columns, ...silent]).toBuffer();
  expect((await handled(importOf(bytes, true))).body).toMatchObject({ rows: 3, months: ['2017-06'] });
});

/** A pool, and every row that its repositories have found. */
function overheard(pool: DataSource): { readonly desk: DataSource; readonly answers: unknown[] } {
  const answers: unknown[] = [];
  const getRepository = (entity: EntitySchema) => {
    const repository = pool.getRepository(entity);
    const findOne = async (options: FindOneOptions) => {
      const answer: unknown = await repository.findOne(options);
      answers.push(answer);
      return answer;
    };
    return Object.create(repository, { findOne: { value: findOne } }) as typeof repository;
  };
  return { desk: Object.create(pool, { getRepository: { value: getRepository } }) as DataSource, answers };
}

describe('the keeper away', () => {
  beforeEach(async () => {
    await app.database.owner.query('TRUNCATE desk.import_key');
  });
  const silent = (waitMilliseconds: number, desk = app.database.desk) => {
    const [route] = importRoutes({ desk, waitMilliseconds });
    const user = { username: 'administrator', role: 'administrator', locale: 'sv' } as const;
    return route?.handle({ user, locale: 'sv', request: {}, body: importOf(file) } as never);
  };
  const unavailable = { slug: 'unavailable', extras: { headers: { 'Retry-After': '60' } } };

  test('before its first start: 503, and nothing is filed', async () => {
    expectProblem(await post(importOf(file)), 'unavailable');
    expect(await requests()).toEqual([]);
  });

  test('503, and the file is taken back', async () => {
    await importsOf(app.database, app.clock).begin();
    await expect(silent(300)).rejects.toMatchObject(unavailable);
    expect(await requests()).toEqual([]);
  });

  test('gone in the middle: 503, and the next one opens nothing', async () => {
    const imports = importsOf(app.database, app.clock);
    await imports.begin();
    const { desk, answers } = overheard(app.database.desk);
    const reply = silent(60_000, desk);
    await untilFiled(app.database);
    await app.database.owner.query(`UPDATE desk.import_request SET state = 'taken'`);
    const refused = expect(reply).rejects.toMatchObject(unavailable);
    // The one who waits has seen it taken.
    await until(() => JSON.stringify(answers).includes('"state":"taken"'), 30);
    await importsOf(app.database, app.clock).begin();
    await refused;
    expect(await requests()).toEqual([]);
  });

  test('another one come before the file is stored: nothing is, and the file is sealed anew for it', async () => {
    expect(await countedIn('2018-02')).toBe(0);
    const [before, after] = [importsOf(app.database, app.clock), importsOf(app.database, app.clock)];
    await before.begin();
    const reply = post(importOf(csvOf([aCall('2018-02')]))).then((sent) => sent);
    const first = await untilFiled(app.database);
    await after.begin();
    const second = await untilFiled(app.database);
    expect(second).not.toBe(first);
    await after.handle();
    expect((await reply).status).toBe(200);
    expect(await countedIn('2018-02')).toBe(1);
  });

  test('stores nothing when the request is gone by the time of the commit', async () => {
    const logged: string[] = [];
    const imports = importsOf(app.database, app.clock, logged);
    await imports.begin();
    const { owner, desk } = app.database;
    const id = randomUUID();
    const key = (await readImportKey(desk)) ?? Buffer.alloc(0);
    const order = { requestedBy: 'administrator', dryRun: false, again: false, drop: [] };
    const message = Buffer.from(`${JSON.stringify(order)}\n${csvOf([aCall('2019-03')])}`);
    await fileImport(desk, id, sealEnvelope(key, message, { name: id, least: 1024 }).envelope);
    // Whoever sees the quarter begin takes the request away, as another keeper would.
    await owner.query(`
      CREATE FUNCTION desk.another_keeper() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN UPDATE desk.import_request SET state = 'refused', envelope = NULL; RETURN NEW; END $$;
      CREATE TRIGGER another_keeper AFTER INSERT ON published.quarter_plan
        FOR EACH ROW EXECUTE FUNCTION desk.another_keeper()`);
    await imports.handle();
    await owner.query('DROP FUNCTION desk.another_keeper CASCADE');
    expect(logged).toEqual(['{"event":"import-failed","reason":"The request is gone."}']);
    for (const trace of [`imported_month WHERE month = '2019-03'`, `quarter_plan WHERE quarter = '2019-Q1'`])
      expect(await owner.query(`SELECT 1 FROM published.${trace}`)).toEqual([]);
    expect(await owner.query(`SELECT 1 FROM sealed.counters WHERE quarter = '2019-Q1'`)).toEqual([]);
  });
});

describe('an envelope', () => {
  const name = 'a name';
  const message = Buffer.from('a message');

  test('opens for its recipient, under its name, and is answered', () => {
    const recipient = newRecipient();
    const { envelope, openReply } = sealEnvelope(recipient.publicKey, message, { name, least: 1024 });
    const opened = recipient.open(envelope, name);
    expect(opened?.message).toEqual(message);
    const answer = opened?.reply(Buffer.from('an answer'), 1024) ?? Buffer.alloc(0);
    expect(openReply(answer)).toEqual(Buffer.from('an answer'));
    answer[0] = (answer[0] ?? 0) ^ 1;
    expect(openReply(answer)).toBeNull();
  });

  test('opens for nobody else, under no other name, and not when a bit is changed', () => {
    const recipient = newRecipient();
    const { envelope } = sealEnvelope(recipient.publicKey, message, { name, least: 64 });
    expect(newRecipient().open(envelope, name)).toBeNull();
    expect(recipient.open(envelope, 'another name')).toBeNull();
    for (let at = 0; at < envelope.length; at += 1) {
      const changed = Buffer.from(envelope);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(recipient.open(changed, name)).toBeNull();
    }
    for (const length of [0, 10, 44, 60, envelope.length - 1])
      expect(recipient.open(envelope.subarray(0, length), name)).toBeNull();
  });

  test('is as large as any other of about its size', () => {
    const { publicKey } = newRecipient();
    const size = (length: number) =>
      sealEnvelope(publicKey, Buffer.alloc(length), { name, least: 1024 }).envelope.length;
    expect(size(0)).toBe(size(1020));
    expect(size(1021)).toBe(size(2044));
    expect(size(1021)).toBe(size(0) + 1024);
  });
});

test('the key is another one after each import, and an answer that nobody fetches goes', async () => {
  let elapsed = 0;
  const imports = importsOf(app.database, app.clock, [], () => elapsed);
  await imports.begin();
  const before = await readImportKey(app.database.desk);
  const id = randomUUID();
  await fileImport(app.database.desk, id, Buffer.from('not an envelope'));
  await imports.handle();
  expect(await readImportKey(app.database.desk)).not.toEqual(before);
  expect(await stateOf(app.database.desk, id)).toMatchObject({ state: 'refused' });
  elapsed = 59_000;
  await imports.handle();
  expect(await requests()).toHaveLength(1);
  elapsed = 60_000;
  await imports.handle();
  expect(await requests()).toEqual([]);
});
