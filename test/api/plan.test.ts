import { leastSure } from '../../src/contract/sureness.js';
import { planCost, tableSchema, type Plan, type Preset } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import { stepFor, thresholdFor } from '../../src/statistics/show.js';
import { aProblem, startApp, type TestApp } from '../support/app.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';

let app: TestApp;
let supervisor: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
  supervisor = await app.as('supervisor');
});
afterAll(async () => {
  await app.close();
});

const get = (quarter: string) => supervisor.get(`/api/v1/plan/${quarter}`);
const put = (quarter: string, body: object) => supervisor.put(`/api/v1/plan/${quarter}`).send(body);

const varianceOf = (plan: Plan): number => leastSure(plan, vocabulary);
const costOf = (preset: Preset) => planCost(presetPlan(preset), vocabulary);

test('a new installation stands on tiny, and says what that costs and looks like', async () => {
  const { body } = await get('2026-Q4').expect(200);
  const cost = costOf('tiny');
  const sigma2 = varianceOf(presetPlan('tiny'));
  const step = stepFor(sigma2);
  expect(body).toEqual({
    quarter: '2026-Q4',
    begun: false,
    // At the latest in the night after the installation.
    begins: { with: 'first-handler', on: '2026-11-12' },
    chosen: false,
    preset: 'tiny',
    rho: 0.5,
    cost,
    sigma2,
    threshold: thresholdFor(sigma2, step),
    step,
    tables: presets.tiny,
    recommended: null,
  });
});

test('the first plan is chosen by an administrator too, and may be changed', async () => {
  const administrator = await app.as('administrator');
  const choose = (preset: Preset) => administrator.put('/api/v1/plan/2026-Q4').send({ preset });
  expect((await choose('large').expect(200)).body).toMatchObject({ preset: 'large', chosen: true });
  expect((await choose('tiny').expect(200)).body).toMatchObject({ preset: 'tiny', chosen: true });
  expect((await (await app.as('supervisor')).get('/api/v1/plan/2026-Q4')).body).toMatchObject({
    ...{ preset: 'tiny', chosen: true, begun: false },
  });
});

