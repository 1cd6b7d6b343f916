/** What is asked is what the plan of the call's quarter counts, and nothing else of a call is stored. */
import type { Answers } from '../../src/contract/call.js';
import { askedUnder } from '../../src/contract/counted.js';
import { presetSchema, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { FieldProblem } from '../../src/contract/problem.js';
import { askedVocabularySchema } from '../../src/contract/vocabulary.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { aProblem, startApp, type TestApp } from '../support/app.js';
import {
  aConversation,
  aReceipt,
  aSilentCall,
  codesOf,
  countedCodesOf,
  vocabulary,
} from '../support/calls.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '../support/jest.js';
import { countedBetween, begunCounters, openedCounters, openedIntake } from '../support/opened.js';
import { sealBefore } from '../support/keeping.js';

const VOCABULARY = '/api/v1/vocabulary';
const choose = ({ database, clock }: TestApp, quarter: string, preset: Preset) =>
  setPlan(database, quarter, presetPlan(preset), { clock, actor: 'supervisor' });

describe('in a quarter that has not begun', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp('2026-11-11T12:00:00Z');
  });
  afterAll(() => app.close());

  test('is asked what the plan would have it, and another plan is another tag', async () => {
    const supervisor = await app.as('supervisor');
    const read = (tag = '') => supervisor.get(VOCABULARY).set('If-None-Match', tag);
    const tiny = await read().expect(200);
    expect(askedVocabularySchema.parse(tiny.body)).toEqual(askedUnder(presetPlan('tiny'), vocabulary));
    const tag = tiny.headers['etag'] ?? '';
    await read(tag).expect(304);

    await choose(app, '2026-Q4', 'small');
    const small = await read(tag).expect(200);
    expect(small.body).toEqual(askedUnder(presetPlan('small'), vocabulary));
    expect(small.headers['etag']).not.toBe(tag);
    await read(small.headers['etag']).expect(304);
    // The same questions, only that others are asked.
    await choose(app, '2026-Q4', 'tiny');
    await read(tag).expect(304);
  });
});

