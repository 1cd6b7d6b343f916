/** Whom a reading asks: the standby while it answers, and else the primary. The standby here is the primary by way of a relay. */
import { untilAnswered, withLogin, type Database } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import type { Log } from '../../src/platform/log.js';
import { readingFrom, standbyUrl, type Reading, type Readings } from '../../src/platform/standby.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { startRelay, type Relay } from '../support/relay.js';
import { until } from '../support/until.js';
import { untilWaiting } from '../support/waiters.js';

let database: TestDatabase;
let other: TestDatabase;
let relay: Relay;
/** Milliseconds on the clock of what is tested. */
let time: number;
let logged: string[];
const begun: Readings[] = [];

beforeAll(async () => {
  [database, other] = await Promise.all([freshDatabase(), freshDatabase()]);
});
beforeEach(async () => {
  relay = await startRelay(database.installation.ownerUrl);
  time = 1_000;
  logged = [];
});
afterEach(async () => {
  for (const { close } of begun.splice(0)) await close();
  await relay.stop();
});
afterAll(async () => {
  await Promise.all([database.destroy(), other.destroy()]);
});

const log: Log = (event, facts = {}) => {
  logged.push(JSON.stringify({ event, ...facts }));
};

const viaRelay = ({ installation } = database) => relay.through(roleUrl(installation, 'reader'));

function begin(url: string | null): Reading {
  const readings = readingFrom(database.reader, url, log, () => time);
  begun.push(readings);
  return readings.reading;
}

/** Who answers. */
const who = (reading: Reading): Promise<string> =>
  reading(async (reader) => {
    await untilAnswered(reader);
    return reader === database.reader ? 'primary' : 'standby';
  });

const events = () => logged.map((line) => (JSON.parse(line) as { event: string }).event);
const AWAY = 'statistics-standby-away';
const BACK = 'statistics-standby-back';

describe('a standby that answers', () => {
  test('is looked for when something is first read, and then asked every time', async () => {
    const reading = begin(viaRelay());
    expect(relay.asked()).toBe(0);
    for (let times = 0; times < 3; times += 1) expect(await who(reading)).toBe('standby');
    expect(relay.asked()).toBe(1);
    expect(logged).toEqual([]);
  });

  test('is let go', async () => {
    const reading = begin(viaRelay());
    await who(reading);
    await begun[0]?.close();
    await until(() => relay.open() === 0, 10);
    expect(await who(reading)).toBe('primary');
    expect([relay.asked(), logged]).toEqual([1, []]);
  });

  test('that is let go while it is looked for is closed too', async () => {
    await relay.stop();
    const reading = begin(viaRelay());
    expect(await who(reading)).toBe('primary');
    await relay.start();
    time += 30_000;
    let asking = Promise.resolve('');
    await database.owner.transaction(async (transaction) => {
      await transaction.query('LOCK TABLE published.installation');
      asking = who(reading);
      await untilWaiting(database, 1);
      await begun[0]?.close();
    });
    expect(await asking).toBe('primary');
    await until(() => relay.open() === 0, 10);
    expect(events()).toEqual([AWAY]);
  });

  test('and nothing else is asked where none is named', async () => {
    const reading = begin(null);
    expect(await who(reading)).toBe('primary');
    expect(logged).toEqual([]);
  });
});

describe('a standby that goes away', () => {
  test('is left alone for half a minute, and asked again when it is back; the log says each once', async () => {
    const reading = begin(viaRelay());
    expect(await who(reading)).toBe('standby');
    await relay.stop();
    expect(await Promise.all([who(reading), who(reading), who(reading)])).toEqual(Array(3).fill('primary'));
    expect(events()).toEqual([AWAY]);

    time += 30_000;
    expect(await who(reading)).toBe('primary');
    await relay.start();
    const before = relay.asked();
    time += 29_999;
    expect(await who(reading)).toBe('primary');
    expect(relay.asked()).toBe(before);
    expect(events()).toEqual([AWAY]);

    time += 1;
    expect(await who(reading)).toBe('standby');
    expect(events()).toEqual([AWAY, BACK]);
    await relay.stop();
    expect(await who(reading)).toBe('primary');
    expect(events()).toEqual([AWAY, BACK, AWAY]);
  });

  test('may be away from the start', async () => {
    await relay.stop();
    const reading = begin(viaRelay());
    expect(logged).toEqual([]);
    expect(await who(reading)).toBe('primary');
    expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'Error', code: 'ECONNREFUSED' })]);
    await relay.start();
    time += 30_000;
    expect(await who(reading)).toBe('standby');
  });

  test('without a word takes the time of what waits for it, and of nothing that comes later', async () => {
    const reading = begin(viaRelay());
    expect(await who(reading)).toBe('standby');
    relay.swallow();
    expect(await Promise.all([who(reading), who(reading)])).toEqual(['primary', 'primary']);
    expect(events()).toEqual([AWAY]);
    // It lies silent: whoever asked it now would wait for seconds.
    const asked = relay.asked();
    const start = performance.now();
    for (let times = 0; times < 20; times += 1) expect(await who(reading)).toBe('primary');
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(relay.asked()).toBe(asked);
    relay.speakAgain();
    time += 30_000;
    expect(await who(reading)).toBe('standby');
    // Of what hung, nothing is left.
    await until(() => relay.open() === 1, 10);
  });
});