describe('choosing', () => {
  test('a preset holds for the quarter and those after it', async () => {
    const { body } = await put('2027-Q1', { preset: 'medium', rho: 0.125 }).expect(200);
    const [cost, sigma2] = [costOf('medium'), varianceOf(presetPlan('medium', 0.125))];
    const step = stepFor(sigma2);
    expect(body).toMatchObject({ preset: 'medium', rho: 0.125, cost, sigma2, step, begun: false });
    expect(body).toMatchObject({ begins: { with: 'midnight', on: '2027-01-01' }, chosen: true });
    expect((await get('2027-Q3')).body).toMatchObject({
      ...{ preset: 'medium', rho: 0.125, chosen: false },
      begins: { with: 'midnight', on: '2027-07-01' },
    });
    expect((await get('2026-Q4')).body).toMatchObject({ preset: 'tiny' });
  });

  test('tables of one own', async () => {
    const tables = [
      { id: 'age', rows: 'age' },
      { id: 'age-by-gender', rows: 'age', level: 'top', columns: 'gender', columnsLevel: 'top' },
    ];
    const { body } = await put('2027-Q2', { tables, rho: 0.25 }).expect(200);
    const sigma2 = varianceOf({ preset: 'own', rho: 0.25, tables: tableSchema.array().parse(tables) });
    const figures = { cost: 2, sigma2, threshold: thresholdFor(sigma2, 1), step: 1 };
    expect(body).toMatchObject({ preset: 'own', rho: 0.25, ...figures, tables });
  });

  test.each<[string, object, object]>([
    ['a rho above one half', { preset: 'tiny', rho: 0.6 }, aProblem('over-budget')],
    [
      'a rho of nothing',
      { preset: 'tiny', rho: 0 },
      aProblem('invalid-request', [{ path: 'rho', code: 'too-short' }]),
    ],
    [
      'a preset nobody knows',
      { preset: 'huge' },
      aProblem('invalid-request', [{ path: 'preset', code: 'wrong-type' }]),
    ],
    [
      'neither preset nor tables',
      { rho: 0.5 },
      aProblem('invalid-request', [{ path: 'preset', code: 'missing' }]),
    ],
    [
      'both',
      { preset: 'tiny', tables: [{ id: 'a', rows: 'age' }] },
      aProblem('invalid-request', [{ path: 'preset', code: 'exclusive' }]),
    ],
    [
      'an unknown dimension',
      { tables: [{ id: 'a', rows: 'shoe_size' }] },
      aProblem('invalid-request', [{ path: 'tables', code: 'wrong-type' }]),
    ],
    ['no tables', { tables: [] }, aProblem('invalid-request', [{ path: 'tables', code: 'too-short' }])],
    [
      'an unknown field',
      { preset: 'tiny', epsilon: 1 },
      aProblem('invalid-request', [{ path: '', code: 'unknown-field' }]),
    ],
  ])('refuses %s', async (_name, body, problem) => {
    expect((await put('2027-Q4', body)).body).toMatchObject(problem);
    expect((await get('2027-Q4')).body).toMatchObject({ preset: 'own', rho: 0.25 });
  });

  test('refuses a quarter that has begun, whether or not there are calls in it', async () => {
    await sealBefore(app.database, '2026-11-12');
    expect((await put('2026-Q4', { preset: 'large' })).body).toMatchObject(aProblem('quarter-begun'));
    expect((await get('2026-Q4')).body).toMatchObject({ begun: true, preset: 'tiny' });
    app.clock.set('2027-01-01T00:00:00Z');
    supervisor = await app.as('supervisor');
    expect((await put('2027-Q1', { preset: 'large' })).body).toMatchObject(aProblem('quarter-begun'));
    expect((await get('2027-Q1')).body).toMatchObject({ begun: true, preset: 'medium' });
  });

  test('belongs to supervisors; administrators may look, handlers may not', async () => {
    const administrator = await app.as('administrator');
    expect((await administrator.put('/api/v1/plan/2026-Q4').send({ preset: 'tiny' })).body).toMatchObject(
      aProblem('quarter-begun'),
    );
    for (const other of ['2026-Q3', '2027-Q1', '2028-Q1'])
      expect((await administrator.put(`/api/v1/plan/${other}`).send({ preset: 'tiny' })).body).toMatchObject(
        aProblem('not-allowed'),
      );
    await administrator.get('/api/v1/plan/2027-Q4').expect(200);
    expect((await administrator.put('/api/v1/plan/2027-Q4').send({ preset: 'tiny' })).body).toMatchObject(
      aProblem('not-allowed'),
    );
    expect((await (await app.as('handler')).get('/api/v1/plan/2027-Q4')).body).toMatchObject(
      aProblem('not-allowed'),
    );
  });

  test('what is no quarter is not found', async () => {
    for (const quarter of ['2027', '2027-01', '2027-Q5', 'next']) {
      expect((await get(quarter)).body).toMatchObject(aProblem('not-found'));
    }
  });

  test('an event says who chose, and on which day', async () => {
    expect(
      await app.database.owner.query(
        `SELECT day::text, actor, subject FROM desk.event WHERE kind = 'plan-set' ORDER BY id`,
      ),
    ).toEqual([
      { day: '2026-11-11', actor: 'administrator', subject: '2026-Q4' },
      { day: '2026-11-11', actor: 'administrator', subject: '2026-Q4' },
      { day: '2026-11-11', actor: 'supervisor', subject: '2027-Q1' },
      { day: '2026-11-11', actor: 'supervisor', subject: '2027-Q2' },
    ]);
  });
});

test('the recommended preset is seen in the API once a quarter is published', async () => {
  await closeOn(app.database, '2027-01-10', '2026-Q4');
  expect((await get('2027-Q2')).body).toMatchObject({ recommended: 'tiny' });
  expect(presetPlan('tiny').tables).toEqual(presets.tiny);
});
