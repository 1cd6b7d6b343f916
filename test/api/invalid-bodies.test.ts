import request from 'supertest';
import type { FieldProblem, ProblemSlug } from '../../src/contract/problem.js';
import { hashOfToken, newToken } from '../../src/desk/sign-in/token.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { expectProblem } from './expect-problem.js';
import { aSession } from './operations.js';

let app: TestApp;
let handler: string;
let supervisor: string;
let administrator: string;

beforeAll(async () => {
  app = await startApp();
  handler = await aSession(app, 'handler');
  supervisor = await aSession(app, 'supervisor');
  administrator = await aSession(app, 'administrator');
});
afterAll(() => app.close());

type Errors = [path: string, code: FieldProblem][];
/** What is sent, as JSON text where no object has it, and what is answered to it. */
type Case = [body: unknown, errors: Errors];

/** JSON that is no object: it parses, so it is not malformed, and it is not what any route takes. */
const noObjects: Case[] = ['"text"', '5', 'true', 'null', '[]', '[{}]', '""'].map((text) => [
  text,
  [['', 'wrong-type']],
]);

async function expectErrors(
  send: (json: string) => PromiseLike<request.Response>,
  slug: ProblemSlug,
  [body, errors]: Case,
): Promise<void> {
  const reply = await send(typeof body === 'string' ? body : JSON.stringify(body));
  expect([body, reply.body]).toMatchObject([body, { status: 422 }]);
  expectProblem(reply, slug, { errors });
}

describe('POST /session', () => {
  const sound = { username: 'handler', password: PASSWORD };
  const cases: Case[] = [
    ...noObjects,
    [
      {},
      [
        ['username', 'missing'],
        ['password', 'missing'],
      ],
    ],
    [{ ...sound, username: undefined }, [['username', 'missing']]],
    [{ ...sound, username: null }, [['username', 'wrong-type']]],
    [{ ...sound, username: 7 }, [['username', 'wrong-type']]],
    [{ ...sound, username: ['handler'] }, [['username', 'wrong-type']]],
    [{ ...sound, username: { $ne: '' } }, [['username', 'wrong-type']]],
    [{ ...sound, username: '' }, [['username', 'too-short']]],
    [{ ...sound, username: 'x'.repeat(65) }, [['username', 'too-long']]],
    [{ ...sound, password: '' }, [['password', 'too-short']]],
    [{ ...sound, password: 'x'.repeat(257) }, [['password', 'too-long']]],
    [{ ...sound, code: 123456 }, [['code', 'wrong-type']]],
    [{ ...sound, code: '1'.repeat(33) }, [['code', 'too-long']]],
    [{ ...sound, remember: true }, [['', 'unknown-field']]],
    [{ ...sound, remember: true, me: true }, [['', 'unknown-field']]],
    ['{"username":"handler","password":"x","__proto__":{"role":"administrator"}}', [['', 'unknown-field']]],
    ['{"username":"handler","password":"x","constructor":1}', [['', 'unknown-field']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) => request(app.server).post('/api/v1/session').type('json').send(json),
      'invalid-request',
      one,
    );
  });
});

describe('POST /invitations/{token}', () => {
  let path: string;
  beforeAll(async () => {
    const token = newToken();
    path = `/api/v1/invitations/${token}`;
    await app.database.owner.query(
      `INSERT INTO desk.invitation (token_hash, username, valid_before) VALUES ($1, 'handler', $2)`,
      [hashOfToken(token), new Date('2026-11-12T12:00:00Z')],
    );
  });
  const sound = { password: PASSWORD, locale: 'sv' };
  const cases: Case[] = [
    ...noObjects,
    [
      {},
      [
        ['password', 'missing'],
        ['locale', 'missing'],
      ],
    ],
    [{ ...sound, password: 'x'.repeat(11) }, [['password', 'too-short']]],
    [{ ...sound, password: 'x'.repeat(257) }, [['password', 'too-long']]],
    [{ ...sound, password: ['x'.repeat(12)] }, [['password', 'wrong-type']]],
    [{ ...sound, locale: 'de' }, [['locale', 'wrong-type']]],
    [{ ...sound, locale: null }, [['locale', 'wrong-type']]],
    [{ ...sound, role: 'administrator' }, [['', 'unknown-field']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) => request(app.server).post(path).type('json').send(json),
      'invalid-request',
      one,
    );
  });
});

