/** What leaves the room follows from plan, words and noisy answers alone, and fits the contract. */
import fc from 'fast-check';
import { isConversationTotal } from '../../src/contract/cells.js';
import { quartersOfYear } from '../../src/contract/period.js';
import { presetSchema } from '../../src/contract/plan.js';
import {
  periodSummarySchema,
  publishedTableSchema,
  type PublishedTable,
  type ShownNumber,
} from '../../src/contract/statistics.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter, ofPreset, spread, withAnswers, type Fill } from './builders.js';
import { someCalls } from './line.js';

const everything = (quarters: readonly PlannedQuarter[]) =>
  assemblePeriods(quarters).map((period) => ({
    summary: summaryOf(period),
    missing: period.missing,
    tables: period.tables.map((table) => publishedTableOf(period, table)),
  }));

const told = (quarters: readonly PlannedQuarter[]) => JSON.stringify(everything(quarters));

describe('the same noisy answers', () => {
  /** All answers of a quarter, whichever period they came with. */
  const answersOf = ({ quarter, queries, closed }: PlannedQuarter): number[] => {
    const next = new Map<string, number>();
    return queries.map(({ month }) => {
      const id = month ?? quarter;
      const place = next.get(id) ?? 0;
      next.set(id, place + 1);
      return closed.get(id)?.answers[place] ?? NaN;
    });
  };
  const quarterOf = (calls: number, name: string) =>
    aQuarter({
      plan: smallPlan('small'),
      calls: someCalls(smallVocabulary, calls, '2026-Q1', name),
      noise: name,
    });

  test('are shown byte for byte alike, whatever calls they came of (A9)', () => {
    const [few, many] = [quarterOf(200, 'few'), quarterOf(230, 'many')];
    // What the noise would have had to be is its own business.
    const sameAnswers = withAnswers(many, answersOf(few));
    expect(told([many])).not.toBe(told([few]));
    expect(told([sameAnswers])).toBe(told([few]));
  });

  test('are shown alike each time, whatever was worked out before, and are left as they were', () => {
    const quarter = quarterOf(200, 'few');
    const before = structuredClone(quarter);
    const first = told([quarter]);
    told([aQuarter({ plan: smallPlan('tiny'), calls: someCalls(smallVocabulary, 60), noise: 'other' })]);
    told([quarterOf(900, 'many')]);
    expect(told([quarter])).toBe(first);
    expect(quarter).toEqual(before);
  });

  test('of quarters that version 0.1 began are too', () => {
    // The same noisy numbers may come of any true counts: here as true + noise split two different ways.
    const split = (part: number): Fill => {
      const noisy = spread(5);
      return (...cell) => {
        const truth = Math.floor(Math.abs(noisy(...cell)) * part);
        return truth + (noisy(...cell) - truth);
      };
    };
    const year = (fill: Fill) =>
      quartersOfYear('2026').map((quarter) => aQuarter({ quarter, fill, displayRules: 1 }));
    const [one, other] = [split(0.2), split(0.9)].map((fill) => told(year(fill)));
    expect(one).toBe(other);
    expect(one).not.toBe(told(year(spread(6))));
  });
});

/** A value is a multiple of the step from the threshold up, and says of one under the threshold only that. */
function isWellFormed(cell: ShownNumber, { threshold, step }: PublishedTable): boolean {
  if ('value' in cell) return cell.value % step === 0 && cell.value >= threshold;
  return 'withheld' in cell || cell.under === threshold;
}

test('fits the contract, by both rules: each value a multiple of the step from the threshold up', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...presetSchema.options),
      fc.constantFrom(0.5, 0.3, 0.125),
      fc.constantFrom(1 as const, 2 as const),
      fc.integer({ min: 0, max: 1e6 }),
      (preset, rho, displayRules, salt) => {
        const { plan, words } = ofPreset(preset, rho);
        const numbers = spread(salt);
        const quarter = aQuarter({
          plan,
          words,
          displayRules,
          fill: (...cell) => numbers(...cell) * (1 + (salt % 50)),
        });
        for (const period of assemblePeriods([quarter])) {
          expect(periodSummarySchema.parse(summaryOf(period))).toEqual(summaryOf(period));
          for (const table of period.tables) {
            const shown = publishedTableOf(period, table);
            expect(publishedTableSchema.parse(shown)).toEqual(shown);
            expect(shown.cells).toHaveLength(shown.rows.codes.length);
            const own = shown.cells.flat().filter((_, place) => !isConversationTotal(table.shape, place));
            expect(own.filter((cell) => !isWellFormed(cell, shown))).toEqual([]);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
