/** The quarter of installation begins when the first handler signs in, and until then its plan may be chosen. */
import request from 'supertest';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { deskOf } from '../../src/desk-of.js';
import { beforeSignIn } from '../../src/desk/planning/begun-quarter.js';
import { planOf, setPlan } from '../../src/desk/planning/plan.js';
import { freezeBegun } from '../../src/keeping/quarter.js';
import { findQuarter } from '../../src/keeping/quarter-store.js';
import { locks } from '../../src/platform/locks.js';
import { REQUEST_CHANNEL } from '../../src/release/store.js';
import { aCall, csvOf, fileFolder } from '../keeping/import-support.js';
import { aProblem, PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt, codesOf, countedCodesOf } from '../support/calls.js';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';
import { importOn, sealBefore } from '../support/keeping.js';
import { openedIntake } from '../support/opened.js';
import { until } from '../support/until.js';
import { waiterFor } from '../support/waiters.js';

const QUARTER = '2026-Q2';
const PLAN = `/api/v1/plan/${QUARTER}`;
const files = fileFolder();
let app: TestApp;

beforeEach(async () => {
  app = await startApp('2026-05-20T08:00:00Z');
});
afterEach(() => app.close());
afterAll(() => files.remove());

const recorded = (): Promise<unknown> => app.database.owner.query('SELECT * FROM desk.begun_quarter');
const frozen = (): Promise<unknown> =>
  app.database.owner.query('SELECT quarter, plan FROM published.quarter_plan');
const signIn = (username: string, password = PASSWORD) =>
  request(app.server).post('/api/v1/session').send({ username, password });
const choose = (preset: Preset) =>
  setPlan(app.database, QUARTER, presetPlan(preset), { clock: app.clock, actor: 'command line' });
const chosen = () => planOf(app.database, QUARTER);
const freeze = () => freezeBegun(app.database.keeper, deskOf(app.database.keeper));

/** The plan that the keeper freezes. */
async function frozenPlan(): Promise<unknown> {
  await freeze();
  return (await findQuarter(app.database.keeper, QUARTER))?.plan;
}

describe('the quarter of installation', () => {
  test('is begun by no start, no supervisor, no administrator and no handler who is not let in', async () => {
    await app.as('supervisor');
    await app.as('administrator');
    await signIn('handler', 'not the password').expect(401);
    expect(await recorded()).toEqual([]);
    await freeze();
    expect(await frozen()).toEqual([]);
    expect(await app.database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
  });

  test('says until when its plan may be chosen, is begun by the first handler, and then stands', async () => {
    const supervisor = await app.as('supervisor');
    const choice = { begun: false, begins: { with: 'first-handler', on: '2026-05-21' } };
    expect((await supervisor.get(PLAN)).body).toMatchObject({ ...choice, chosen: false, preset: 'tiny' });
    const { body } = await supervisor.put(PLAN).send({ preset: 'medium' }).expect(200);
    expect(body).toMatchObject({ ...choice, chosen: true, preset: 'medium' });
    await app.as('handler');
    await app.as('handler');
    // Nothing but the quarter: no day, and nobody's name.
    expect(await recorded()).toEqual([{ quarter: QUARTER }]);
    expect((await supervisor.put(PLAN).send({ preset: 'large' })).body).toMatchObject(
      aProblem('quarter-begun'),
    );
    const stands = { begun: true, begins: null, chosen: true, preset: 'medium' };
    expect((await supervisor.get(PLAN)).body).toMatchObject(stands);
    expect(await frozenPlan()).toEqual(presetPlan('medium'));
  });

  test('without a choice is tiny, and says that nobody chose', async () => {
    await app.as('handler');
    const supervisor = await app.as('supervisor');
    expect((await supervisor.get(PLAN)).body).toMatchObject({ begun: true, chosen: false, preset: 'tiny' });
    expect(await frozenPlan()).toEqual(presetPlan('tiny'));
  });

  test('is begun by whoever is a handler when the session is there', async () => {
    await app.database.owner.query(`UPDATE desk.account SET role = 'handler' WHERE username = 'supervisor'`);
    await signIn('supervisor').expect(200);
    expect(await recorded()).toEqual([{ quarter: QUARTER }]);
  });

  test('is begun by the first seal too, and without a seal in its time may be chosen to the end', async () => {
    app.clock.set('2026-06-30T21:59:59Z');
    await choose('small');
    app.clock.set('2026-06-30T22:00:00Z');
    await expect(choose('large')).rejects.toMatchObject({ slug: 'quarter-begun' });
    app.clock.set('2026-05-21T03:00:00Z');
    const supervisor = await app.as('supervisor');
    expect((await supervisor.get(PLAN)).body).toMatchObject({
      begins: { with: 'first-handler', on: '2026-05-21' },
    });
    await sealBefore(app.database, '2026-05-21');
    await expect(choose('large')).rejects.toMatchObject({ slug: 'quarter-begun' });
    expect((await supervisor.get(PLAN)).body).toMatchObject({ begun: true, preset: 'small' });
  });

  test('keeps of a call what its plan counts, from the first one on', async () => {
    await choose('tiny');
    const handler = await app.as('handler');
    await handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers: aConversation() }).expect(201);
    const counted = countedCodesOf(aConversation(), presetPlan('tiny'));
    expect(counted).not.toEqual(codesOf(aConversation()));
    expect(await openedIntake(app.database)).toEqual([counted]);
  });

  test('is frozen by a keeper at work, without counters', async () => {
    await choose('small');
    await app.as('handler');
    const keeping = startKeeper(app.database, { clock: app.clock });
    try {
      await until(async () => {
        await app.database.keeper.query(`NOTIFY ${REQUEST_CHANNEL}`);
        return (await findQuarter(app.database.keeper, QUARTER)) !== null;
      }, 30);
    } finally {
      await keeping.stop();
    }
    expect(await frozen()).toEqual([{ quarter: QUARTER, plan: presetPlan('small') }]);
    expect(await app.database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
  });

  test('is not begun by an import into an earlier one, which is', async () => {
    const supervisor = await app.as('supervisor');
    const earlier = '/api/v1/plan/2025-Q1';
    expect((await supervisor.get(earlier)).body).toMatchObject({
      begins: { with: 'first-import', on: null },
    });
    await importOn(app.database, '2026-05-20', files.file(csvOf([aCall('2025-02')])));
    expect((await supervisor.get(earlier)).body).toMatchObject({ begun: true, begins: null });
    expect((await supervisor.put(earlier).send({ preset: 'small' })).body).toMatchObject(
      aProblem('quarter-begun'),
    );
    await supervisor.put(PLAN).send({ preset: 'small' }).expect(200);
    expect(await recorded()).toEqual([]);
  });
});

