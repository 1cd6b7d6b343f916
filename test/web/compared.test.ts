/** What the pages say of a change between periods, and which periods they set beside each other. */
import { statistics as english } from '../../src/web/messages/statistics-en.js';
import { statistics as swedish } from '../../src/web/messages/statistics-sv.js';
import { changesIn, comparedWith, totalChange } from '../../src/web/statistics/compared.js';
import { describe, expect, test } from '../support/jest.js';
import { aPeriod, aTable, axis, sure, under, value } from './published.js';

const now = aPeriod('2026-Q3');
const before = aPeriod('2026-Q2');

describe('the periods that another is set beside', () => {
  const ids = (of: string, ...published: string[]) =>
    comparedWith(
      published.map((id) => aPeriod(id)),
      aPeriod(of),
    ).map(({ id }) => id);

  test.each([
    ['2026-Q3', ['2026-Q2', '2025-Q3']],
    ['2026-Q1', ['2025-Q4', '2025-Q1']],
    ['2026-10', ['2026-09', '2025-10']],
    ['2026-01', ['2025-12', '2025-01']],
    // Of a year both are the same, which is said once.
    ['2026', ['2025']],
  ] as const)('of %s are %j', (of, wanted) => {
    const all = [...wanted, of, '2024', '2024-Q3', '2024-10'];
    expect(ids(of, ...all)).toEqual(wanted);
  });

  test('are those that are published, and of months those that say something', () => {
    expect(ids('2026-Q3', '2025-Q3')).toEqual(['2025-Q3']);
    expect(ids('2026-Q3')).toEqual([]);
    expect(comparedWith([aPeriod('2026-09', null, null)], aPeriod('2026-10'))).toEqual([]);
  });
});

describe('a change', () => {
  test('of a total is one only when protection and chance together seldom make it', () => {
    // Three times the root of 16 + 16 + 100 + 152, which is 50.6.
    expect(totalChange(aPeriod('2026-Q3', 151), aPeriod('2026-Q2', 100), 'contacts')).toEqual({
      difference: 51,
      atLeast: false,
    });
    expect(totalChange(aPeriod('2026-Q3', 150), aPeriod('2026-Q2', 100), 'contacts')).toBeNull();
    expect(totalChange(aPeriod('2026-Q3', null), aPeriod('2026-Q2', 1000), 'contacts')).toBeNull();
  });

  test('in a table goes by the code, not by the place', () => {
    const old = aTable({
      rows: axis('concern', 'c', 'b', 'a'),
      cells: [[value(15)], [value(10)], [value(41)]],
    });
    expect(changesIn({ period: now, table: aTable() }, { period: before, table: old })).toEqual(
      new Map([['b', { difference: 50, atLeast: false }]]),
    );
  });

  test('from or to what is only known to be small is at least so large', () => {
    const many = [value(90), value(60), under];
    const few = [under, value(60), value(90)];
    const table = (cells: typeof many) => aTable({ cells: cells.map((number) => [number]) });
    expect(changesIn({ period: now, table: table(many) }, { period: before, table: table(few) })).toEqual(
      new Map([
        ['a', { difference: 81, atLeast: true }],
        ['c', { difference: -81, atLeast: true }],
      ]),
    );
  });

  test('of the conversations among the kinds is weighed as their total is', () => {
    const kinds = (calls: number) =>
      aTable({
        universe: 'all',
        rows: axis('kind', 'conversation', 'silent'),
        cells: [[value(calls)], [value(calls)]],
        sigma2: 2,
      });
    const unsure = { ...now, sureness: { contacts: null, conversations: sure(400) } };
    const changes = changesIn({ period: unsure, table: kinds(120) }, { period: before, table: kinds(70) });
    // Three times the root of 2 + 2 + 120 + 70 is 41.8, of 400 + 10 + 120 + 70 it is 73.5.
    expect([...changes.keys()]).toEqual(['silent']);
  });

  test('is not looked for between tables that count something else, nor in what a table hides', () => {
    const other = aTable({ cells: [[value(400)], [value(400)], [value(400)]] });
    const found = (table: typeof other) =>
      changesIn({ period: now, table: aTable() }, { period: before, table }).size;
    expect(found({ ...other, universe: 'all' })).toBe(0);
    expect(found({ ...other, rows: { ...other.rows, dimension: 'age' } })).toBe(0);
    expect(found({ ...other, columns: axis('age', 'x') })).toBe(0);
    expect(found(other)).toBe(3);
    const hides = (calls: number) => aTable({ hidden: { value: calls, uncertainty: 9 } });
    expect(changesIn({ period: now, table: hides(500) }, { period: before, table: hides(20) }).size).toBe(0);
  });
});

describe('the words of a change', () => {
  /** Every text of the words, functions with something in the place of what they are given. */
  function texts(words: unknown): string[] {
    if (typeof words === 'string') return [words];
    if (typeof words === 'function') return texts(Reflect.apply(words, undefined, [['x'], 'y', 'z', 'w']));
    return typeof words === 'object' && words !== null ? Object.values(words).flatMap(texts) : [];
  }

  test.each([
    ['sv', swedish],
    ['en', english],
  ] as const)('never say that there is none, in %s', (_, words) => {
    const { monthName: _name, monthMark: _mark, day: _day, longDay: _long, ...rest } = words;
    const said = texts(rest);
    expect(said.length).toBeGreaterThan(80);
    expect(said.filter((text) => /ingen skillnad|oförändra|inom osäkerheten|1,4/i.test(text))).toEqual([]);
    expect(said.filter((text) => /no difference|unchanged|within the uncertainty|1\.4/i.test(text))).toEqual(
      [],
    );
  });

  test('say what it is at least, where it may be more', () => {
    expect(swedish.change.atLeastMore('25', 'kvartal 2 2026')).toBe(
      'Minst omkring 25 fler än kvartal 2 2026',
    );
    expect(swedish.change.atLeastFewer('25', 'kvartal 2 2026')).toBe(
      'Minst omkring 25 färre än kvartal 2 2026',
    );
    expect(english.change.atLeastMore('25', 'quarter 2 2026')).toBe(
      'At least about 25 more than in quarter 2 2026',
    );
  });
});
