/**
 * What may be shown: a pure function of the noisy answers and the plan, so that the same answers give the same page
 * whatever the true counts were. The noise is what protects a call; threshold, step and withholding are for reading and
 * for groups. Source: the design's protection rules ("Estimates and what may be shown").
 */
import { isConversationTotal, placesOf, widthOf } from '../contract/cells.js';
import { displayRuleFor, showNumber, thresholdFor, uncertaintyOf, valueOf } from '../contract/display.js';
import { MONTH, type Axis } from '../contract/plan.js';
import type { Hidden, ShownNumber, Step, Sureness } from '../contract/statistics.js';
import { addUp, inRows, ofWholeColumns, placesInRows, sumOf, type Line } from './adding-up.js';
import { quantise } from './controlled.js';
import { cell, cellValues, estimate, type Noise, type Table, type Term } from './numbers.js';
import { tableOver, type NoisyPeriod, type Total, type Totals } from './period.js';

// The part that follows from the plan alone is shared with the web app.
export { displayRuleFor, showNumber, stepFor, thresholdFor, uncertaintyOf } from '../contract/display.js';

/** A table as it is shown: its cells, row by row, and what all that are not shown hold together. */
export interface Shown {
  readonly cells: ShownNumber[][];
  readonly hidden: Hidden | null;
}

/** What numbers under a noise are shown by; the variance without the last digits of its reckoning. */
export const surenessOf = ({ sigma2, step }: Noise): Sureness => ({
  sigma2: Number(sigma2.toFixed(6)),
  ...displayRuleFor(sigma2, step),
  uncertainty: uncertaintyOf(sigma2, step),
});

/** How sure a total is; null where there is none. */
export const totalSureness = (total: Total | null): Sureness | null =>
  total === null ? null : surenessOf({ sigma2: total.variance, step: total.step });

const shownAlone = ({ value, variance, step }: Total): ShownNumber =>
  showNumber(quantise(value), displayRuleFor(variance, step));

/** Totals as they are shown: all contacts never fewer than the conversations among them. */
export function shownTotals({ contacts, conversations }: Totals): {
  readonly contacts: ShownNumber | null;
  readonly conversations: ShownNumber | null;
} {
  const talks = conversations === null ? null : shownAlone(conversations);
  if (contacts === null) return { contacts: null, conversations: talks };
  const all = shownAlone({ ...contacts, value: Math.max(contacts.value, conversations?.value ?? -Infinity) });
  const part = valueOf(talks);
  // "Under 15" beside 15 conversations would be fewer as well.
  const most = 'under' in all ? all.under - 1 : valueOf(all);
  if (part === null || most === null || most >= part) return { contacts: all, conversations: talks };
  return { contacts: { value: Math.ceil(part / contacts.step) * contacts.step }, conversations: talks };
}

/** The number of a total that a table adds up to. */
const totalFor = (totals: Totals | undefined, universe: Table['shape']['universe']): ShownNumber | null =>
  totals === undefined ? null : shownTotals(totals)[universe === 'all' ? 'contacts' : 'conversations'];

/** A row or a column of a cross table with fewer calls than this says too much about too few people. */
const MIN_MARGIN = 50;

/** Whether a row or a column may be shown: enough calls, and not (nearly) all of them in one cell. */
function isOpen(table: Table, margin: Term, places: readonly number[], values: readonly number[]): boolean {
  const found = estimate(table, [[margin, 1]]);
  if (found === null || quantise(found.value) < MIN_MARGIN) return false;
  const largest = places.reduce((one, other) => ((values[other] ?? 0) > (values[one] ?? 0) ? other : one));
  const rest = estimate(table, [
    [margin, 1],
    [cell(largest), -1],
  ]);
  if (rest === null) return false;
  return quantise(rest.value) >= thresholdFor(Math.max(rest.variance, Number.EPSILON), table.noise().step);
}

/** Which cells of a cross table are withheld; of months the rows alone, for each is published as it ends. */
function withheldIn(table: Table, values: readonly number[]): ReadonlySet<number> {
  const { shape } = table;
  const { rows, columns } = shape;
  if (columns === null) return new Set();
  const width = columns.codes.length;
  const lines = (of: 'rows' | 'columns', axis: Axis) =>
    axis.codes.flatMap((_, place) => {
      const places = placesOf(shape).filter(
        (one) => (of === 'rows' ? Math.floor(one / width) : one % width) === place,
      );
      return isOpen(table, { of, place }, places, values) ? [] : places;
    });
  return new Set([...lines('rows', rows), ...(rows.dimension === MONTH ? [] : lines('columns', columns))]);
}

/** The numbers that are shown along an axis of a table: of months their totals, else those of its own table. */
function shownAlong(period: NoisyPeriod, axis: Axis, table: Table): (number | null)[] {
  if (axis.dimension === MONTH)
    return axis.codes.map(({ code }) =>
      valueOf(totalFor(period.totalsOfMonths.get(code), table.shape.universe)),
    );
  const own = tableOver(period, axis, table.shape.universe);
  return own === undefined ? [] : shownTable(period, own).cells.map(([number]) => valueOf(number));
}

