/** What the keeper does by itself: at 04, on the third and on the seventh, and after having been away. */
import { storeCall } from '../../src/intake/store.js';
import { runKeeper } from '../../src/keeper.js';
import { duePeriods, sealDay } from '../../src/keeping/schedule.js';
import { roleUrl } from '../../src/platform/installation.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
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

  /** Lets a keeper do one round of what is due at a moment, and stops it. */
  async function workAt(moment: string, keepers = 1): Promise<string[]> {
    clock.set(moment);
    const events: string[] = [];
    const stop = new AbortController();
    const run = Array.from({ length: keepers }, () =>
      runKeeper(
        {
          keeper: database.keeper,
          url: roleUrl(database.installation, 'keeper'),
          dataDir,
          clock,
          log: (event, facts) => events.push([event, ...Object.values(facts ?? {})].join(' ')),
          forgetDraws: () => Promise.resolve(),
        },
        stop.signal,
      ),
    );
    // Each has had its answer about the lock, and the one that holds it is in its round, the last step of which makes
    // its key known. A round that is told to stop ends first, so that whatever it does is seen.
    await haveAsked(database, keepers, 'SELECT pg_try_advisory_lock');
    const keys = () => database.owner.query<unknown[]>('SELECT 1 FROM published.release_key');
    await until(async () => (await keys()).length > 0, 60);
    stop.abort();
    await Promise.all(run);
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
    expect(await workAt('2027-01-09T10:00:00Z')).toEqual([
      'sealed',
      'closed 2026-11',
      'closed 2026-12',
      'closed 2026-Q4',
    ]);
    expect(await workAt('2027-01-09T11:00:00Z')).toEqual(['sealed']);
    expect(await inIntake()).toBe(0);
  });

  test('two keepers at once do each thing once', async () => {
    await put('2026-11-22');
    const events = await workAt('2027-01-09T10:00:00Z', 2);
    expect(events.filter((event) => event.startsWith('closed'))).toEqual([
      'closed 2026-11',
      'closed 2026-12',
      'closed 2026-Q4',
    ]);
    expect(events.filter((event) => event === 'sealed')).toHaveLength(1);
  });
});
