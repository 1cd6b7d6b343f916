import { compileQueries } from '../../src/contract/compile.js';
import { presetSchema, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { queriesSchema, writeQueries, type Query } from '../../src/contract/queries.js';
import { vocabularySchema, type Dimension } from '../../src/contract/vocabulary.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

const QUARTER = '2026-Q4';
const MONTHS = ['2026-10', '2026-11', '2026-12'];
const label = { sv: 'x', en: 'x' };

type Codes = Dimension['codes'];
const coded = (...ids: string[]): Codes => ids.map((id) => ({ id, label }));
const question = (id: string, codes: Codes, change: Partial<Dimension> = {}): Dimension => ({
  ...{ id, label, applies: 'conversation', required: true, max: 1, layout: 'flat', codes },
  ...change,
});

const words = vocabularySchema.parse({
  version: 1,
  dimensions: [
    question('kind', coded('silent', 'conversation', 'prank'), { applies: 'all' }),
    question('channel', coded('phone', 'chat'), { applies: 'all' }),
    question('concern', coded('views', 'online', 'threat')),
    question('only', coded('yes')),
    question('perhaps', coded('yes'), { required: false }),
    question('age', coded('young', 'old'), { required: false }),
    question(
      'referral',
      [
        { id: 'care', label, group: true },
        ...coded('bup', 'clinic').map((code) => ({ ...code, parent: 'care' })),
        ...coded('police'),
        { id: 'none', label, exclusive: true },
      ],
      { max: 2 },
    ),
    question(
      'mood',
      coded('calm', 'afraid').map((code) => ({ ...code, exclusive: true })),
      { max: 2 },
    ),
    question('needs', coded('bed', 'talk'), { max: 2, required: false }),
  ],
});

const planOf = (...tables: PlanTable[]): Plan => ({ preset: 'own', rho: 0.5, tables });

/** A query in few words: table, row and column, month, and its weights. */
const short = ({ table, row, column, month, cell, margin, universe, of }: Query): string =>
  [
    table ?? 'total',
    ...(row === null ? [] : [`${row},${column}`]),
    ...(month === null ? [] : [month]),
    ...(cell === 0 ? [] : [`${cell} cell`]),
    ...(margin === 0 ? [] : [`${margin} row`]),
    ...(universe === 0 ? [] : [`${universe} ${of}`]),
  ].join(' ');

const compiled = (...tables: PlanTable[]) => compileQueries(planOf(...tables), words, QUARTER).map(short);
/** What is asked beside the totals. */
const asked = (...tables: PlanTable[]) => compiled(...tables).filter((query) => !query.startsWith('total'));

describe('the totals are asked once', () => {
  test('conversations and other contacts, whatever the tables are about', () => {
    const totals = ['total 1 conversation', 'total 1 other'];
    expect(compiled({ id: 'c', rows: 'concern' }, { id: 'd', rows: 'channel' }).slice(0, 2)).toEqual(totals);
    expect(compiled({ id: 'only', rows: 'only' })).toEqual(totals);
  });

  test.each<[string, PlanTable]>([
    ['months', { id: 'm', rows: 'month' }],
    ['months by a question', { id: 'm', rows: 'month', columns: 'concern' }],
  ])('both month by month where %s are published, and conversations of the quarter', (_, table) => {
    expect(compiled(table).slice(0, 7)).toEqual([
      'total 1 conversation',
      ...MONTHS.map((month) => `total ${month} 1 conversation`),
      ...MONTHS.map((month) => `total ${month} 1 other`),
    ]);
  });

  test('and months by themselves ask nothing more', () => {
    expect(asked({ id: 'm', rows: 'month' })).toEqual([]);
  });
});

describe('a table asks', () => {
  test('of one answer to a call how its universe divides', () => {
    expect(asked({ id: 'c', rows: 'concern' })).toEqual(
      [0, 1, 2].map((row) => `c ${row},0 3 cell -1 conversation`),
    );
    expect(asked({ id: 'd', rows: 'channel' })).toEqual([0, 1].map((row) => `d ${row},0 2 cell -1 all`));
  });

  test('the same of a question that may be left out', () => {
    expect(asked({ id: 'a', rows: 'age' })).toEqual([0, 1].map((row) => `a ${row},0 2 cell -1 conversation`));
  });

  test('nothing of the one answer that every call has, and the cell where a call may have none', () => {
    expect(asked({ id: 'o', rows: 'only' })).toEqual([]);
    expect(asked({ id: 'p', rows: 'perhaps' })).toEqual(['p 0,0 1 cell']);
  });

  test('of kinds those that are no conversation', () => {
    expect(asked({ id: 'k', rows: 'kind' })).toEqual(['k 0,0 1 cell', 'k 2,0 1 cell']);
  });

  test('of several answers those that stand alone by themselves, the others beside all conversations', () => {
    expect(asked({ id: 'r', rows: 'referral' })).toEqual([
      ...[0, 1, 2].map((row) => `r ${row},0 8 cell -1 conversation`),
      'r 3,0 1 cell',
    ]);
    expect(asked({ id: 'r', rows: 'referral', level: 'top' })).toEqual([
      ...[0, 1].map((row) => `r ${row},0 4 cell -1 conversation`),
      'r 2,0 1 cell',
    ]);
    expect(asked({ id: 'n', rows: 'needs' })).toEqual(
      [0, 1].map((row) => `n ${row},0 8 cell -1 conversation`),
    );
  });

  test('of several answers that all stand alone each by itself', () => {
    expect(asked({ id: 'm', rows: 'mood' })).toEqual(['m 0,0 1 cell', 'm 1,0 1 cell']);
    const crossed = asked({ id: 'x', rows: 'concern', columns: 'mood' }, { id: 'c', rows: 'concern' });
    expect(crossed.filter((query) => query.startsWith('x'))).toEqual(
      [0, 1, 2].flatMap((row) => [0, 1].map((column) => `x ${row},${column} 1 cell`)),
    );
  });

  test('of several answers that are many with larger weights, so that the others cost little', () => {
    const many = vocabularySchema.parse({
      version: 1,
      dimensions: [
        ...words.dimensions,
        question('many', coded(...Array.from({ length: 40 }, (_, index) => `c${index}`)), { max: 2 }),
      ],
    });
    const queries = compileQueries(planOf({ id: 'many', rows: 'many' }), many, QUARTER);
    expect(new Set(queries.slice(2).map(({ cell, universe }) => `${cell} ${universe}`))).toEqual(
      new Set(['30 -1']),
    );
  });

  const cells = (id: string, rows: number, columns: number, weights: string) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_cell, column) => `${id} ${row},${column} ${weights}`),
    ).flat();

  test('of a cross its cells', () => {
    expect(asked({ id: 'x', rows: 'concern', columns: 'age' })).toEqual(cells('x', 3, 2, '1 cell'));
    expect(asked({ id: 'x', rows: 'kind', columns: 'channel' })).toEqual(cells('x', 3, 2, '1 cell'));
    // Among kinds that can be concerned there are conversations alone.
    expect(asked({ id: 'x', rows: 'kind', columns: 'concern' })).toEqual(cells('x', 1, 3, '1 cell'));
    expect(asked({ id: 'x', rows: 'referral', columns: 'concern' })).toEqual(cells('x', 4, 3, '1 cell'));
  });

  test('of a cross with months each month’s cells, and of kinds no conversations again', () => {
    expect(asked({ id: 'x', rows: 'month', columns: 'concern' })).toEqual(
      MONTHS.flatMap((month, row) => [0, 1, 2].map((column) => `x ${row},${column} ${month} 1 cell`)),
    );
    expect(asked({ id: 'x', rows: 'month', columns: 'kind' })).toEqual(
      MONTHS.flatMap((month, row) => [0, 2].map((column) => `x ${row},${column} ${month} 1 cell`)),
    );
  });

  test('of a cross with several answers how its rows divide, where they are known', () => {
    const row = (place: number) => [
      ...[0, 1, 2].map((column) => `x ${place},${column} 3 cell -1 row`),
      `x ${place},3 1 cell`,
    ];
    const crossed: PlanTable = { id: 'x', rows: 'concern', columns: 'referral' };
    const alone = { id: 'c', rows: 'concern' };
    expect(asked(crossed, alone).filter((query) => query.startsWith('x'))).toEqual([0, 1, 2].flatMap(row));
    expect(asked(alone, crossed).filter((query) => query.startsWith('x'))).toEqual([0, 1, 2].flatMap(row));
    expect(asked(crossed)).toEqual(cells('x', 3, 4, '1 cell'));
    expect(asked({ ...crossed, rows: 'month' })[0]).toBe('x 0,0 2026-10 3 cell -1 row');
    // The channels of all contacts do not say how many conversations there are in each.
    const channels = asked({ ...crossed, rows: 'channel' }, { id: 'd', rows: 'channel' });
    expect(channels.filter((query) => query.startsWith('x'))).toEqual(cells('x', 2, 4, '1 cell'));
    // Nor does a question's own table say how many of its calls have an answer to one that may be left out.
    const needs = asked({ ...crossed, columns: 'needs' }, alone);
    expect(needs.filter((query) => query.startsWith('x'))).toEqual(cells('x', 3, 2, '1 cell'));
  });
});

