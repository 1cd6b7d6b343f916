/** The draft of next quarter's vocabulary: what it may say, and a whole turn of the quarter under it. */
import { seededRandom } from '../../bench/seeded-random.js';
import { askedUnder } from '../../src/contract/counted.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedTable } from '../../src/contract/statistics.js';
import type { Draft, DraftCode, DraftDimension } from '../../src/contract/vocabulary-draft.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { locks } from '../../src/platform/locks.js';
import { aProblem, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';
import { smallPlan, smallVocabulary as standard, speakSmall } from '../support/small.js';
import { waiterFor } from '../support/waiters.js';

const START = '2026-11-11T12:00:00Z';
const PATH = '/api/v1/vocabulary/next';
let app: TestApp;
let administrator: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  app = await startApp(START);
  await speakSmall(app.database);
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set(START);
  administrator = await app.as('administrator');
  await app.database.owner.query(
    `DELETE FROM desk.vocabulary WHERE version > 1; TRUNCATE desk.event, desk.begun_quarter`,
  );
});

const read = async (): Promise<Draft> => (await administrator.get(PATH).expect(200)).body as Draft;
const put = (body: object) => administrator.put(PATH).send(body);
const events = () =>
  app.database.owner.query(`SELECT actor, subject FROM desk.event WHERE kind = 'vocabulary-set' ORDER BY id`);

/** A draft with one dimension changed. */
const changing = (
  draft: Draft,
  id: string,
  change: (dimension: DraftDimension) => DraftDimension,
): Draft => ({
  ...draft,
  dimensions: draft.dimensions.map((dimension) => (dimension.id === id ? change(dimension) : dimension)),
});
const withCodes = (draft: Draft, id: string, change: (codes: DraftCode[]) => DraftCode[]): Draft =>
  changing(draft, id, (dimension) => ({ ...dimension, codes: change(dimension.codes) }));
const codesOf = ({ dimensions }: Pick<Draft, 'dimensions'>, id: string) =>
  dimensions.find((dimension) => dimension.id === id)?.codes ?? [];
const aCode = (id: string, more: Partial<DraftCode> = {}): DraftCode => ({
  id,
  label: { sv: `svar ${id}`, en: `answer ${id}` },
  ...more,
});
const retire = (codes: DraftCode[], id: string) =>
  codes.map((code) => (code.id === id ? { ...code, retired: true } : code));

