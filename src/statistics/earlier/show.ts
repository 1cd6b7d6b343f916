/**
 * How version 0.1 showed the quarters that it began, which is how they are shown for ever: what is published never changes.
 * All numbers of a quarter had one noise. Which are shown, its answers decided one by one; where its estimates fitted
 * together they took the answers' place. Pure.
 */
import { isConversationTotal, placesOf, widthOf } from '../../contract/cells.js';
import {
  displayRuleFor,
  showNumber,
  thresholdFor,
  valueOf,
  type DisplayRule,
} from '../../contract/display.js';
import type { Axis } from '../../contract/plan.js';
import type { Hidden, ShownNumber, Step, Sureness } from '../../contract/statistics.js';
import { addUp, inRows, ofWholeColumns, placesInRows, sumOf, type Line, type Rest } from '../adding-up.js';
import { quantise } from '../controlled.js';
import { cell, cellValues, estimate, largestVariance, type Table } from '../numbers.js';
import { tableOver, type Earlier, type NoisyPeriod, type Total, type Totals } from '../period.js';
import type { Shown } from '../show.js';

/** Rounding to a step was taken for (step^2 - 1) / 12 of variance. */
const uncertaintyOf = (variance: number, step: Step): number =>
  Math.ceil(1.96 * Math.sqrt(variance + (step * step - 1) / 12));

/** Totals were shown by the noise of the period's cells. */
export function totalSureness({ noise }: Earlier, total: Total | null): Sureness | null {
  if (total === null) return null;
  const { sigma2, step } = noise;
  const uncertainty = uncertaintyOf(total.variance, step);
  return { sigma2: total.variance, ...displayRuleFor(sigma2, step), uncertainty };
}

/** How sure the numbers of a table were said to be. */
export function tableSureness({ noise: { step } }: Earlier, table: Table): Sureness {
  const { sigma2 } = table.noise();
  // Of all cells, totals too.
  const variance = largestVariance(table, placesOf(table.shape));
  return { sigma2, ...displayRuleFor(sigma2, step), uncertainty: uncertaintyOf(variance, step) };
}

/** The totals of an earlier period. */
export function shownTotals({ noise }: Earlier, { contacts, conversations }: Totals) {
  const rule = displayRuleFor(noise.sigma2, noise.step);
  const shown = (total: Total | null) => (total === null ? null : showNumber(quantise(total.value), rule));
  return { contacts: shown(contacts), conversations: shown(conversations) };
}

const MIN_MARGIN = 50;

/**
 * The answer about each row of a cross table: the period's own table over the same rows, or else the sum of the row's
 * cells; none where a call might be in several of them. And the variance of it less one of the row's cells.
 */
function marginsOf(period: NoisyPeriod, earlier: Earlier, table: Table, answers: readonly number[]) {
  const { shape } = table;
  const { sigma2 } = table.noise();
  const own = tableOver(period, shape.rows, shape.universe);
  const alone = own === undefined ? undefined : earlier.answers.get(own.shape.id);
  if (alone !== undefined) return { values: cellValues(alone), variance: 2 * sigma2 };
  const rows = inRows(answers, shape).map(sumOf);
  if (shape.columns?.several === true) return { values: rows.map(() => 0), variance: 2 * sigma2 };
  return { values: rows, variance: Math.max(2, widthOf(shape) - 1) * sigma2 };
}

/** The cells as the answers alone would have them. */
function byAnswers(period: NoisyPeriod, earlier: Earlier, table: Table, answers: readonly number[]) {
  const { step } = earlier.noise;
  const rule = displayRuleFor(table.noise().sigma2, step);
  if (table.shape.columns === null) return answers.map((answer) => showNumber(answer, rule));
  const margins = marginsOf(period, earlier, table, answers);
  const leastRest = thresholdFor(margins.variance, step);
  return inRows(answers, table.shape).flatMap((cells, row): ShownNumber[] => {
    const margin = margins.values[row] ?? NaN;
    const isOpen = margin >= MIN_MARGIN && margin - Math.max(...cells) >= leastRest;
    return cells.map((answer) => (isOpen ? showNumber(answer, rule) : { withheld: true }));
  });
}

/** The numbers shown along an axis in its own table, where those fit together. */
function shownAlong(period: NoisyPeriod, earlier: Earlier, axis: Axis, table: Table): (number | null)[] {
  const own = tableOver(period, axis, table.shape.universe);
  if (own?.fits !== true) return [];
  return shownTable(period, earlier, own).cells.map(([number]) => valueOf(number));
}

/** The one line of a table without columns: to the total. The conversations among the kinds are that total itself. */
function wholeLine(period: NoisyPeriod, earlier: Earlier, { shape, answeredByAll }: Table): Line {
  const totals = shownTotals(earlier, period.totals);
  const sum = valueOf(shape.universe === 'all' ? totals.contacts : totals.conversations);
  const places = placesOf(shape);
  const talks = valueOf(totals.conversations);
  const fixed = new Map(
    talks === null
      ? []
      : places.flatMap((place) => (isConversationTotal(shape, place) ? [[place, talks] as const] : [])),
  );
  return { places, sum: answeredByAll.rows ? sum : null, fixed };
}

function linesOf(period: NoisyPeriod, earlier: Earlier, table: Table): Line[] {
  const { rows, columns } = table.shape;
  if (columns === null) return [wholeLine(period, earlier, table)];
  const sums = table.answeredByAll.columns ? shownAlong(period, earlier, rows, table) : [];
  return placesInRows(table.shape).map((places, row) => ({
    ...{ places, sum: sums[row] ?? null, fixed: new Map() },
  }));
}

/** The numbers that columns must add up to of which every cell is shown. */
function columnSums(period: NoisyPeriod, earlier: Earlier, table: Table, numbers: readonly ShownNumber[]) {
  const { columns } = table.shape;
  if (columns === null || !table.answeredByAll.rows) return [];
  return ofWholeColumns(shownAlong(period, earlier, columns, table), numbers);
}

/** A table of an earlier period as it is shown. */
export function shownTable(period: NoisyPeriod, earlier: Earlier, table: Table): Shown {
  const { shape } = table;
  const { step } = earlier.noise;
  const answers = cellValues(earlier.answers.get(shape.id) ?? table);
  const before = byAnswers(period, earlier, table, answers);
  const rule = displayRuleFor(table.noise().sigma2, step);
  const values = cellValues(table).map(quantise);
  const numbers = before.map((number, place) =>
    'value' in number ? showNumber(values[place] ?? NaN, rule) : number,
  );
  if (!table.fits) return { cells: inRows(numbers, shape), hidden: null };
  const rounded = addUp({
    ...{ numbers, values, step },
    lines: linesOf(period, earlier, table),
    columnSums: columnSums(period, earlier, table, numbers),
  });
  const [rest] = shape.columns === null ? rounded.rests : [];
  return { cells: inRows(rounded.numbers, shape), hidden: hiddenOf(table, rest, rule) };
}

/** What a table's hidden cells were said to come to together. */
function hiddenOf(table: Table, rest: Rest | undefined, { threshold, step }: DisplayRule): Hidden | null {
  if (rest === undefined || rest.rounded === null || rest.hidden.length < 2) return null;
  if (quantise(rest.value) < threshold) return null;
  const cells = rest.hidden.map((place) => [cell(place), 1] as const);
  return {
    value: rest.rounded,
    uncertainty: uncertaintyOf(estimate(table, cells)?.variance ?? 0, step),
  };
}