/** A sum in the step of a table. */
const inStep = (sum: number | null | undefined, step: Step): number | null =>
  sum == null ? null : Math.round(sum / step) * step;

/** Cells that stand elsewhere as totals: the rows of months, and the conversations among kinds of contact. */
function totalsIn(period: NoisyPeriod, { shape }: Table): ReadonlyMap<number, ShownNumber> {
  const { rows, columns, universe } = shape;
  const found = new Map<number, ShownNumber>();
  const width = widthOf(shape);
  const totalsOf = (row: number) =>
    rows.dimension === MONTH ? period.totalsOfMonths.get(rows.codes[row]?.code ?? '') : period.totals;
  const ofMonths = rows.dimension === MONTH;
  // The kinds of a month stand along its row.
  const kinds = ofMonths && columns !== null ? { rows: columns, columns: null, universe } : shape;
  for (const place of placesOf(shape)) {
    const row = Math.floor(place / width);
    const talks = isConversationTotal(kinds, kinds === shape ? row : place % width);
    const whole = columns === null && ofMonths;
    if (!talks && !whole) continue;
    const number = totalFor(totalsOf(row), talks ? 'conversation' : universe);
    if (number !== null) found.set(place, number);
  }
  return found;
}

/** The lines of a table along which its cells add up; where a call may have no code there is no sum to meet. */
function linesOf(period: NoisyPeriod, table: Table, totals: ReadonlyMap<number, ShownNumber>): Line[] {
  const { shape, answeredByAll } = table;
  const { rows, columns, universe } = shape;
  const { step } = table.noise();
  const fixed = new Map(
    [...totals].flatMap(([place, number]) => ('value' in number ? [[place, number.value] as const] : [])),
  );
  const within = (places: readonly number[]) =>
    new Map(places.flatMap((place) => (fixed.has(place) ? [[place, fixed.get(place) ?? 0] as const] : [])));
  if (columns === null) {
    const places = placesOf(shape);
    // Months are totals themselves, and were out before their quarter's.
    const adds = table.fits && answeredByAll.rows && rows.dimension !== MONTH;
    const sum = adds ? inStep(valueOf(totalFor(period.totals, universe)), step) : null;
    return [{ places, sum, fixed: within(places) }];
  }
  const sums = table.fits && answeredByAll.columns ? shownAlong(period, rows, table) : [];
  return placesInRows(shape).map((places, row) => ({
    places,
    sum: inStep(sums[row], step),
    fixed: within(places),
  }));
}

/** The numbers that columns must add up to of which every cell is shown. */
function columnSums(period: NoisyPeriod, table: Table, numbers: readonly ShownNumber[]): (number | null)[] {
  const { columns, rows } = table.shape;
  if (columns === null || !table.fits || !table.answeredByAll.rows || rows.dimension === MONTH) return [];
  const { step } = table.noise();
  const sums = shownAlong(period, columns, table).map((sum) => inStep(sum, step));
  return ofWholeColumns(sums, numbers);
}

/** The line for all hidden cells: what is left of the table's total. */
function hiddenOf(period: NoisyPeriod, table: Table, numbers: readonly ShownNumber[]): Hidden | null {
  const { shape, fits, answeredByAll } = table;
  const total = valueOf(totalFor(period.totals, shape.universe));
  // The quarter knows its total better than its months' rows did.
  const ofMonths = shape.rows.dimension === MONTH;
  if (!fits || !answeredByAll.rows || !answeredByAll.columns || total === null || ofMonths) return null;
  const places = placesOf(shape).filter((place) => valueOf(numbers[place]) === null);
  const found = estimate(
    table,
    places.map((place) => [cell(place), 1] as const),
  );
  if (places.length < 2 || found === null) return null;
  const { step } = table.noise();
  const value = Math.round(total / step) * step - sumOf(numbers.map((number) => valueOf(number) ?? 0));
  const own = surenessOf({ sigma2: Math.max(found.variance, Number.EPSILON), step });
  return value < own.threshold ? null : { value, uncertainty: own.uncertainty };
}

/** A table of a period as it may be shown. */
export function shownTable(period: NoisyPeriod, table: Table): Shown {
  const { shape } = table;
  const { sigma2, step } = table.noise();
  const rule = displayRuleFor(sigma2, step);
  const values = cellValues(table).map(quantise);
  const withheld = withheldIn(table, values);
  const totals = totalsIn(period, table);
  const numbers = values.map((value, place): ShownNumber => {
    if (withheld.has(place)) return { withheld: true };
    return totals.get(place) ?? showNumber(value, rule);
  });
  const lines = linesOf(period, table, totals);
  const sums = columnSums(period, table, numbers);
  const rounded = addUp({ numbers, values, step, lines, columnSums: sums }).numbers;
  return { cells: inRows(rounded, shape), hidden: hiddenOf(period, table, rounded) };
}