describe('the draft', () => {
  test('is what is in effect until something is changed, and can be sent back as it came', async () => {
    const draft = await read();
    expect(draft).toMatchObject({ quarter: '2027-Q1', version: 1, dimensions: standard.dimensions });
    await put(draft).expect(204);
    expect(await read()).toEqual(draft);
    expect(await events()).toEqual([]);
  });

  test('takes what is added, retired, renamed, reordered and grouped, and keeps it; a retry is no event', async () => {
    const before = await read();
    let draft = withCodes(before, 'channel', (codes) => [
      aCode('sms'),
      ...retire(codes, 'voicemail').toReversed(),
    ]);
    draft = withCodes(draft, 'concern', (codes) => [
      ...codes.map((code) => (code.id === 'targeted' ? { ...code, parent: 'danger' } : code)),
      aCode('school', { group: true }),
      aCode('school_shooting', { parent: 'school' }),
    ]);
    draft = changing(draft, 'kind', (one) => ({ ...one, label: { sv: ' Kontakt ', en: 'Contact' } }));
    await put(draft).expect(204);
    await put(draft).expect(204);
    const after = await read();
    expect(after.version).toBe(2);
    expect(after.tag).not.toBe(before.tag);
    expect(codesOf(after, 'channel').map(({ id, retired, added }) => [id, retired, added])).toEqual([
      ['sms', undefined, true],
      ['email', undefined, undefined],
      ['chat', undefined, undefined],
      ['voicemail', true, undefined],
      ['callback', undefined, undefined],
      ['phone', undefined, undefined],
    ]);
    expect(after.dimensions[0]?.label).toEqual({ sv: 'Kontakt', en: 'Contact' });
    expect(await events()).toEqual([{ actor: 'administrator', subject: '2027-Q1' }]);
    // Nobody logs by it yet.
    expect((await administrator.get('/api/v1/vocabulary').expect(200)).body).toEqual(
      askedUnder(presetPlan('tiny'), standard),
    );
    // What was never in effect may go again, and what was retired may come back.
    await put(before).expect(409);
    await put({ dimensions: before.dimensions }).expect(204);
    expect(await read()).toMatchObject({ version: 2, dimensions: standard.dimensions });
  });

  test('of one administrator is not overwritten by another who had not seen it', async () => {
    const seen = await read();
    const [one, other] = ['sms', 'letter'].map((id) =>
      withCodes(seen, 'channel', (codes) => [...codes, aCode(id)]),
    );
    const both = await Promise.all([put(one ?? {}), put(other ?? {})]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject(aProblem('vocabulary-changed'));
    expect(codesOf(await read(), 'channel')).toHaveLength(6);
    expect((await put({ ...seen, tag: undefined, quarter: '2026-Q4' })).body).toMatchObject(
      aProblem('vocabulary-changed'),
    );
  });

  test('waits for a quarter that is being frozen', async () => {
    const draft = withCodes(await read(), 'channel', (codes) => [...codes, aCode('sms')]);
    let done = false;
    let waiting: Promise<unknown> = Promise.resolve();
    await app.database.keeper.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [locks.plan]);
      waiting = put(draft).then(({ status }) => {
        done = true;
        expect(status).toBe(204);
      });
      await waiterFor(app.database, locks.plan);
      expect(done).toBe(false);
    });
    await waiting;
  });

  test('stands in the last hour before its quarter', async () => {
    app.clock.set('2026-12-31T21:59:00Z');
    administrator = await app.as('administrator');
    const draft = withCodes(await read(), 'channel', (codes) => [...codes, aCode('sms')]);
    app.clock.set('2026-12-31T22:00:00Z');
    expect((await put(draft)).body).toMatchObject(aProblem('vocabulary-fixed'));
    app.clock.set('2026-12-31T22:59:59Z');
    administrator = await app.as('administrator');
    expect((await put(draft)).body).toMatchObject(aProblem('vocabulary-fixed'));
    await put(await read()).expect(204);
    app.clock.set('2026-12-31T23:00:00Z');
    // Meant for the quarter that has begun meanwhile.
    expect((await put(draft)).body).toMatchObject(aProblem('vocabulary-changed'));
    expect(await read()).toMatchObject({ quarter: '2027-Q2', version: 1 });
  });

  test('is for administrators alone', async () => {
    for (const role of ['handler', 'supervisor'] as const) {
      const other = await app.as(role);
      expect((await other.get(PATH)).body).toMatchObject(aProblem('not-allowed'));
      expect((await other.put(PATH).send({ dimensions: standard.dimensions })).body).toMatchObject(
        aProblem('not-allowed'),
      );
    }
  });

  test('may take more than other bodies, and 256 KiB at most', async () => {
    const draft = withCodes(await read(), 'area', (codes) => [
      ...codes,
      ...Array.from({ length: 300 }, (_, n) => aCode(`place_${String(n)}`)),
    ]);
    await put(draft).expect(204);
    expect((await put({ dimensions: [], x: 'x'.repeat(256 * 1024) })).body).toMatchObject(
      aProblem('too-large'),
    );
  });
});