describe('in the first days of a quarter, after one with another plan', () => {
  let app: TestApp;
  let handler: Awaited<ReturnType<TestApp['as']>>;
  beforeAll(async () => {
    app = await startApp('2026-09-30T12:00:00Z', { preset: 'small' });
    await choose(app, '2026-Q4', 'tiny');
    app.clock.set('2026-10-01T12:00:00Z');
    handler = await app.as('handler');
  });
  afterAll(() => app.close());
  afterEach(() => app.database.owner.query('DELETE FROM intake.call'));

  const put = (answers: Answers, month?: string) =>
    handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers, ...(month === undefined ? {} : { month }) });
  const stored = () => openedIntake(app.database);

  test('the vocabulary of either month has its own quarter’s plan, and its own tag', async () => {
    const now = await handler.get(VOCABULARY).expect(200);
    expect(now.body).toEqual(askedUnder(presetPlan('tiny'), vocabulary));
    const same = await handler.get(`${VOCABULARY}?month=2026-10`).expect(200);
    expect(same.headers['etag']).toBe(now.headers['etag']);
    const before = await handler.get(`${VOCABULARY}?month=2026-09`).expect(200);
    expect(before.body).toEqual(askedUnder(presetPlan('small'), vocabulary));
    const conditional = (tag = '', month = '2026-09') =>
      handler.get(`${VOCABULARY}?month=${month}`).set('If-None-Match', tag);
    await conditional(before.headers['etag']).expect(304);
    await conditional(before.headers['etag'], '2026-10').expect(200);
  });

  test.each<[string, FieldProblem]>([
    ['2026-08', 'closed-period'],
    ['2026-11', 'closed-period'],
    ['2026-Q3', 'wrong-type'],
    ['', 'wrong-type'],
  ])('of the month %j there is none', async (month, code) => {
    const reply = await handler.get(`${VOCABULARY}?month=${month}`);
    expect(reply.body).toMatchObject(aProblem('invalid-request', [{ path: 'month', code }]));
  });

  test('of one and the same call either month stores what its plan counts', async () => {
    const call = aConversation({
      relation: 'sibling',
      age: '0-12',
      referral: ['police', 'emergency', 'exit'],
    });
    await put(call, '2026-09').expect(201);
    expect(await stored()).toEqual([countedCodesOf(call, presetPlan('small'))]);
    await app.database.owner.query('DELETE FROM intake.call');
    await put(call).expect(201);
    expect(await stored()).toEqual([countedCodesOf(call, presetPlan('tiny'))]);
    expect(countedCodesOf(call, presetPlan('small'))).not.toEqual(codesOf(call));
  });

  const short = {
    kind: 'conversation',
    ...{
      concern: 'danger',
      environment: 'right',
      relation: 'close',
      age: 'minor',
      referral: ['authorities'],
    },
  };

  test('what is not asked may be left out, and groups are stored as what they are', async () => {
    await put(short).expect(201);
    const leaves = aConversation({ ...short, concern: 'violence', relation: 'friend', age: '16-17' });
    await put({ ...leaves, referral: ['police', 'emergency', 'security_service', 'authorities'] }).expect(
      201,
    );
    const [one, other] = await stored();
    expect(one).toEqual(countedCodesOf(short, presetPlan('tiny')));
    expect(other).toEqual(one);
  });

  test.each<[string, Answers, string, FieldProblem]>([
    ['a group that there is not', { ...short, relation: 'neighbours' }, 'relation', 'unknown-code'],
    ['a group of another question', { ...short, relation: 'minor' }, 'relation', 'unknown-code'],
    ['an unknown answer to what is not asked', { ...short, channel: 'fax' }, 'channel', 'unknown-code'],
    ['an answer of silent calls’ own', { kind: 'silent', outcome: 'advised' }, 'outcome', 'not-applicable'],
    ['four groups', { ...short, referral: ['police', 'bup', 'civil', 'exit'] }, 'referral', 'too-many'],
    ['none and a group', { ...short, referral: ['none', 'civil'] }, 'referral', 'exclusive'],
    ['no group at all', { ...short, referral: [] }, 'referral', 'missing'],
  ])('is refused: %s', async (_what, answers, dimension, code) => {
    const reply = await put(answers);
    expect(reply.body).toMatchObject(aProblem('invalid-call', [{ path: `answers.${dimension}`, code }]));
    expect(await stored()).toEqual([]);
  });

  test('in the month before, groups are no answer where leaves are asked, and more is missing', async () => {
    const { referral, ...rest } = short;
    const reply = await put({ ...rest, referral }, '2026-09');
    expect(reply.body).toMatchObject(
      aProblem('invalid-call', [
        { path: 'answers.concern', code: 'unknown-code' },
        { path: 'answers.gender', code: 'missing' },
        { path: 'answers.outcome', code: 'missing' },
      ]),
    );
  });
});

test.each(presetSchema.options)(
  'under %s a silent call is counted as one, and the rest of it is dropped',
  async (preset) => {
    const app = await startApp('2026-11-11T12:00:00Z', { preset });
    try {
      const { database } = app;
      const before = await begunCounters(database, '2026-11-11', '2026-Q4');
      const handler = await app.as('handler');
      await handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers: aSilentCall() }).expect(201);
      expect(await openedIntake(database)).toEqual([countedCodesOf(aSilentCall(), presetPlan(preset))]);
      await sealBefore(database, '2026-11-12');
      const { kind } = countedBetween(before, await openedCounters(database, '2026-Q4'));
      const silent = vocabulary.dimensions[0]?.codes.findIndex(({ id }) => id === 'silent') ?? NaN;
      expect(kind?.[silent]).toEqual([1]);
    } finally {
      await app.close();
    }
  },
);