describe('PUT /calls/{receipt}', () => {
  const answers = aConversation();
  const cases: Case[] = [
    ...noObjects,
    [{}, [['answers', 'missing']]],
    [{ answers: null }, [['answers', 'wrong-type']]],
    [{ answers: [] }, [['answers', 'wrong-type']]],
    [{ answers: 'conversation' }, [['answers', 'wrong-type']]],
    [{ answers: { ...answers, concern: { a: 'b' } } }, [['answers', 'wrong-type']]],
    [{ answers: { ...answers, referral: [['police']] } }, [['answers', 'wrong-type']]],
    [{ answers: { ...answers, concern: null } }, [['answers', 'wrong-type']]],
    [{ answers, month: 202611 }, [['month', 'wrong-type']]],
    [{ answers, month: '2026-13' }, [['month', 'wrong-type']]],
    [{ answers, month: '2026-11\n' }, [['month', 'wrong-type']]],
    [{ answers, month: '2026-09' }, [['month', 'closed-period']]],
    [{ answers, note: 'x' }, [['', 'unknown-field']]],
    [{ answers: { ...answers, note: 'x' } }, [['answers', 'unknown-field']]],
    [{ answers: { ...answers, toString: 'x' } }, [['answers', 'unknown-field']]],
    [
      { answers: { kind: 'silent', channel: 'phone', daypart: 'dawn' } },
      [['answers.daypart', 'unknown-code']],
    ],
    [{ answers: { ...answers, referral: [] } }, [['answers.referral', 'missing']]],
    [
      { answers: { ...answers, referral: ['none', 'exit'], age: '16-17 ', month: '2026-11' } },
      [
        ['answers', 'unknown-field'],
        ['answers.age', 'unknown-code'],
        ['answers.referral', 'exclusive'],
      ],
    ],
  ];
  test.each(cases)('%j', async (...one) => {
    const path = `/api/v1/calls/${aReceipt()}`;
    await expectErrors(
      (json) => request(app.server).put(path).set('Cookie', handler).type('json').send(json),
      'invalid-call',
      one,
    );
    expect(await app.database.owner.query('SELECT 1 FROM intake.call')).toEqual([]);
  });

  test.each(['short', 'A'.repeat(23), `${'A'.repeat(21)}B`, `${'A'.repeat(21)}%C3%A5`, '%20', '%00'])(
    'the receipt %s, of either method',
    async (receipt) => {
      const path = `/api/v1/calls/${receipt}`;
      for (const reply of [
        await request(app.server).put(path).set('Cookie', handler).send({ answers }),
        await request(app.server).delete(path).set('Cookie', handler),
      ])
        expectProblem(reply, 'invalid-call', { errors: [['receipt', 'wrong-type']] });
    },
  );
});

describe('POST /releases', () => {
  const cases: Case[] = [
    ...noObjects,
    [{}, [['period', 'missing']]],
    [{ period: '2026-11' }, [['period', 'wrong-type']]],
    [{ period: '2026-Q3', reason: '' }, [['reason', 'too-short']]],
    [{ period: '2026-Q3', reason: 'x'.repeat(201) }, [['reason', 'too-long']]],
    [{ period: '2026-Q3', reason: 'one\ntwo' }, [['reason', 'wrong-type']]],
    [{ period: ['2026-Q3'] }, [['period', 'wrong-type']]],
    [{ period: '2026-Q3', revision: 2 }, [['', 'unknown-field']]],
    [
      { period: '2026-Q3', foreword: { sv: 7, en: '' } },
      [
        ['foreword.sv', 'wrong-type'],
        ['foreword.en', 'too-short'],
      ],
    ],
    [{ period: '2026-Q3', foreword: { sv: 'x', author: 'y' } }, [['foreword', 'unknown-field']]],
    [{ period: '2026-Q3', foreword: [] }, [['foreword', 'wrong-type']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) =>
        request(app.server).post('/api/v1/releases').set('Cookie', supervisor).type('json').send(json),
      'invalid-request',
      one,
    );
  });
});

