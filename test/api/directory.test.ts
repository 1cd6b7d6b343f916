import type { Directory } from '../../src/contract/directory.js';
import { municipalities } from '../../src/contract/places.js';
import { leafCodes } from '../../src/contract/vocabulary.js';
import { installDesk } from '../../src/desk/install.js';
import { startApp, type TestApp } from '../support/app.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { expectProblem } from './expect-problem.js';

let app: TestApp;
let handler: Awaited<ReturnType<TestApp['as']>>;
let administrator: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  app = await startApp();
  handler = await app.as('handler');
  administrator = await app.as('administrator');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE desk.organisation');
  await installDesk(app.database.owner);
});

const path = '/api/v1/directory';
const read = async () => ((await handler.get(path).expect(200)).body as Directory).organisations;
/** What is stored of an organisation, without its tag. */
const stored = async (id: string) => {
  const { tag: _, ...organisation } = (await read()).find((one) => one.id === id) ?? { tag: '' };
  return organisation;
};
const tagOf = async (id: string) => (await read()).find((one) => one.id === id)?.tag ?? '';
const idsOf = (organisations: Directory['organisations']) => organisations.map(({ id }) => id);

const exit = {
  name: 'Exit Värmland',
  referral: 'exit',
  counties: ['SE311'],
  municipalities: ['1780'],
  telephone: '010-000 00 00',
  web: 'https://exit.example/stod',
  hours: 'mån–fre 08–16',
  languages: ['sv', 'ar'],
  needs: ['leave'],
  verifiedOn: '2026-11-01',
};

describe('the directory that comes with the software', () => {
  test('has the organisations every line needs, none of which anybody here has checked', async () => {
    const organisations = await read();
    expect(organisations.map(({ verifiedOn }) => verifiedOn)).toEqual(organisations.map(() => null));
    const telephones = Object.fromEntries(organisations.map(({ id, telephone }) => [id, telephone]));
    expect(telephones).toMatchObject({
      '112': '112',
      polisen: '114 14',
      bris: '116 111',
      kvinnofridslinjen: '020-50 50 50',
    });
    expect(idsOf(organisations)).toEqual(
      expect.arrayContaining(['cve', 'exit-fryshuset', 'segerstedtinstitutet', 'sakerhetspolisen']),
    );
    const coordinators = organisations.filter(({ referral }) => referral === 'coordinator');
    const served = coordinators.flatMap((one) =>
      one.municipalities.map((code) => municipalities.find((municipality) => municipality.code === code)),
    );
    expect(served.map((municipality) => municipality?.name).toSorted()).toEqual(
      'Eda Forshaga Grums Hammarö Karlstad Kristinehamn Sunne Säffle Torsby Årjäng'.split(' ').toSorted(),
    );
    expect(served.every((municipality) => municipality?.county === 'SE311')).toBe(true);
  });

  test('names only referrals that a call can have', async () => {
    const referral = vocabulary.dimensions.find(({ id }) => id === 'referral');
    const codes = new Set(referral === undefined ? [] : leafCodes(referral).map(({ id }) => id));
    expect((await read()).filter((one) => !codes.has(one.referral))).toEqual([]);
  });

  test('comes back at a later start only where it is new: what was changed or removed stays so', async () => {
    await administrator.put(`${path}/bris`).send(exit).expect(204);
    await administrator.delete(`${path}/cve`).expect(204);
    const before = await read();
    await installDesk(app.database.owner);
    expect(await read()).toEqual(before);
    expect(before.find(({ id }) => id === 'bris')?.name).toBe(exit.name);
    expect(idsOf(before)).not.toContain('cve');
  });
});

describe('keeping the directory', () => {
  test('what an administrator stores is what a handler reads, until it is stored anew or removed', async () => {
    await administrator.put(`${path}/exit-varmland`).send(exit).expect(204);
    expect(await stored('exit-varmland')).toEqual({ ...exit, id: 'exit-varmland' });
    const changed = { ...exit, telephone: null, verifiedOn: null };
    await administrator.put(`${path}/exit-varmland`).send(changed).expect(204);
    expect(await stored('exit-varmland')).toEqual({ ...changed, id: 'exit-varmland' });
    await administrator.delete(`${path}/exit-varmland`).expect(204);
    expect(idsOf(await read())).not.toContain('exit-varmland');
    expectProblem(await administrator.delete(`${path}/exit-varmland`), 'not-found');
    await administrator.put(`${path}/exit-varmland`).send(exit).expect(204);
    expect(idsOf(await read())).toContain('exit-varmland');
  });

  test('needs may be left out', async () => {
    const { needs: _, ...without } = exit;
    await administrator.put(`${path}/a`).send(without).expect(204);
    expect(await stored('a')).toEqual({ ...without, needs: [], id: 'a' });
  });

  test.each(['A', '-a', 'a'.repeat(65), 'a%20b', '%C3%A5'])('the id %s is none', async (id) => {
    expectProblem(await administrator.put(`${path}/${id}`).send(exit), 'not-found');
    expectProblem(await administrator.delete(`${path}/${id}`), 'not-found');
  });

  test('reading it leaves nothing behind: no event, no log line', async () => {
    const events = () => app.database.owner.query('SELECT * FROM desk.event');
    const before: unknown = await events();
    await read();
    expect(await events()).toEqual(before);
    expect(app.logged).toEqual([]);
  });
});