describe('a draft is refused', () => {
  /** By what is wrong with it; places are those of the small vocabulary. */
  const cases: [string, (draft: Draft) => unknown, string, string][] = [
    [
      'without a code',
      (d) => withCodes(d, 'kind', (codes) => codes.slice(0, -1)),
      'dimensions.0.codes',
      'missing',
    ],
    ['without a question', (d) => ({ ...d, dimensions: d.dimensions.slice(1) }), 'dimensions', 'missing'],
    [
      'with a question of its own',
      (d) => ({ ...d, dimensions: [...d.dimensions, { ...d.dimensions[0], id: 'mine' }] }),
      'dimensions.15.id',
      'fixed',
    ],
    [
      'with a question twice',
      (d) => ({ ...d, dimensions: [...d.dimensions, d.dimensions[0]] }),
      'dimensions.15.id',
      'duplicate',
    ],
    [
      'with more answers to a question',
      (d) => changing(d, 'kind', (one) => ({ ...one, max: 2 })),
      'dimensions.0.max',
      'fixed',
    ],
    [
      'with a question for others',
      (d) => changing(d, 'kind', (one) => ({ ...one, applies: 'conversation' })),
      'dimensions.0.applies',
      'fixed',
    ],
    [
      'with a question that may be left out',
      (d) => changing(d, 'kind', (one) => ({ ...one, required: false })),
      'dimensions.0.required',
      'fixed',
    ],
    [
      'with a code twice',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('prank')]),
      'dimensions.0.codes.6.id',
      'duplicate',
    ],
    [
      'with the same words twice',
      (d) =>
        withCodes(d, 'kind', (codes) => [...codes, aCode('x', { label: { sv: 'Busringning', en: 'x' } })]),
      'dimensions.0.codes.4.label',
      'duplicate',
    ],
    [
      'without conversations',
      (d) => withCodes(d, 'kind', (codes) => retire(codes, 'conversation')),
      'dimensions.0.codes.0.retired',
      'fixed',
    ],
    [
      'with a code under one that is no group',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('x', { parent: 'prank' })]),
      'dimensions.0.codes.6.parent',
      'unknown-code',
    ],
    [
      'with a code under nothing',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('x', { parent: 'y' })]),
      'dimensions.0.codes.6.parent',
      'unknown-code',
    ],
    [
      'with a code under a retired group',
      (d) => withCodes(d, 'concern', (codes) => retire(codes, 'ideas')),
      'dimensions.3.codes.3.parent',
      'unknown-code',
    ],
    [
      'with a group of nothing',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('x', { group: true })]),
      'dimensions.0.codes.6.group',
      'empty',
    ],
    [
      'with a group in a group',
      (d) =>
        withCodes(d, 'concern', (codes) => [
          ...codes,
          aCode('x', { group: true, parent: 'ideas' }),
          aCode('y', { parent: 'x' }),
        ]),
      'dimensions.3.codes.13.parent',
      'not-applicable',
    ],
    [
      'with a code made a group',
      (d) =>
        withCodes(d, 'kind', (codes) => [
          ...codes.map((code) => (code.id === 'prank' ? { ...code, group: true } : code)),
          aCode('x', { parent: 'prank' }),
        ]),
      'dimensions.0.codes.4.group',
      'fixed',
    ],
    [
      'with a code that stands alone where there is one answer',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('x', { exclusive: true })]),
      'dimensions.0.codes.6.exclusive',
      'not-applicable',
    ],
    [
      'with a question without answers',
      (d) => withCodes(d, 'contact', (codes) => codes.map((code) => ({ ...code, retired: true }))),
      'dimensions.11.codes',
      'empty',
    ],
    [
      'with words over two lines',
      (d) => changing(d, 'kind', (one) => ({ ...one, label: { sv: 'a\nb', en: 'a' } })),
      'dimensions.0.label.sv',
      'wrong-type',
    ],
    [
      'with words of nothing but space',
      (d) => changing(d, 'kind', (one) => ({ ...one, label: { sv: ' \u00a0', en: 'a' } })),
      'dimensions.0.label.sv',
      'wrong-type',
    ],
    [
      'with an id that is none',
      (d) => withCodes(d, 'kind', (codes) => [...codes, aCode('två ord')]),
      'dimensions.0.codes.6.id',
      'wrong-type',
    ],
    ['with a field of its own', (d) => ({ ...d, comment: 'x' }), '', 'unknown-field'],
  ];
  test.each(cases)('%s', async (_what, change, path, code) => {
    const before = await read();
    const reply = await put(change(before) as object);
    expect(reply.body).toMatchObject({ type: '/problems/invalid-request', status: 422 });
    expect((reply.body as { errors: unknown[] }).errors).toContainEqual(
      expect.objectContaining({ path, code }),
    );
    expect(await read()).toEqual(before);
    expect(await events()).toEqual([]);
  });
});

