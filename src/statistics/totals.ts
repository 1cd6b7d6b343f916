/**
 * Totals of a period: how many contacts, how many conversations. No table holds them, but the cells of a table
 * in which each call falls in exactly one cell add up to them, each sum with its own independent noise. The best
 * single figure is the weighted least squares one, which for independent sums of the same number is their mean,
 * weighted by one over the variance.
 */
import type { Axis, TableShape, Universe } from '../contract/plan.js';
import { MONTH } from '../contract/plan.js';
import { CONVERSATION, findDimension, KIND, type Vocabulary } from '../contract/vocabulary.js';
import type { Estimate, NoisyTable, Totals } from './noisy.js';

/** A number of noisy cells that add up to the total sought. */
interface Measurement {
  readonly sum: number;
  readonly cells: number;
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

const axesOf = ({ rows, columns }: TableShape): Axis[] => (columns === null ? [rows] : [rows, columns]);

/** Whether each call of the table's universe falls in exactly one cell: one answer to each question, never none. */
function countsEachOnce(shape: TableShape, vocabulary: Vocabulary): boolean {
  return axesOf(shape).every(({ dimension: id }) => {
    if (id === MONTH) return true;
    const dimension = findDimension(vocabulary, id);
    return dimension !== undefined && dimension.max === 1 && dimension.required;
  });
}

function wholeTable({ noisy }: NoisyTable): Measurement {
  const cells = noisy.flat();
  return { sum: total(cells), cells: cells.length };
}

/** The row or column of conversations in a table of all contacts by kind; null where there is none. */
function conversationCells({ shape, noisy }: NoisyTable): Measurement | null {
  const indexIn = (axis: Axis | null) =>
    axis?.dimension === KIND && axis.level === 'leaf'
      ? axis.codes.findIndex(({ code }) => code === CONVERSATION)
      : -1;
  const [row, column] = [indexIn(shape.rows), indexIn(shape.columns)];
  if (row === -1 && column === -1) return null;
  const cells = row === -1 ? noisy.map((line) => line[column] ?? 0) : (noisy[row] ?? []);
  return { sum: total(cells), cells: cells.length };
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The inverse-variance-weighted mean of independent sums over cells that all have the noise variance sigma2. */
function weightedMean(measurements: readonly Measurement[], sigma2: number): Estimate | null {
  if (measurements.length === 0) return null;
  const counts = measurements.map(({ cells }) => BigInt(cells));
  // Weights 1 / cells, brought to whole numbers: the mean stays an exact fraction.
  const common = counts.reduce((multiple, count) => (multiple / gcd(multiple, count)) * count, 1n);
  const weights = counts.map((count) => common / count);
  return {
    numerator: weights.reduce((sum, weight, i) => sum + weight * BigInt(measurements[i]?.sum ?? 0), 0n),
    denominator: weights.reduce((sum, weight) => sum + weight, 0n),
    variance: sigma2 / total(measurements.map(({ cells }) => 1 / cells)),
  };
}

/**
 * The totals that a month's or a quarter's tables give. All tables must be of one plan, with noise of one
 * variance; null where no table gives the number.
 */
export function estimateTotals(
  tables: readonly NoisyTable[],
  vocabulary: Vocabulary,
  sigma2: number,
): Totals {
  const usable = tables.filter(({ shape }) => countsEachOnce(shape, vocabulary));
  const of = (universe: Universe) => usable.filter(({ shape }) => shape.universe === universe);
  const contacts = of('all').map(wholeTable);
  const byKind = of('all').flatMap((table) => conversationCells(table) ?? []);
  const conversations = [...of('conversation').map(wholeTable), ...byKind];
  return {
    contacts: weightedMean(contacts, sigma2),
    conversations: weightedMean(conversations, sigma2),
  };
}

/** The sum of independent estimates of different periods; null when one of them is missing. */
export function addEstimates(estimates: readonly (Estimate | null)[]): Estimate | null {
  let sum: Estimate = { numerator: 0n, denominator: 1n, variance: 0 };
  for (const estimate of estimates) {
    if (estimate === null) return null;
    sum = {
      numerator: sum.numerator * estimate.denominator + estimate.numerator * sum.denominator,
      denominator: sum.denominator * estimate.denominator,
      variance: sum.variance + estimate.variance,
    };
  }
  return sum;
}

/** The estimate as a number. A half stays exactly a half, so that rounding decides as it would by hand. */
export function estimatedValue({ numerator, denominator }: Estimate): number {
  return Number(numerator / denominator) + Number(numerator % denominator) / Number(denominator);
}
