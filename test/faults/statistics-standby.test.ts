/* STATISTICS_DATABASE_URL: whole processes that read published numbers from a standby, and that start while it is away. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { quietPort } from '../support/quiet-port.js';
import { startRelay, type Relay } from '../support/relay.js';
import { until } from '../support/until.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { addUser, send, setWorkshop, signIn, type Outcome } from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst } = workshop;
const PERIODS = '/api/v1/statistics/periods';
const AWAY = /^\{"event":"statistics-standby-away","error":"\w+","code":"ECONNREFUSED"\}$/gm;

describe('a standby', () => {
  let server: ExternalServer;
  let environment: Record<string, string>;
  /** To the server itself, which stands for a standby of its own. */
  let relay: Relay;
  let standby: string;
  let nobody: string;

  beforeAll(async () => {
    const programs = await programsOf(18, folder);
    if (programs === null) throw new Error('There is no PostgreSQL 18.');
    server = await startExternal(workshop, programs);
    const url = await server.makeDatabase('read', false);
    environment = { TYST_DATA_DIR: join(folder, 'data'), DATABASE_URL: url };
    expect(await addUser(workshop, environment, 'siv', 'supervisor')).toMatchObject({ code: 0 });
    relay = await startRelay(url);
    // No login: it is the reader's, which the process has.
    const address = new URL(relay.through(url));
    [address.username, address.password] = ['', ''];
    standby = address.href;
    address.port = String(await quietPort());
    nobody = address.href;
  });
  afterAll(async () => {
    await relay.stop();
    await server.stop();
  });

  async function readPeriods(url: string): Promise<void> {
    const { status } = await send(url, 'GET', PERIODS, { cookie: await signIn(url, 'siv') });
    expect(status).toBe(200);
  }

  const withoutAddress = (stderr: string) => {
    for (const url of [standby, nobody]) expect(stderr).not.toContain(new URL(url).port);
  };

  test('tyst start reads published numbers there, with the login it derives', async () => {
    const running = await workshop.start(
      { ...environment, STATISTICS_DATABASE_URL: standby },
      { link: true },
    );
    const before = relay.asked();
    await send(running.url, 'GET', '/health/ready');
    expect(relay.asked()).toBe(before);
    await readPeriods(running.url);
    expect(relay.asked()).toBeGreaterThan(before);
    const { code, stderr } = await running.stop();
    expect(code).toBe(0);
    expect(stderr).not.toContain('statistics-standby');
  });

  test('tyst start begins while it is away, and says so once when numbers are read', async () => {
    const running = await workshop.start({ ...environment, STATISTICS_DATABASE_URL: nobody }, { link: true });
    expect((await send(running.url, 'GET', '/health/ready')).status).toBe(200);
    for (let times = 0; times < 2; times += 1) await readPeriods(running.url);
    const { code, stderr } = await running.stop();
    expect(code).toBe(0);
    expect(stderr.match(AWAY)).toHaveLength(1);
    withoutAddress(stderr);
  });

  test('tyst web reads there with the login in its file, and lets go when it ends', async () => {
    const file = join(folder, 'logins');
    const written = await tyst(['credentials', 'web'], { ...environment, TYST_CREDENTIALS_FILE: file });
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const own = { TYST_CREDENTIALS_FILE: file, STATISTICS_DATABASE_URL: standby, PORT: '0' };
    const web = workshop.begin(['web'], own);
    const listens = /^The web server listens at (http:\S+)$/m;
    await until(() => listens.test(web.stdout()), 60);
    const before = relay.asked();
    await readPeriods(listens.exec(web.stdout())?.[1] ?? '');
    expect(relay.asked()).toBeGreaterThan(before);
    web.child.kill('SIGTERM');
    const { code, stderr } = await web.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain('statistics-standby');

    expectRefused(await tyst(['web'], { ...own, STATISTICS_DATABASE_URL: elsewhere() }));
  });

  /** A standby of another database. */
  const elsewhere = () => standby.replace(/read$/, 'elsewhere');

  function expectRefused({ code, stdout, stderr }: Outcome): void {
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^tyst: [^\n]*STATISTICS_DATABASE_URL[^\n]*\n$/);
    expect(stderr).not.toMatch(/elsewhere|127\.0\.0\.1/);
    withoutAddress(stderr);
  }

  test('one that cannot be a standby of this database is refused by the name of the setting', async () => {
    for (const setting of [
      elsewhere(),
      'standby',
      'postgres:///read',
      'postgres://127.0.0.1/',
      'http://127.0.0.1/read',
    ])
      expectRefused(await tyst(['start'], { ...environment, STATISTICS_DATABASE_URL: setting }));
    // The embedded server has none.
    expectRefused(
      await tyst(['start'], { TYST_DATA_DIR: join(folder, 'embedded'), STATISTICS_DATABASE_URL: standby }),
    );
  });
});