describe('a sign-in and a choice at once give one truth', () => {
  test('a choice under way comes before the first handler', async () => {
    let signedIn = false;
    let entering: Promise<void> = Promise.resolve();
    await app.database.desk.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [locks.plan]);
      entering = signIn('handler')
        .expect(200)
        .then(() => {
          signedIn = true;
        });
      await waiterFor(app.database, locks.plan);
      expect(signedIn).toBe(false);
      expect(await recorded()).toEqual([]);
      await manager.query('INSERT INTO desk.plan (quarter, plan) VALUES ($1, $2)', [
        QUARTER,
        JSON.stringify(presetPlan('large')),
      ]);
    });
    await entering;
    expect(await recorded()).toEqual([{ quarter: QUARTER }]);
    expect(await frozenPlan()).toEqual(presetPlan('large'));
  });

  test('a first handler under way refuses the choice that waited', async () => {
    await choose('medium');
    let waiting: Promise<unknown> = Promise.resolve();
    await app.database.desk.transaction(async (manager) => {
      const { signedIn } = await beforeSignIn(manager, app.database);
      waiting = choose('large').catch((error: unknown) => error);
      await waiterFor(app.database, locks.plan);
      await signedIn('handler');
    });
    expect(await waiting).toMatchObject({ slug: 'quarter-begun' });
    expect(await frozenPlan()).toEqual(presetPlan('medium'));
  });

  test('a sign-in that comes to nothing begins nothing', async () => {
    await app.database.desk
      .transaction(async (manager) => {
        const { signedIn } = await beforeSignIn(manager, app.database);
        await signedIn('handler');
        throw new Error('the code was wrong');
      })
      .catch(() => undefined);
    expect(await recorded()).toEqual([]);
    await choose('large');
  });

  test('of many, what stands is one that somebody was told is chosen', async () => {
    const supervisor = await app.as('supervisor');
    const presets: readonly Preset[] = ['small', 'medium', 'large'];
    const said: Preset[] = [];
    const put = async (preset: Preset) => {
      const { status } = await supervisor.put(PLAN).send({ preset });
      expect([200, 409]).toContain(status);
      if (status === 200) said.push(preset);
    };
    await Promise.all([...presets.map(put), signIn('handler').expect(200), freeze(), ...presets.map(put)]);
    const stands = await chosen();
    await expect(choose('tiny')).rejects.toMatchObject({ slug: 'quarter-begun' });
    expect(await frozenPlan()).toEqual(stands);
    expect(said.length === 0 ? ['tiny'] : said).toContain(stands.preset);
  });
});
