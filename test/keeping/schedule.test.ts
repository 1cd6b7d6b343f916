/** What the keeper does by itself: at 04, on the third and on the seventh, and after having been away. */
import { storeCall } from '../../src/intake/store.js';
import { runKeeper } from '../../src/keeper.js';
import { carryOut, type Order } from '../../src/keeping/orders.js';
import { outcomeOf } from '../../src/keeping/outcome.js';
import { clockGap, duePeriods, sealDay, sealIsDue } from '../../src/keeping/schedule.js';
import type { Log } from '../../src/platform/log.js';
import { roleUrl } from '../../src/platform/installation.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { keepingOf } from '../support/keeping.js';
import { until } from '../support/until.js';
import { haveAsked, showStatements } from '../support/waiters.js';

describe('when', () => {
  test('a night is over at 04', () => {
    expect(sealDay({ day: '2026-11-12', hour: 3 })).toBe('2026-11-11');
    expect(sealDay({ day: '2026-11-12', hour: 4 })).toBe('2026-11-12');
    expect(sealDay({ day: '2027-01-01', hour: 0 })).toBe('2026-12-31');
  });

  test('months and quarters are due from the month of installation on, in order', () => {
    expect(duePeriods('2026-11-22', '2026-12-02')).toEqual([]);
    expect(duePeriods('2026-11-22', '2026-12-03')).toEqual(['2026-11']);
    expect(duePeriods('2026-11-22', '2027-01-06')).toEqual(['2026-11', '2026-12']);
    expect(duePeriods('2026-11-22', '2027-01-07')).toEqual(['2026-11', '2026-12', '2026-Q4']);
    expect(duePeriods('2026-12-31', '2027-04-30')).toEqual([
      '2026-12',
      '2026-Q4',
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-Q1',
    ]);
  });
});

describe('a seal', () => {
  const kept = (sealedOn: string | null) => ({ installedOn: '2026-11-22', sealedOn });

  test('is due once a night, from the one after the installation on', () => {
    expect(sealIsDue(kept(null), '2026-11-22', '2026-11-22')).toBe(false);
    expect(sealIsDue(kept(null), '2026-11-22', '2026-11-23')).toBe(false);
    expect(sealIsDue(kept(null), '2026-11-23', '2026-11-23')).toBe(true);
    expect(sealIsDue(kept('2026-11-23'), '2026-11-23', '2026-11-23')).toBe(false);
    expect(sealIsDue(kept('2026-11-23'), '2026-11-23', '2026-11-24')).toBe(false);
    expect(sealIsDue(kept('2026-11-23'), '2026-11-24', '2026-11-24')).toBe(true);
    expect(sealIsDue(kept('2026-11-23'), '2026-12-20', '2026-12-20')).toBe(true);
  });

  test('that a clock in the future noted is none', () => {
    expect(sealIsDue(kept('2027-06-01'), '2026-11-24', '2026-11-24')).toBe(true);
  });
});

describe('the clock', () => {
  test('is believed for 40 days after the last seal, or the installation where that is later', () => {
    const kept = { installedOn: '2026-11-22', sealedOn: '2026-12-01' };
    expect(clockGap(kept, '2027-01-10')).toBe(null);
    expect(clockGap(kept, '2027-01-11')).toBe('2026-12-01');
    expect(clockGap(kept, '2028-01-11')).toBe('2026-12-01');
    expect(clockGap({ ...kept, sealedOn: null }, '2027-01-01')).toBe(null);
    expect(clockGap({ ...kept, sealedOn: null }, '2027-01-02')).toBe('2026-11-22');
    expect(clockGap({ ...kept, installedOn: '2027-01-01' }, '2027-02-10')).toBe(null);
    expect(clockGap({ ...kept, installedOn: '2027-01-01' }, '2027-02-11')).toBe('2027-01-01');
  });

  test('is no reason to wait where it has gone back', () => {
    expect(clockGap({ installedOn: '2026-11-22', sealedOn: '2027-06-01' }, '2026-12-01')).toBe(null);
  });
});

