/* With DATABASE_URL: a PostgreSQL that somebody else runs, as old as 15, with an owner that may do little. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';
import { NOT_ALLOWED, runEveryCommand } from './every-command.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { addUser, childOf, familyOf, send, setWorkshop, signIn, stillRunning } from './tyst.js';

const workshop = setWorkshop();
const programs = { 15: await programsOf(15, workshop.folder), 18: await programsOf(18, workshop.folder) };
/** What only the owner's rights decide is the same in every version: the oldest one here runs every command. */
const oldest = programs[15] === null ? 18 : 15;
if (programs[15] === null) process.stderr.write('Skipped: there is no PostgreSQL 15 on this machine.\n');

describe.each([18, 15] as const)('PostgreSQL %d', (version) => {
  const found = programs[version];
  const there = found === null ? test.skip : test;
  let server: ExternalServer;
  beforeAll(async () => {
    if (found !== null) server = await startExternal(workshop, found);
  });
  afterAll(async () => {
    if (found !== null) await server.stop();
  });

  const owners = [
    { owner: 'no superuser', name: 'rented', superuser: false, all: true },
    { owner: 'a superuser', name: 'owned', superuser: true, all: false },
  ].filter(({ all }) => all || version === oldest);
  there.each(owners)(
    'whose owner is $owner: starts, stores, seals and starts again',
    async ({ name, superuser, all }) => {
      const dataDir = join(workshop.folder, `${name}-${version}`);
      const url = await server.makeDatabase(name, superuser);
      const environment = { TYST_DATA_DIR: dataDir, DATABASE_URL: url };
      const [running] = await server.query(name, 'SHOW server_version');
      expect(String(running?.['server_version'])).toMatch(new RegExp(`^${version}\\.`));

      const tyst = await workshop.start(environment, { link: true });
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
      expect(await addUser(workshop, environment, 'handler', 'handler')).toMatchObject({
        code: 0,
        stderr: '',
      });
      const receipt = aReceipt();
      const put = async (cookie: string) =>
        send(tyst.url, 'PUT', `/api/v1/calls/${receipt}`, { cookie, body: { answers: aConversation() } });
      const cookie = await signIn(tyst.url, 'handler');
      expect((await put(cookie)).status).toBe(201);
      expect(await server.query(name, 'SELECT count(*)::int AS n FROM intake.call')).toEqual([{ n: 1 }]);
      expect(await workshop.tyst(['seal', '--today'], environment)).toMatchObject({
        code: 0,
        stdout: 'Sealed, today too.\n',
        stderr: '',
      });
      expect(await server.query(name, 'SELECT count(*)::int AS n FROM intake.call')).toEqual([{ n: 0 }]);
      expect((await put(cookie)).status).toBe(409);

      if (all && version === oldest) await runEveryCommand(workshop, { environment, year: '2017' });

      // The keeper does what the commands ask it for, and says what it may not do.
      expect(tyst.stderr().includes(NOT_ALLOWED)).toBe(!superuser);

      // One that is killed is replaced, and finds its key again.
      const open = async () => (await server.query(name, 'SELECT open FROM intake.key'))[0]?.['open'];
      const killed = childOf(tyst.pid, 'keeper-process.js') ?? NaN;
      process.kill(killed, 'SIGKILL');
      await until(() => ![undefined, killed].includes(childOf(tyst.pid, 'keeper-process.js')), 30);
      // Until the new one has its lock, the command does it itself, and says itself what it may not do.
      const sealed = await workshop.tyst(['seal'], environment);
      expect(sealed.code).toBe(0);
      expect(['', NOT_ALLOWED]).toContain(sealed.stderr);
      expect(await open()).toBe(true);

      const family = familyOf(tyst.pid);
      expect(await tyst.stop()).toMatchObject({ code: 0 });
      expect(stillRunning(family)).toEqual([]);

      // The roles are there already; and the commands need no server of ours beside them.
      const shown = await workshop.tyst(['plan', 'show', '2019-Q1'], environment);
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      // What a login has set for its own sessions meanwhile, or for those in this database, a start takes back.
      await server.query(name, `ALTER ROLE ${name}_intake SET synchronous_commit = off`);
      await server.query(name, `ALTER ROLE ${name}_desk IN DATABASE ${name} SET lock_timeout = 1`);
      const again = await workshop.start(environment, { link: true });
      expect(await server.query(name, 'SELECT setrole::regrole, setconfig FROM pg_db_role_setting')).toEqual(
        [],
      );
      await signIn(again.url, 'handler');
      expect(await again.stop()).toMatchObject({ code: 0 });
    },
  );

  const onceThere = version === 18 ? there : test.skip;
  onceThere('away: commands say so; a running Tyst answers 503, and goes on when it is back', async () => {
    const url = await server.makeDatabase('away', false);
    const environment = { TYST_DATA_DIR: join(workshop.folder, `away-${version}`), DATABASE_URL: url };
    const tyst = await workshop.start(environment, { link: true });
    const ready = () => send(tyst.url, 'GET', '/health/ready');
    expect((await ready()).status).toBe(200);
    await server.stop();
    const unready = await ready();
    expect([unready.status, unready.headers.get('Retry-After')]).toEqual([503, '5']);
    for (const args of [['start'], ['seal']])
      expect(await workshop.tyst(args, environment)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: 'tyst: The database cannot be reached. Start it, or check DATABASE_URL, and try again.\n',
      });
    await server.comeBack();
    await until(async () => (await ready()).status === 200, 30);
    const { code, stderr } = await tyst.stop();
    expect(code).toBe(0);
    for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  });

  onceThere('kill -9 while its processes are starting leaves none of them', async () => {
    const url = await server.makeDatabase('killed', false);
    const environment = { TYST_DATA_DIR: join(workshop.folder, 'killed'), DATABASE_URL: url };
    expect(await workshop.tyst(['seal'], environment)).toMatchObject({ code: 0 });
    for (const milliseconds of [20, 300]) {
      const { child, pid, ended } = workshop.begin(['start'], environment);
      await until(() => childOf(pid, 'keeper-process.js') !== undefined, 60);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      const family = familyOf(pid);
      expect(family).toHaveLength(3);
      child.kill('SIGKILL');
      await ended;
      // The database stays, so that nothing else would end them.
      try {
        await until(() => stillRunning(family).length === 0, 20);
      } finally {
        for (const left of stillRunning(family)) process.kill(left, 'SIGKILL');
      }
    }
  });

  onceThere('refuses the password: the line says which secret it is about', async () => {
    // The same database from another data directory: a secret of its own, which the roles do not have.
    const url = await server.makeDatabase('twice', false);
    const first = { TYST_DATA_DIR: join(workshop.folder, `twice-${version}`), DATABASE_URL: url };
    expect(await addUser(workshop, first, 'handler', 'handler')).toMatchObject({ code: 0, stderr: '' });
    const second = { ...first, TYST_DATA_DIR: join(workshop.folder, `twice-other-${version}`) };
    const refused = await workshop.tyst(['seal'], second);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^tyst: The database refuses the password[^\n]*TYST_SECRET_FILE[^\n]*\n$/);
    const shared = { ...second, TYST_SECRET_FILE: join(first.TYST_DATA_DIR, 'secret') };
    expect(await workshop.tyst(['seal'], shared)).toMatchObject({ code: 0, stderr: NOT_ALLOWED });
  });
});