describe('a turn of the quarter', () => {
  const chat = { kind: 'silent', channel: 'chat', daypart: 'night' };
  const voicemail = { ...chat, channel: 'voicemail' };
  const sms = { ...chat, channel: 'sms' };

  test('each quarter is logged, sealed, closed and shown by its own vocabulary', async () => {
    const { desk, reader, owner } = app.database;
    const random = seededRandom('a turn of the quarter');
    for (const quarter of ['2026-Q4', '2027-Q1'])
      await setPlan({ desk, reader }, quarter, smallPlan('medium'), {
        clock: app.clock,
        actor: 'supervisor',
      });
    let handler = await app.as('handler');
    const log = (answers: object, month?: string) =>
      handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers, ...(month === undefined ? {} : { month }) });
    const many = async (count: number, answers: object) => {
      for (let n = 0; n < count; n += 1) await log(answers).expect(201);
    };

    // In the old quarter the draft changes nothing.
    let draft = withCodes(await read(), 'channel', (codes) => [
      aCode('sms'),
      ...retire(codes, 'voicemail').toReversed(),
    ]);
    draft = withCodes(draft, 'concern', (codes) =>
      retire(codes, 'travel').map((code) =>
        code.id === 'info' ? { ...code, label: { sv: 'Fråga', en: 'Question' } } : code,
      ),
    );
    draft = changing(draft, 'kind', (one) => ({ ...one, codes: one.codes.toReversed() }));
    await put(draft).expect(204);
    await many(100, voicemail);
    await many(60, chat);
    expect((await log(sms)).body).toMatchObject(
      aProblem('invalid-call', [{ path: 'answers.channel', code: 'unknown-code' }]),
    );
    await log(aConversation({ concern: 'travel' })).expect(201);
    await sealBefore(app.database, '2026-11-12', { random });

    // The new quarter is logged by the new one, and a late call for the old month by the old one.
    app.clock.set('2027-01-01T00:30:00Z');
    handler = await app.as('handler');
    administrator = await app.as('administrator');
    const now = (await handler.get('/api/v1/vocabulary').expect(200)).body as Vocabulary;
    expect(now.version).toBe(2);
    expect(codesOf(now, 'channel').map(({ id }) => id)).toEqual([
      'sms',
      'email',
      'chat',
      'callback',
      'phone',
    ]);
    expect(JSON.stringify(now)).not.toContain('retired');
    await many(80, sms);
    await many(40, chat);
    expect((await log(voicemail)).body).toMatchObject(
      aProblem('invalid-call', [{ path: 'answers.channel', code: 'unknown-code' }]),
    );
    await log(voicemail, '2026-12').expect(201);
    expect((await log(sms, '2026-12')).status).toBe(422);
    // The retired code stays in the draft that follows, and may come back under its own name alone.
    const following = await read();
    expect(following).toMatchObject({ quarter: '2027-Q2', version: 2 });
    expect(codesOf(following, 'channel').find(({ id }) => id === 'voicemail')).toMatchObject({
      retired: true,
    });
    expect(codesOf(following, 'channel').find(({ id }) => id === 'sms')?.added).toBeUndefined();
    const without = withCodes(following, 'channel', (codes) => codes.filter(({ id }) => id !== 'voicemail'));
    expect((await put(without)).status).toBe(422);
    await sealBefore(app.database, '2027-01-02', { random });

    await closeOn(app.database, '2027-01-07', '2026-Q4', { random });
    await closeOn(app.database, '2027-04-07', '2027-Q1', { random });

    const supervisor = await app.as('supervisor');
    const shown = async (quarter: string, table: string) => {
      const reply = await supervisor.get(`/api/v1/statistics/periods/${quarter}/tables/${table}`).expect(200);
      const { rows, cells } = reply.body as PublishedTable;
      return new Map(
        rows.codes.map(({ code, label }, row) => [code, { sv: label.sv, cell: cells[row]?.[0] }]),
      );
    };
    // Six standard deviations of the noise of `medium`, and the step.
    const about = (count: number, cell: object | undefined) =>
      cell !== undefined && 'value' in cell && Math.abs(Number(cell.value) - count) <= 6 * Math.sqrt(18) + 5;
    const old = await shown('2026-Q4', 'channel');
    expect([...old.keys()]).toEqual(['phone', 'callback', 'voicemail', 'chat', 'email']);
    expect(about(101, old.get('voicemail')?.cell)).toBe(true);
    expect(about(60, old.get('chat')?.cell)).toBe(true);
    expect(about(161, (await shown('2026-Q4', 'kind')).get('silent')?.cell)).toBe(true);
    expect((await shown('2026-Q4', 'concern')).get('info')?.sv).toBe('Allmän fråga');
    expect((await shown('2026-Q4', 'concern')).has('travel')).toBe(true);
    const fresh = await shown('2027-Q1', 'channel');
    expect([...fresh.keys()]).toEqual(['sms', 'email', 'chat', 'callback', 'phone']);
    expect(about(80, fresh.get('sms')?.cell)).toBe(true);
    expect(about(40, fresh.get('chat')?.cell)).toBe(true);
    expect(fresh.get('email')?.cell).toHaveProperty('under');
    expect(about(120, (await shown('2027-Q1', 'kind')).get('silent')?.cell)).toBe(true);
    expect((await shown('2027-Q1', 'concern')).get('info')?.sv).toBe('Fråga');
    expect((await shown('2027-Q1', 'concern')).has('travel')).toBe(false);
    const frozen: { quarter: string; version: number }[] = await owner.query(
      `SELECT quarter, (vocabulary->>'version')::int AS version FROM published.quarter_plan ORDER BY quarter`,
    );
    expect(frozen).toEqual([
      { quarter: '2026-Q4', version: 1 },
      { quarter: '2027-Q1', version: 2 },
    ]);
  });
});