test('one that takes connections and never says a word costs one request a few seconds', async () => {
  relay.fallSilent();
  const reading = begin(viaRelay());
  let waited = true;
  const start = performance.now();
  const first = who(reading).finally(() => {
    waited = false;
  });
  await until(() => relay.asked() > 0, 10);
  expect(await Promise.all([who(reading), who(reading), who(reading)])).toEqual(Array(3).fill('primary'));
  expect(waited).toBe(true);
  expect(await first).toBe('primary');
  expect(performance.now() - start).toBeLessThan(8_000);
  await until(() => events().length > 0, 10);
  expect(await who(reading)).toBe('primary');
  expect([relay.asked(), events()]).toEqual([1, [AWAY]]);
});

test('one that lets in and then never answers is given up too, connection and all', async () => {
  const reading = begin(viaRelay());
  relay.swallowOnceLetIn();
  expect(await who(reading)).toBe('primary');
  await until(() => events().length > 0, 15);
  await until(() => relay.open() === 0, 10);
  relay.speakAgain();
  time += 30_000;
  expect(await who(reading)).toBe('standby');
});

test('one that answers, but too slowly in all, is given up', async () => {
  const reading = begin(viaRelay());
  const answered = await reading(async (reader) => {
    if (reader === database.reader) return 'primary';
    for (let times = 0; times < 4; times += 1) await reader.query('SELECT pg_sleep(1)');
    return 'standby';
  });
  expect(answered).toBe('primary');
  expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'TimeoutError' })]);
  // The statement that is under way is cut, and nothing is left to come.
  await until(() => relay.open() === 0, 10);
});

test('one of another installation is refused for good, and nothing of it is read', async () => {
  const reading = begin(viaRelay(other));
  const read: Database[] = [];
  for (let times = 0; times < 3; times += 1) {
    await reading((reader) => Promise.resolve(read.push(reader)));
    time += 3_600_000;
  }
  expect(read).toEqual([database.reader, database.reader, database.reader]);
  expect(logged).toEqual([JSON.stringify({ event: 'statistics-standby-refused' })]);
  expect(relay.asked()).toBe(1);
  await until(() => relay.open() === 0, 10);
});

test('one that refuses the login is away', async () => {
  const reading = begin(withLogin(viaRelay(), new URL(viaRelay()).username, 'another password'));
  expect(await who(reading)).toBe('primary');
  expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'error', code: '28P01' })]);
});

test('one that fails at what it is asked is away until it can answer, and the log says so once', async () => {
  let able = false;
  const reading = begin(viaRelay());
  const read = () =>
    reading(async (reader) => {
      const lacks = reader !== database.reader && !able;
      await reader.query(lacks ? 'SELECT missing FROM published.period' : 'SELECT id FROM published.period');
      return reader === database.reader ? 'primary' : 'standby';
    });
  for (let times = 0; times < 3; times += 1) {
    expect(await read()).toBe('primary');
    time += 30_000;
  }
  expect(logged).toEqual([JSON.stringify({ event: AWAY, error: 'QueryFailedError', code: '42703' })]);
  able = true;
  expect(await read()).toBe('standby');
  expect(events()).toEqual([AWAY, BACK]);
});

test('what the primary refuses as well is the answer', async () => {
  const reading = begin(viaRelay());
  await expect(reading((reader) => reader.query('SELECT 1 FROM desk.account'))).rejects.toMatchObject({
    code: '42501',
  });
});

describe('the URL of the standby', () => {
  const reader = 'postgres://tyst_reader:a%2Fb%3Ac%40d@primary/tyst';

  test('has the login of the primary’s, and all else of its own', () => {
    expect(standbyUrl('postgres://standby:6432/tyst?sslmode=verify-full', reader)).toBe(
      'postgres://tyst_reader:a%2Fb%3Ac%40d@standby:6432/tyst?sslmode=verify-full',
    );
    expect(standbyUrl('postgres://somebody:else@standby/tyst', reader)).toBe(
      'postgres://tyst_reader:a%2Fb%3Ac%40d@standby/tyst',
    );
    expect(standbyUrl(null, reader)).toBeNull();
  });

  test('of another database is refused by the name of the setting', () => {
    const refused = () => standbyUrl('postgres://standby/elsewhere', reader);
    expect(refused).toThrow(/^STATISTICS_DATABASE_URL /);
    expect(refused).not.toThrow(/elsewhere|standby\//);
  });
});