describe('a compiled list', () => {
  test.each(presetSchema.options)('of %s asks nothing twice, and is read back as it was', (preset) => {
    const queries = compileQueries(presetPlan(preset), vocabulary, QUARTER);
    const asks = queries.map(short);
    expect(new Set(asks).size).toBe(asks.length);
    expect(queriesSchema.parse(JSON.parse(writeQueries(queries)))).toEqual(queries);
    const order = queries.map(({ table }) => table).filter((table, place, all) => table !== all[place - 1]);
    expect(order).toEqual([
      null,
      ...presetPlan(preset)
        .tables.map(({ id }) => id)
        .filter((id) => id !== 'month'),
    ]);
  });

  test('has the same weights and noise in every quarter', () => {
    const of = (quarter: string) =>
      compileQueries(presetPlan('large'), vocabulary, quarter).map(({ month, ...query }) => ({
        ...query,
        month: month?.slice(-2) === undefined ? null : 'a month',
      }));
    expect(of('2027-Q1')).toEqual(of('2026-Q4'));
  });

  test('has small noise where few tables meet: in what only other contacts are counted by', () => {
    for (const preset of presetSchema.options)
      for (const { table, of, sigma2, cell } of compileQueries(presetPlan(preset), vocabulary, QUARTER))
        if ((table === null && of === 'other') || (table === 'kind' && cell === 1))
          expect(Number(sigma2.numerator) / Number(sigma2.denominator)).toBeLessThan(2.5);
  });
});
