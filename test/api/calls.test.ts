import request from 'supertest';
import type { Answers } from '../../src/contract/call.js';
import type { FieldProblem } from '../../src/contract/problem.js';
import { aProblem, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt, aSilentCall, codesOf } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';
import { openedIntake } from '../support/opened.js';
import { expectProblem } from './expect-problem.js';

let app: TestApp;
let handler: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  // Under this plan every question is asked.
  app = await startApp('2026-11-11T12:00:00Z', { preset: 'large' });
  handler = await app.as('handler');
});
afterAll(async () => {
  await app.close();
});

const put = (receipt: string, body: object) => handler.put(`/api/v1/calls/${receipt}`).send(body);

/** The calls that wait, their envelopes opened as the keeper will. */
async function rowsOf(): Promise<{ day: string; month: string; codes: number[] }[]> {
  const { database } = app;
  const rows: { day: string; month: string }[] = await database.owner.query(
    'SELECT day::text, month FROM intake.call ORDER BY receipt_hash',
  );
  const opened = await openedIntake(database);
  return rows.map((row, index) => ({ ...row, codes: opened[index] ?? [] }));
}

describe('a call', () => {
  test('is stored, replaced by the same receipt, and withdrawn', async () => {
    const receipt = aReceipt();
    const stored = await put(receipt, { answers: aConversation() });
    expect([stored.status, stored.body]).toEqual([201, { status: 'stored' }]);
    expect(await rowsOf()).toEqual([
      { day: '2026-11-11', month: '2026-11', codes: codesOf(aConversation()) },
    ]);

    const again = await put(receipt, { answers: aConversation() });
    expect([again.status, again.body]).toEqual([200, { status: 'replaced' }]);
    const changed = await put(receipt, { answers: aSilentCall(), month: '2026-10' });
    expect([changed.status, changed.body]).toEqual([200, { status: 'replaced' }]);
    expect(await rowsOf()).toEqual([{ day: '2026-11-11', month: '2026-10', codes: codesOf(aSilentCall()) }]);

    await handler.delete(`/api/v1/calls/${receipt}`).expect(204);
    expect(await rowsOf()).toEqual([]);
    const unknown = await handler.delete(`/api/v1/calls/${receipt}`);
    expect(unknown.body).toMatchObject(aProblem('unknown-receipt'));
  });

  test('cannot be read back by any method', async () => {
    for (const method of ['get', 'post', 'patch'] as const) {
      const reply = await handler[method](`/api/v1/calls/${aReceipt()}`);
      expect(reply.body).toMatchObject(aProblem('method-not-allowed'));
      expect(reply.headers['allow']).toBe('PUT, DELETE');
    }
  });

  test('belongs to handlers alone', async () => {
    expect(
      (await request(app.server).put(`/api/v1/calls/${aReceipt()}`).send({ answers: aConversation() })).body,
    ).toMatchObject(aProblem('not-signed-in'));
    for (const role of ['supervisor', 'administrator'] as const) {
      const agent = await app.as(role);
      expect(
        (await agent.put(`/api/v1/calls/${aReceipt()}`).send({ answers: aConversation() })).body,
      ).toMatchObject(aProblem('not-allowed'));
      expect((await agent.delete(`/api/v1/calls/${aReceipt()}`)).body).toMatchObject(aProblem('not-allowed'));
    }
  });

  const without = (dimension: string): Answers => {
    const { [dimension]: _, ...rest } = aConversation();
    return rest;
  };
  const refused: [string, object, { path: string; code: FieldProblem }[]][] = [
    ['a missing answer', { answers: without('concern') }, [{ path: 'answers.concern', code: 'missing' }]],
    [
      'an empty choice of several',
      { answers: aConversation({ referral: [] }) },
      [{ path: 'answers.referral', code: 'missing' }],
    ],
    [
      'an unknown code',
      { answers: aConversation({ relation: 'neighbour' }) },
      [{ path: 'answers.relation', code: 'unknown-code' }],
    ],
    [
      'an empty code',
      { answers: aConversation({ relation: '' }) },
      [{ path: 'answers.relation', code: 'unknown-code' }],
    ],
    [
      'a roll-up code',
      { answers: aConversation({ relation: 'close' }) },
      [{ path: 'answers.relation', code: 'unknown-code' }],
    ],
    [
      'four referrals',
      { answers: aConversation({ referral: ['police', 'exit', 'bup', 'faith'] }) },
      [{ path: 'answers.referral', code: 'too-many' }],
    ],
    [
      'no referral and one more',
      { answers: aConversation({ referral: ['none', 'police'] }) },
      [{ path: 'answers.referral', code: 'exclusive' }],
    ],
    [
      'a conversation code on a silent call',
      { answers: { ...aSilentCall(), concern: 'views' } },
      [{ path: 'answers.concern', code: 'not-applicable' }],
    ],
    [
      'an unknown dimension',
      { answers: aConversation({ phone_number: '070' }) },
      [{ path: 'answers', code: 'unknown-field' }],
    ],
    [
      'an inherited name',
      { answers: { ...aConversation(), constructor: 'x' } },
      [{ path: 'answers', code: 'unknown-field' }],
    ],
    [
      'an unknown field beside the answers',
      { answers: aConversation(), note: 'a name' },
      [{ path: '', code: 'unknown-field' }],
    ],
    [
      'a list where one code goes',
      { answers: aConversation({ relation: ['parent'] }) },
      [{ path: 'answers.relation', code: 'wrong-type' }],
    ],
    [
      'one code where a list goes',
      { answers: aConversation({ referral: 'police' }) },
      [{ path: 'answers.referral', code: 'wrong-type' }],
    ],
    [
      'a number for a code',
      { answers: { ...aConversation(), relation: 7 } },
      [{ path: 'answers', code: 'wrong-type' }],
    ],
    ['no answers', {}, [{ path: 'answers', code: 'missing' }]],
    ['a list for a body', [], [{ path: '', code: 'wrong-type' }]],
    [
      'the month after',
      { answers: aConversation(), month: '2026-12' },
      [{ path: 'month', code: 'closed-period' }],
    ],
    [
      'the month before the last',
      { answers: aConversation(), month: '2026-09' },
      [{ path: 'month', code: 'closed-period' }],
    ],
    [
      'no month at all',
      { answers: aConversation(), month: 'november' },
      [{ path: 'month', code: 'wrong-type' }],
    ],
  ];
  test.each(refused)('is refused for %s', async (_name, body, errors) => {
    const before = await rowsOf();
    const reply = await put(aReceipt(), body);
    expect(reply.body).toMatchObject(aProblem('invalid-call', errors));
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(await rowsOf()).toEqual(before);
  });

  test.each(['short', `${'A'.repeat(22)}x`, `${'A'.repeat(21)}B`, 'å'.repeat(22), '%20'.repeat(7)])(
    'is refused for a receipt that is none',
    async (receipt) => {
      const reply = await put(encodeURIComponent(receipt), { answers: aConversation() });
      expect(reply.body).toMatchObject(aProblem('invalid-call', [{ path: 'receipt', code: 'wrong-type' }]));
    },
  );
});

