/** Which periods are counted from a later day than their first, because the counters of their quarter began anew. */
import { begunAnewSentences } from '../../src/contract/begun-anew.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { readPeriod, readPeriods, readTable } from '../../src/statistics/read.js';
import { freshDatabase } from '../support/database.js';
import { describe, expect, test } from '../support/jest.js';
import { aQuarter, periodOf } from './builders.js';
import { publish } from './published.js';

const DAY = '2026-11-14';
const anew = [{ quarter: '2026-Q4', countedFrom: DAY }];

/** The last quarter of 2026, of which October was out before its counters began anew. */
function lastQuarter(october = '2026-11-03'): PlannedQuarter {
  const whole = aQuarter({ quarter: '2026-Q4', countedFrom: DAY });
  const out = new Map([
    ['2026-10', october],
    ['2026-11', '2026-12-03'],
    ['2026-12', '2027-01-03'],
    ['2026-Q4', '2027-01-07'],
  ]);
  const closed = [...whole.closed].map(
    ([id, period]) => [id, { ...period, publishedOn: out.get(id) ?? '' }] as const,
  );
  return { ...whole, closed: new Map(closed) };
}
const year = [...['2026-Q1', '2026-Q2', '2026-Q3'].map((quarter) => aQuarter({ quarter })), lastQuarter()];

const countedFrom = (quarter: PlannedQuarter) =>
  Object.fromEntries(assemblePeriods([quarter]).map((period) => [period.id, summaryOf(period).countedFrom]));

describe('a quarter whose counters began anew', () => {
  test('says so, and its months do but for those that were out before and those that begin after', () => {
    expect(countedFrom(lastQuarter())).toEqual({
      '2026-10': null,
      '2026-11': DAY,
      '2026-12': null,
      '2026-Q4': DAY,
    });
  });

  test('says it of a month that came out on that very day or later, and of one that began on it', () => {
    expect(countedFrom(lastQuarter('2026-11-13'))).toMatchObject({ '2026-10': null });
    expect(countedFrom(lastQuarter(DAY))).toMatchObject({ '2026-10': DAY });
    expect(countedFrom(lastQuarter('2026-11-15'))).toMatchObject({ '2026-10': DAY });
    expect(countedFrom({ ...lastQuarter(), countedFrom: '2026-12-01' })).toMatchObject({
      '2026-12': '2026-12-01',
    });
  });

  test('says it of an earlier one too, of which an import was lost', () => {
    const imported = aQuarter({ quarter: '2025-Q1', countedFrom: DAY, publishedOn: '2026-12-01' });
    expect(new Set(Object.values(countedFrom(imported)))).toEqual(new Set([DAY]));
  });

  test('says it with every table', () => {
    const period = periodOf([lastQuarter()], '2026-Q4');
    for (const table of period.tables)
      expect(publishedTableOf(period, table)).toMatchObject({ countedFrom: DAY, begunAnew: anew });
  });
});

test('a year is not counted from that day itself, and names the quarter', () => {
  const period = periodOf(year, '2026');
  expect(summaryOf(period)).toMatchObject({ countedFrom: null, begunAnew: anew });
  const [table] = period.tables;
  expect(table === undefined ? null : publishedTableOf(period, table)).toMatchObject({ begunAnew: anew });
});

test('no other quarter says anything', () => {
  const last = ['2026', '2026-Q4', ...monthsOfQuarter('2026-Q4')];
  const others = assemblePeriods(year).filter(({ id }) => !last.includes(id));
  expect(others).toHaveLength(3 * 4);
  for (const period of others) expect(summaryOf(period)).toMatchObject({ countedFrom: null, begunAnew: [] });
});

test('the shown numbers are the same as without', () => {
  const shown = (quarter: PlannedQuarter) =>
    assemblePeriods([quarter]).map((period) =>
      period.tables.map((table) => publishedTableOf(period, table).cells),
    );
  expect(shown(lastQuarter())).toEqual(shown({ ...lastQuarter(), countedFrom: null }));
});

test('what the database notes of a quarter is read back with its periods', async () => {
  const database = await freshDatabase();
  try {
    await publish(database, lastQuarter());
    const { reader } = database;
    const noted = (await readPeriods(reader)).map((period) => [period.id, period.countedFrom]);
    expect(Object.fromEntries(noted)).toEqual(countedFrom(lastQuarter()));
    expect((await readPeriod(reader, '2026-Q4'))?.summary).toMatchObject({ begunAnew: anew });
    const [table] = lastQuarter().plan.tables;
    expect(await readTable(reader, '2026-Q4', table?.id ?? '')).toMatchObject({ countedFrom: DAY });
  } finally {
    await database.destroy();
  }
});

describe('in words', () => {
  const named = (locale: 'sv' | 'en') => ({
    locale,
    day: (day: string) => `<${day}>`,
    quarter: (quarter: string) => `<${quarter}>`,
  });
  const told = (id: string, begunAnew = anew) => ({ id, begunAnew });
  const say = (period: ReturnType<typeof told> | null, beside: ReturnType<typeof told>[] = []) =>
    (['sv', 'en'] as const).map((locale) => begunAnewSentences(period, beside, named(locale)));

  test('a quarter speaks of itself, and of months that were out', () => {
    expect(say(told('2026-Q4'))).toEqual([
      [
        `Räknat från den <${DAY}>: det som hade räknats dittills gick förlorat med sin nyckel och ingår inte i talen, utom i månader som redan var publicerade.`,
      ],
      [
        `Counted from <${DAY}>: what had been counted until then was lost with its key and is not in the numbers, except in months that were already published.`,
      ],
    ]);
  });

  test('a month, and a quarter in its first month, speak of no other months', () => {
    const early = told('2026-Q4', [{ quarter: '2026-Q4', countedFrom: '2026-10-31' }]);
    for (const [sentence = ''] of [...say(told('2026-11')), ...say(early)])
      expect(sentence).toMatch(/(talen|numbers)\.$/);
  });

  test('a year, and what stands beside a period, are named, each quarter once', () => {
    expect(say(told('2026'))[0]?.[0]).toMatch(/^<2026-Q4> är räknat från den <2026-11-14>: /);
    expect(say(told('2027-Q1', []), [told('2026-Q4'), told('2026-11')])[1]).toHaveLength(1);
    expect(say(null, [told('2026-Q4')])[1]?.[0]).toMatch(/^<2026-Q4> is counted from <2026-11-14>: /);
    expect(say(told('2026-Q4'), [told('2026-11')])[0]).toHaveLength(1);
    expect(say(told('2026-Q3', []))).toEqual([[], []]);
  });
});
