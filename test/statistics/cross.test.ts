/** Which rows and columns of a cross table are withheld: "everyone in this group" is a fact about people. */
import type { PlanTable } from '../../src/contract/plan.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { cell, estimate, type Term } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { publishedTableOf } from '../../src/statistics/present.js';
import { thresholdFor } from '../../src/statistics/show.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { aQuestion } from './question.js';

const words: Vocabulary = {
  version: 1,
  dimensions: [aQuestion('row', 3), aQuestion('column', 3), aQuestion('several', 3, 2)],
};
const cross: PlanTable = { id: 'cross', rows: 'row', columns: 'column' };
const alone = (...ids: string[]): PlanTable[] => ids.map((id) => ({ id, rows: id }));

/** A quarter with these calls in its cross table, and in the tables of its questions beside it. */
function quarterOf(cells: readonly (readonly number[])[], others = alone('row', 'column'), table = cross) {
  const fill: Fill = (id, row, column) =>
    (id === table.id
      ? cells[row]?.[column]
      : id === table.rows
        ? sum([...(cells[row] ?? [])])
        : sum(cells.map((line) => line[row] ?? NaN))) ?? NaN;
  return periodOf([aQuarter({ plan: ownPlan([...others, table]), words, fill })], '2026-Q1');
}

/** How each cell is shown, in one letter. */
const look = (period: NoisyPeriod): string[] =>
  publishedTableOf(period, tableOf(period, 'cross')).cells.map((row) =>
    row.map((one) => ('value' in one ? 'v' : 'under' in one ? 'u' : '-')).join(''),
  );

/** The least that must be beside the largest cell of a row or a column. */
function leastRest(period: NoisyPeriod, margin: Term, largest: number): number {
  const table = tableOf(period, 'cross');
  const rest = estimate(table, [
    [margin, 1],
    [cell(largest), -1],
  ]);
  return thresholdFor(rest?.variance ?? NaN, table.noise().step);
}

describe('a row', () => {
  test('of 50 calls is shown, one of 49 is withheld', () => {
    expect(
      look(
        quarterOf([
          [20, 15, 15],
          [100, 90, 80],
          [100, 90, 80],
        ]),
      ),
    ).toEqual(['vvv', 'vvv', 'vvv']);
    expect(
      look(
        quarterOf([
          [20, 15, 14],
          [100, 90, 80],
          [100, 90, 80],
        ]),
      ),
    ).toEqual(['---', 'vvv', 'vvv']);
  });

  test('needs as much beside its largest cell as the noise of that difference asks for', () => {
    const of = (rest: number) =>
      quarterOf([
        [300, rest, 0],
        [100, 90, 80],
        [100, 90, 80],
      ]);
    const least = leastRest(of(20), { of: 'rows', place: 0 }, 0);
    expect(least).toBeGreaterThan(3);
    expect(look(of(least))[0]).toMatch(/^v/);
    expect(look(of(least - 1))[0]).toBe('---');
    // However many there are.
    expect(
      look(
        quarterOf([
          [30_000, least - 1, 0],
          [100, 90, 80],
          [100, 90, 80],
        ]),
      )[0],
    ).toBe('---');
  });

  test('says nothing about the next', () => {
    expect(
      look(
        quarterOf([
          [60, 60, 60],
          [500, 0, 0],
          [60, 60, 60],
        ]),
      ),
    ).toEqual(['vvv', '---', 'vvv']);
  });
});

describe('a column', () => {
  const turned = (cells: readonly (readonly number[])[]) =>
    (cells[0] ?? []).map((_, column) => cells.map((row) => row[column] ?? NaN));

  test('is withheld as a row is: under 50, or with nearly everyone in one cell', () => {
    expect(
      look(
        quarterOf(
          turned([
            [20, 15, 14],
            [100, 90, 80],
            [100, 90, 80],
          ]),
        ),
      ),
    ).toEqual(['-vv', '-vv', '-vv']);
    const of = (rest: number) =>
      quarterOf(
        turned([
          [300, rest, 0],
          [100, 90, 80],
          [100, 90, 80],
        ]),
      );
    const least = leastRest(of(20), { of: 'columns', place: 0 }, 0);
    expect(look(of(least)).map(([first]) => first)).not.toContain('-');
    expect(look(of(least - 1)).map(([first]) => first)).toEqual(['-', '-', '-']);
  });

  test('and a row may be at once', () => {
    expect(
      look(
        quarterOf([
          [40, 5, 2],
          [9, 200, 90],
          [11, 90, 100],
        ]),
      ),
    ).toEqual(['---', 'vvv', 'vvv']);
    expect(
      look(
        quarterOf([
          [20, 5, 2],
          [9, 200, 90],
          [11, 90, 100],
        ]),
      ),
    ).toEqual(['---', '-vv', '-vv']);
  });
});

describe('the margin', () => {
  test('is estimated: from the cross table alone where there is no other', () => {
    const cells = [
      [20, 15, 15],
      [100, 90, 80],
      [100, 90, 80],
    ];
    expect(look(quarterOf(cells, []))).toEqual(['vvv', 'vvv', 'vvv']);
    const [few, all] = [quarterOf(cells, []), quarterOf(cells)];
    const margin: Term = { of: 'rows', place: 0 };
    expect(leastRest(few, margin, 0)).toBeGreaterThanOrEqual(leastRest(all, margin, 0));
  });

  test('of several answers is no sum of cells: the row’s own table tells it', () => {
    // 90 answers of 45 calls.
    const several: PlanTable = { id: 'cross', rows: 'row', columns: 'several' };
    const fill: Fill = (id, row, column) =>
      id === 'row'
        ? ([45, 200, 200][row] ?? NaN)
        : id === 'several'
          ? ([230, 230, 230][row] ?? NaN)
          : ([
              [30, 30, 30],
              [100, 100, 100],
              [100, 100, 100],
            ][row]?.[column] ?? NaN);
    const period = (tables: PlanTable[]) =>
      periodOf([aQuarter({ plan: ownPlan([...tables, several]), words, fill })], '2026-Q1');
    expect(look(period(alone('row')))).toEqual(['---', 'vvv', 'vvv']);
    // No table tells how many calls are in a row.
    expect(look(period([]))).toEqual(['---', '---', '---']);
  });

  test('of several answers is each call once, also where they are rows', () => {
    const turned: PlanTable = { id: 'cross', rows: 'several', columns: 'column' };
    const cells = [
      [20, 15, 14],
      [100, 90, 80],
      [100, 90, 80],
    ];
    expect(look(quarterOf(cells, alone('column'), turned))).toEqual(['---', 'vvv', 'vvv']);
  });
});

test('a table without columns withholds nothing', () => {
  const period = quarterOf([
    [300, 0, 0],
    [1, 0, 0],
    [0, 2, 0],
  ]);
  const { cells } = publishedTableOf(period, tableOf(period, 'row'));
  expect(cells.map(([one]) => Object.keys(one ?? {})[0])).toEqual(['value', 'under', 'under']);
});