describe('while the keeper has confirmed no key', () => {
  /** What PUT and DELETE answer, for a call that is not there and one that is. */
  async function expectShut(stored: string): Promise<void> {
    const before = await rowCount();
    const replies = [
      await put(aReceipt(), { answers: aConversation() }),
      await put(stored, { answers: aSilentCall() }),
      await handler.delete(`/api/v1/calls/${aReceipt()}`),
      await handler.delete(`/api/v1/calls/${stored}`),
    ];
    for (const reply of replies) {
      expectProblem(reply, 'unavailable');
      expect(reply.headers['retry-after']).toBe('30');
    }
    expect(await rowCount()).toBe(before);
  }

  async function rowCount(): Promise<number | undefined> {
    const [row]: { n: number }[] = await app.database.owner.query(
      'SELECT count(*)::int AS n FROM intake.call',
    );
    return row?.n;
  }

  test('nothing is taken in, amended or withdrawn; then all of it works again', async () => {
    const { owner } = app.database;
    const stored = aReceipt();
    await put(stored, { answers: aConversation() }).expect(201);
    await owner.query('UPDATE intake.key SET open = false');
    await expectShut(stored);
    await owner.query('UPDATE intake.key SET open = true');
    await put(stored, { answers: aSilentCall() }).expect(200);
    await handler.delete(`/api/v1/calls/${stored}`).expect(204);
  });

  test('and the same before there is a key at all', async () => {
    const { owner } = app.database;
    const [key]: { id: string; public_key: Buffer }[] = await owner.query('SELECT * FROM intake.key');
    await owner.query('DELETE FROM intake.call; DELETE FROM intake.key');
    await expectShut(aReceipt());
    await owner.query('INSERT INTO intake.key (id, public_key, open) VALUES ($1, $2, true)', [
      key?.id,
      key?.public_key,
    ]);
    await put(aReceipt(), { answers: aConversation() }).expect(201);
    await owner.query('DELETE FROM intake.call');
  });
});

describe('a call and the nights after it', () => {
  test('can be changed until it is in fact sealed, is remembered for a week or more, and then forgotten', async () => {
    const receipt = aReceipt();
    const later = aReceipt();
    await put(receipt, { answers: aConversation() }).expect(201);
    app.clock.set('2026-11-12T02:30:00Z');
    handler = await app.as('handler');
    await put(receipt, { answers: aConversation({ relation: 'friend' }) }).expect(200);
    await put(later, { answers: aSilentCall() }).expect(201);
    await sealBefore(app.database, '2026-11-12');

    expect((await put(receipt, { answers: aConversation() })).body).toMatchObject(aProblem('sealed'));
    expect((await handler.delete(`/api/v1/calls/${receipt}`)).body).toMatchObject(aProblem('sealed'));
    expect((await put(later, { answers: aSilentCall() })).status).toBe(200);
    expect(await rowsOf()).toEqual([{ day: '2026-11-12', month: '2026-11', codes: codesOf(aSilentCall()) }]);

    // A Thursday; the first Monday that is a week away or more is the 23rd.
    await sealBefore(app.database, '2026-11-22');
    expect((await put(receipt, { answers: aConversation() })).body).toMatchObject(aProblem('sealed'));
    await sealBefore(app.database, '2026-11-23');
    expect(
      await app.database.owner.query('SELECT 1 FROM intake.receipt_memory WHERE receipt_hash = sha256($1)', [
        Buffer.from(receipt),
      ]),
    ).toEqual([]);
  });

  test('is refused once its month is closed, and can be logged in the current one', async () => {
    app.clock.set('2026-12-04T12:00:00Z');
    handler = await app.as('handler');
    await put(aReceipt(), { answers: aConversation(), month: '2026-11' }).expect(201);
    await closeOn(app.database, '2026-12-04', '2026-11');
    const late = await put(aReceipt(), { answers: aConversation(), month: '2026-11' });
    expect(late.body).toMatchObject(aProblem('invalid-call', [{ path: 'month', code: 'closed-period' }]));
    await put(aReceipt(), { answers: aConversation() }).expect(201);
  });

  test('leaves no line in the log', () => {
    expect(app.logged).toEqual([]);
  });
});
