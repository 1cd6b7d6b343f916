import { compileOlderQueries } from '../../src/contract/compile.js';
import {
  presetSchema,
  tableShapes,
  type Plan,
  type PlanTable,
  type Rational,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import { writeRational } from '../../src/contract/rational.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const QUARTER = '2026-Q4';
const own = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });
const whole = (number: bigint): Rational => ({ numerator: number, denominator: 1n });

describe('the plan of a quarter that version 0.1 began compiles', () => {
  const tables: PlanTable[] = [
    { id: 'languages', rows: 'language' },
    { id: 'month-by-kin', rows: 'month', columns: 'caller_age' },
    { id: 'contact-by-age', rows: 'contact', columns: 'age', columnsLevel: 'top' },
  ];
  const places = (queries: readonly Query[]) =>
    queries.map(({ table, row, column, month }) => [table, row, column, month]);

  test('to each cell once, table by table and row by row, the rows of months with their month', () => {
    expect(places(compileOlderQueries(own(tables.slice(0, 2)), smallVocabulary, QUARTER))).toEqual([
      ['languages', 0, 0, null],
      ['languages', 1, 0, null],
      ['languages', 2, 0, null],
      ['month-by-kin', 0, 0, '2026-10'],
      ['month-by-kin', 0, 1, '2026-10'],
      ['month-by-kin', 0, 2, '2026-10'],
      ['month-by-kin', 1, 0, '2026-11'],
      ['month-by-kin', 1, 1, '2026-11'],
      ['month-by-kin', 1, 2, '2026-11'],
      ['month-by-kin', 2, 0, '2026-12'],
      ['month-by-kin', 2, 1, '2026-12'],
      ['month-by-kin', 2, 2, '2026-12'],
    ]);
    const crossed = compileOlderQueries(own(tables.slice(2)), smallVocabulary, QUARTER);
    const cells = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => [row, column]));
    expect(places(crossed)).toEqual(cells.map((cell) => ['contact-by-age', ...cell, null]));
  });

  test('to queries of the cell alone, with the universe of its table and the variance of its plan', () => {
    const kinds: PlanTable[] = [{ id: 'kinds', rows: 'kind' }];
    const asked = (table: string, of: string, sigma2: Rational) => ({
      ...{ table, row: 0, column: 0, month: null, cell: 1, margin: 0, universe: 0, of, sigma2 },
    });
    const sigma2 = { numerator: 2_000_000_000n, denominator: 200_000_000n };
    const queries = compileOlderQueries(
      own([...kinds, ...tables.slice(0, 1)], 0.1),
      smallVocabulary,
      QUARTER,
    );
    expect(queries).toHaveLength(9);
    expect(queries[0]).toEqual(asked('kinds', 'all', sigma2));
    expect(queries[6]).toEqual(asked('languages', 'conversation', sigma2));
  });

  test('with another variance where one is given', () => {
    const queries = compileOlderQueries(smallPlan('large'), smallVocabulary, QUARTER, whole(7n));
    expect(new Set(queries.map(({ sigma2 }) => writeRational(sigma2)))).toEqual(new Set(['7']));
  });

  test.each(presetSchema.options)('of preset %s to as many queries as it has cells', (preset) => {
    const cells = tableShapes(presetPlan(preset), vocabulary, QUARTER).map(
      ({ rows, columns }) => rows.codes.length * (columns?.codes.length ?? 1),
    );
    const queries = compileOlderQueries(presetPlan(preset), vocabulary, QUARTER);
    expect(queries).toHaveLength(cells.reduce((sum, n) => sum + n, 0));
    expect(new Set(queries.map((query) => JSON.stringify(places([query])))).size).toBe(queries.length);
  });
});