describe('PUT /unanswered/{month}', () => {
  const cases: Case[] = [
    ...noObjects,
    [{}, [['calls', 'missing']]],
    [{ calls: null }, [['calls', 'wrong-type']]],
    [{ calls: '12' }, [['calls', 'wrong-type']]],
    [{ calls: 1.5 }, [['calls', 'wrong-type']]],
    [{ calls: -1 }, [['calls', 'too-short']]],
    [{ calls: 1_000_001 }, [['calls', 'too-long']]],
    [{ calls: 12, answered: 80 }, [['', 'unknown-field']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) =>
        request(app.server)
          .put('/api/v1/unanswered/2026-10')
          .set('Cookie', supervisor)
          .type('json')
          .send(json),
      'invalid-request',
      one,
    );
    expect(await app.database.owner.query('SELECT 1 FROM desk.unanswered')).toEqual([]);
  });
});

describe('PUT /directory/{organisation}', () => {
  const sound = {
    name: 'Exit',
    referral: 'exit',
    counties: [],
    municipalities: [],
    telephone: null,
    web: null,
    hours: null,
    languages: [],
    verifiedOn: null,
  };
  const cases: Case[] = [
    ...noObjects,
    [{ ...sound, name: undefined }, [['name', 'missing']]],
    [{ ...sound, name: '' }, [['name', 'too-short']]],
    [{ ...sound, name: 'x'.repeat(121) }, [['name', 'too-long']]],
    [{ ...sound, name: 'one\ntwo' }, [['name', 'wrong-type']]],
    [{ ...sound, referral: 'nowhere' }, [['referral', 'unknown-code']]],
    [{ ...sound, referral: 'civil' }, [['referral', 'unknown-code']]],
    [{ ...sound, referral: 'none' }, [['referral', 'unknown-code']]],
    [{ ...sound, counties: ['SE31'] }, [['counties.0', 'wrong-type']]],
    [{ ...sound, municipalities: ['1780', '9999'] }, [['municipalities.1', 'wrong-type']]],
    [{ ...sound, telephone: 112 }, [['telephone', 'wrong-type']]],
    [{ ...sound, web: 'javascript:alert(1)' }, [['web', 'wrong-type']]],
    [{ ...sound, languages: ['Swedish'] }, [['languages.0', 'wrong-type']]],
    [{ ...sound, needs: ['money'] }, [['needs.0', 'wrong-type']]],
    [{ ...sound, verifiedOn: '2026-02-30' }, [['verifiedOn', 'wrong-type']]],
    [{ ...sound, tag: 7 }, [['tag', 'wrong-type']]],
    [{ ...sound, id: 'exit' }, [['', 'unknown-field']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) =>
        request(app.server)
          .put('/api/v1/directory/exit')
          .set('Cookie', administrator)
          .type('json')
          .send(json),
      'invalid-request',
      one,
    );
    expect(await app.database.owner.query(`SELECT 1 FROM desk.organisation WHERE id = 'exit'`)).toEqual([]);
  });
});

