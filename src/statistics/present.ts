/** Periods as people get them: everything that leaves this room, but for an audit, is made here. Pure. */
import { countedFromOf } from '../contract/begun-anew.js';
import { valueOf } from '../contract/display.js';
import { MONTH, type Axis, type TableShape } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, ShownNumber, TableSummary } from '../contract/statistics.js';
import { surenessOfRow } from '../contract/sure-row.js';
import type { Label } from '../contract/vocabulary.js';
import * as earlier from './earlier/show.js';
import type { Table } from './numbers.js';
import { tableOver, type NoisyPeriod, type Total, type Totals } from './period.js';
import * as today from './show.js';

/** From when a period was counted, and which of its quarters from later than their first day. */
const countedOf = ({ id, begunAnew }: NoisyPeriod) => ({
  countedFrom: countedFromOf(id, begunAnew),
  begunAnew: [...begunAnew],
});

const shownTotals = (period: NoisyPeriod, totals: Totals) =>
  period.earlier === null ? today.shownTotals(totals) : earlier.shownTotals(period.earlier, totals);

const shownTable = (period: NoisyPeriod, table: Table) =>
  period.earlier === null
    ? today.shownTable(period, table)
    : earlier.shownTable(period, period.earlier, table);

const surenessOf = (period: NoisyPeriod, table: Table) =>
  period.earlier === null ? today.surenessOf(table.noise()) : earlier.tableSureness(period.earlier, table);

function totalsSureness(period: NoisyPeriod): PeriodSummary['sureness'] {
  const of = (total: Total | null) =>
    period.earlier === null ? today.totalSureness(total) : earlier.totalSureness(period.earlier, total);
  return { contacts: of(period.totals.contacts), conversations: of(period.totals.conversations) };
}

/** A period as the list of periods shows it. */
export function summaryOf(period: NoisyPeriod): PeriodSummary {
  const { id, kind, publishedOn, preset, rho, totals } = period;
  return {
    ...{ id, kind, publishedOn, plan: { preset, rho } },
    totals: shownTotals(period, totals),
    sureness: totalsSureness(period),
    ...countedOf(period),
  };
}

/** What a table is about, in words. */
export function titleOf({ shape: { rows, columns } }: Table): Label {
  if (columns === null) return rows.label;
  return { sv: `${rows.label.sv} × ${columns.label.sv}`, en: `${rows.label.en} × ${columns.label.en}` };
}

/** A table as the list of tables shows it. */
export function tableSummaryOf({ shape: { id, rows, columns, universe } }: Table): TableSummary {
  const axis = ({ dimension, level }: Axis) => ({ dimension, level });
  return { id, rows: axis(rows), columns: columns === null ? null : axis(columns), universe };
}

const shownAxis = ({ dimension, codes }: Axis): PublishedTable['rows'] => ({
  dimension,
  codes: codes.map(({ code, label }) => ({ code, label })),
});

/** Per cent of fewer calls than this would say more than it knows. */
const LEAST_DENOMINATOR = 50;

/** What each row's shares are shares of, as it is shown: of a table its total, of a cross table the row's number. */
function denominators(period: NoisyPeriod, shape: TableShape): (number | null)[] {
  const total = (totals: Totals) =>
    valueOf(shownTotals(period, totals)[shape.universe === 'all' ? 'contacts' : 'conversations']);
  const { rows, columns } = shape;
  if (columns === null) return rows.codes.map(() => total(period.totals));
  if (rows.dimension === MONTH)
    return rows.codes.map(({ code }) => {
      const totals = period.totalsOfMonths.get(code);
      return totals === undefined ? null : total(totals);
    });
  const own = tableOver(period, rows, shape.universe);
  if (own === undefined) return rows.codes.map(() => null);
  return shownTable(period, own).cells.map(([number]) => valueOf(number));
}

/** The cells of a table with what they are of their denominators, and how far that may lie from the truth. */
function withShares(
  period: NoisyPeriod,
  shape: TableShape,
  cells: readonly (readonly ShownNumber[])[],
  /** How far the numbers of each row may lie from the truth. */
  uncertaintyOf: (row: number) => number,
) {
  const known = denominators(period, shape).map((one) =>
    one !== null && one >= LEAST_DENOMINATOR ? one : null,
  );
  return {
    cells: cells.map((row, place) => {
      const denominator = known[place] ?? null;
      return row.map((number) =>
        'value' in number && denominator !== null
          ? { ...number, share: Math.round((100 * number.value) / denominator) }
          : number,
      );
    }),
    shareUncertainties: known.map((one, row) =>
      one === null ? null : Math.ceil((100 * uncertaintyOf(row)) / one),
    ),
  };
}

/** A table of a period with its numbers as they may be shown. */
export function publishedTableOf(period: NoisyPeriod, table: Table): PublishedTable {
  const { shape } = table;
  const { cells, hidden } = shownTable(period, table);
  const sureness = surenessOf(period, table);
  const totals = totalsSureness(period);
  const uncertaintyOf = (row: number) => surenessOfRow({ ...shape, ...sureness }, row, totals).uncertainty;
  return {
    period: period.id,
    table: shape.id,
    universe: shape.universe,
    rows: shownAxis(shape.rows),
    columns: shape.columns === null ? null : shownAxis(shape.columns),
    several: shape.rows.several || shape.columns?.several === true,
    hidden,
    ...sureness,
    ...withShares(period, shape, cells, uncertaintyOf),
    ...countedOf(period),
  };
}