describe('two administrators at one entry', () => {
  const one = `${path}/bris`;
  const mine = { ...exit, name: 'Mine' };
  const theirs = { ...exit, name: 'Theirs' };

  test('the later change is kept, the one made to an older state is refused', async () => {
    const tag = await tagOf('bris');
    await administrator
      .put(one)
      .send({ ...theirs, tag })
      .expect(204);
    expectProblem(await administrator.put(one).send({ ...mine, tag }), 'organisation-changed');
    expect(await stored('bris')).toEqual({ ...theirs, id: 'bris' });
    await administrator
      .put(one)
      .send({ ...mine, tag: await tagOf('bris') })
      .expect(204);
    expect(await stored('bris')).toEqual({ ...mine, id: 'bris' });
  });

  test('of ten at once exactly one is stored', async () => {
    const tag = await tagOf('bris');
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => {
        const reply = await administrator.put(one).send({ ...exit, name: `Number ${String(number)}`, tag });
        return reply.status;
      }),
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, ...Array.from({ length: 9 }, () => 409)]);
  });

  test('the same change sent again is stored already; the tag is of the content alone', async () => {
    const tag = await tagOf('bris');
    for (const _ of [1, 2])
      await administrator
        .put(one)
        .send({ ...mine, tag })
        .expect(204);
    const after = await tagOf('bris');
    await administrator.put(one).send(theirs).expect(204);
    await administrator.put(one).send(mine).expect(204);
    expect(await tagOf('bris')).toBe(after);
  });

  test('one that another has changed is not removed, one that is gone is not put back', async () => {
    const tag = await tagOf('bris');
    await administrator.put(one).send(theirs).expect(204);
    expectProblem(await administrator.delete(one).query({ tag }), 'organisation-changed');
    const now = await tagOf('bris');
    await administrator.delete(one).query({ tag: now }).expect(204);
    expectProblem(await administrator.delete(one).query({ tag: now }), 'not-found');
    expectProblem(await administrator.put(one).send({ ...mine, tag: now }), 'organisation-changed');
    expect(idsOf(await read())).not.toContain('bris');
  });

  test('a new one takes no place that is taken', async () => {
    expectProblem(await administrator.put(one).send({ ...mine, tag: null }), 'organisation-changed');
    await administrator.delete(one).expect(204);
    await administrator
      .put(one)
      .send({ ...mine, tag: null })
      .expect(204);
    await administrator
      .put(`${path}/new-one`)
      .send({ ...mine, tag: null })
      .expect(204);
    expectProblem(
      await administrator.put(`${path}/new-one`).send({ ...theirs, tag: null }),
      'organisation-changed',
    );
  });

  test('what stands after the question mark is a tag or nothing', async () => {
    expectProblem(await administrator.delete(one).query({ tag: 'x'.repeat(65) }), 'invalid-request', {
      errors: [['tag', 'too-long']],
    });
    expectProblem(await administrator.delete(one).query({ force: 'yes' }), 'invalid-request', {
      errors: [['', 'unknown-field']],
    });
  });
});

describe('how long a session has left', () => {
  const left = async () => Number((await handler.get('/api/v1/session')).headers['tyst-session-seconds']);

  test('is half an hour after each renewal, and less in the last half hour of twelve hours', async () => {
    handler = await app.as('handler');
    expect(await left()).toBe(1800);
    for (let minutes = 25; minutes <= 690; minutes += 25) {
      app.clock.set(new Date(Date.parse('2026-11-11T12:00:00Z') + minutes * 60_000).toISOString());
      expect(await left()).toBe(1800);
    }
    app.clock.set('2026-11-11T23:40:00Z');
    expect(await left()).toBe(1200);
    app.clock.set('2026-11-11T23:58:30Z');
    expect(await left()).toBe(90);
    app.clock.set('2026-11-12T00:00:00Z');
    expectProblem(await handler.get('/api/v1/session'), 'not-signed-in');
    app.clock.set('2026-11-11T12:00:00Z');
  });
});