describe('PUT /plan/{quarter}', () => {
  const table = { id: 'a', rows: 'concern' };
  const cases: Case[] = [
    ...noObjects,
    [{}, [['preset', 'missing']]],
    [{ preset: 'huge' }, [['preset', 'wrong-type']]],
    [{ preset: 'small', tables: [table] }, [['preset', 'exclusive']]],
    [{ preset: 'small', rho: 0 }, [['rho', 'too-short']]],
    [{ preset: 'small', rho: '0.5' }, [['rho', 'wrong-type']]],
    [{ tables: [] }, [['tables', 'too-short']]],
    [{ tables: [{ ...table, id: 'A b' }] }, [['tables.0.id', 'wrong-type']]],
    [{ tables: [table, { id: 'b' }] }, [['tables.1.rows', 'missing']]],
    [{ tables: [{ ...table, cells: 9 }] }, [['tables.0', 'unknown-field']]],
    [{ preset: 'small', sigma2: 1 }, [['', 'unknown-field']]],
  ];
  test.each(cases)('%j', async (...one) => {
    await expectErrors(
      (json) =>
        request(app.server).put('/api/v1/plan/2027-Q1').set('Cookie', supervisor).type('json').send(json),
      'invalid-request',
      one,
    );
  });
});

describe('what an administrator sends', () => {
  const code = { id: 'a', label: { sv: 'a', en: 'a' } };
  const dimension = {
    id: 'kind',
    applies: 'all',
    required: true,
    max: 1,
    layout: 'flat',
    label: { sv: 'a', en: 'a' },
    codes: [code],
  };
  const routes: [method: 'post' | 'put' | 'patch', path: string, cases: Case[]][] = [
    [
      'post',
      '/users',
      [
        [
          {},
          [
            ['username', 'missing'],
            ['role', 'missing'],
          ],
        ],
        [{ username: 'Two Words', role: 'handler' }, [['username', 'wrong-type']]],
        [{ username: 'a\n', role: 'handler' }, [['username', 'wrong-type']]],
        [{ username: 'a', role: ['handler'] }, [['role', 'wrong-type']]],
      ],
    ],
    [
      'patch',
      '/users/nobody',
      [
        [{}, [['', 'missing']]],
        [{ disabled: 'yes' }, [['disabled', 'wrong-type']]],
        [{ disabled: null }, [['disabled', 'wrong-type']]],
        [{ resetTwoFactor: false }, [['resetTwoFactor', 'wrong-type']]],
        [{ username: 'other' }, [['', 'unknown-field']]],
      ],
    ],
    ['post', '/invitations', [[{ username: '' }, [['username', 'wrong-type']]]]],
    [
      'put',
      '/settings',
      [[{ organisation: '\u0000', openReleases: false }, [['organisation', 'wrong-type']]]],
    ],
    [
      'put',
      '/vocabulary/next',
      [
        [{}, [['dimensions', 'missing']]],
        [{ dimensions: [] }, [['dimensions', 'too-short']]],
        [{ dimensions: [{ ...dimension, codes: [] }] }, [['dimensions.0.codes', 'too-short']]],
        [
          { dimensions: [{ ...dimension, codes: [{ ...code, id: 'a b' }] }] },
          [['dimensions.0.codes.0.id', 'wrong-type']],
        ],
        [
          { dimensions: [{ ...dimension, codes: [{ ...code, label: { sv: 'a', de: 'a' } }] }] },
          [
            ['dimensions.0.codes.0.label.en', 'missing'],
            ['dimensions.0.codes.0.label', 'unknown-field'],
          ],
        ],
        [{ dimensions: [{ ...dimension, hidden: true }] }, [['dimensions.0', 'unknown-field']]],
        [{ dimensions: [dimension], quarter: 'next' }, [['quarter', 'wrong-type']]],
      ],
    ],
    ['patch', '/session', [[{ locale: 'de' }, [['locale', 'wrong-type']]]]],
    ['put', '/session/password', [[{ password: 'a', newPassword: 'short' }, [['newPassword', 'too-short']]]]],
    ['put', '/session/two-factor', [[{ code: 123456 }, [['code', 'wrong-type']]]]],
  ];
  test.each(routes)('%s %s', async (method, path, cases) => {
    const cookie = await aSession(app, 'administrator');
    const send = (json: string) =>
      request(app.server)[method](`/api/v1${path}`).set('Cookie', cookie).type('json').send(json);
    for (const one of [...noObjects, ...cases]) await expectErrors(send, 'invalid-request', one);
  });
});