describe('the keeper at work', () => {
  let database: TestDatabase;
  let dataDir: string;
  const clock = standingClock('2026-11-22T10:00:00Z');

  beforeEach(async () => {
    clock.set('2026-11-22T10:00:00Z');
    database = await freshDatabase(clock);
    await showStatements(database, 'keeper');
    dataDir = mkdtempSync(join(tmpdir(), 'tyst-keeper-'));
  });
  afterEach(async () => {
    await database.destroy();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const carry = (order: Order, log: Log) =>
    outcomeOf(() => carryOut(keepingOf(database, clock.local().day, { log }), order), log);

  /** Lets a keeper work at a moment until something shows that it has come so far, and stops it. */
  async function workUntil(
    moment: string,
    so: (events: readonly string[]) => boolean | Promise<boolean>,
    keepers = 1,
  ): Promise<string[]> {
    clock.set(moment);
    const events: string[] = [];
    const log: Log = (event, facts) => events.push([event, ...Object.values(facts ?? {})].join(' '));
    const stop = new AbortController();
    const run = Array.from({ length: keepers }, () =>
      runKeeper(
        {
          ...{ keeper: database.keeper, url: roleUrl(database.installation, 'keeper') },
          ...{ dataDir, clock, log },
          carryOut: (order) => carry(order, log),
          begun: () => undefined,
          keysRefused: (message) => events.push(message),
        },
        stop.signal,
      ),
    );
    // Each has had its answer about the lock. A round that is told to stop ends first, so that whatever it does is seen.
    await haveAsked(database, keepers, 'SELECT pg_try_advisory_lock');
    await until(() => so(events), 60);
    stop.abort();
    await Promise.all(run);
    return events;
  }

  /** One round of what is due at a moment; its last step makes the key of the releases known. */
  async function workAt(moment: string, keepers = 1): Promise<string[]> {
    const keys = () => database.owner.query<unknown[]>('SELECT 1 FROM published.release_key');
    const events = await workUntil(moment, async () => (await keys()).length > 0, keepers);
    await database.owner.query('TRUNCATE published.release_key CASCADE');
    return events;
  }

  const put = (day: string) =>
    storeCall(database.intake, {
      receipt: aReceipt(),
      day,
      month: day.slice(0, 7),
      codes: codesOf(aConversation()),
    });
  const inIntake = async () => (await database.owner.query<unknown[]>('SELECT 1 FROM intake.call')).length;
  const frozen = async () =>
    (
      await database.owner.query<{ quarter: string }[]>(
        'SELECT quarter FROM published.quarter_plan ORDER BY 1',
      )
    ).map(({ quarter }) => quarter);

  test('leaves the day of installation and the small hours alone, and begins the quarter with the first night', async () => {
    await put('2026-11-22');
    expect(await workAt('2026-11-22T20:00:00Z')).toEqual([]);
    expect(await workAt('2026-11-23T02:59:00Z')).toEqual([]);
    expect([await inIntake(), await frozen()]).toEqual([1, []]);
    expect(await workAt('2026-11-23T03:00:00Z')).toEqual(['sealed']);
    expect([await inIntake(), await frozen()]).toEqual([0, ['2026-Q4']]);
  });

  test('catches up after having been off: seals, closes each month and the quarter, in order, and once', async () => {
    await put('2026-11-22');
    await put('2026-12-20');
    expect(await workAt('2026-12-02T10:00:00Z')).toEqual(['sealed']);
    // What a clock that was wrong wrote is over too.
    expect(await inIntake()).toBe(0);
    await put('2026-12-20');
    expect(await workAt('2027-01-09T10:00:00Z')).toEqual([
      'sealed',
      'closed 2026-11',
      'closed 2026-12',
      'closed 2026-Q4',
    ]);
    expect(await workAt('2027-01-09T11:00:00Z')).toEqual([]);
    expect(await inIntake()).toBe(0);
  });

  test('does nothing when the clock is far ahead, shuts the intake and says so, until somebody confirms', async () => {
    await put('2026-11-22');
    await database.owner.query('TRUNCATE published.release_key CASCADE');
    const events = await workUntil('2028-03-04T10:00:00Z', (seen) => seen.length > 0);
    expect(events).toEqual(['clock-gap tyst seal --after-a-gap']);
    expect([await inIntake(), await frozen()]).toEqual([1, []]);
    expect(await put('2028-03-04')).toBe('shut');
    const order = { act: 'seal', before: null, today: false, actor: 'keeper' } as const;
    const log = () => undefined;
    expect(await carry({ ...order, afterAGap: false }, log)).toMatchObject({
      refused: expect.stringContaining(
        'The clock says 2028-03-04, and the last seal was on 2026-11-22.',
      ) as unknown,
    });
    expect(await inIntake()).toBe(1);
    expect(await carry({ ...order, afterAGap: true }, log)).toEqual({ done: true });
    expect([await inIntake(), await put('2028-03-04')]).toEqual([0, 'stored']);
    expect(
      await database.owner.query(`SELECT day::text FROM desk.event WHERE kind = 'clock-gap-confirmed'`),
    ).toEqual([{ day: '2028-03-04' }]);
  });

  test('two keepers at once do each thing once', async () => {
    await put('2026-11-22');
    const events = await workAt('2026-12-09T10:00:00Z', 2);
    expect(events.filter((event) => event.startsWith('closed'))).toEqual(['closed 2026-11']);
    expect(events.filter((event) => event === 'sealed')).toHaveLength(1);
  });
});
