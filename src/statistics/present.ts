/** Noisy periods as people get them: everything that leaves this room, but for an audit, is made here. Pure. */
import type { Axis, TableShape } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, ShownNumber, TableSummary } from '../contract/statistics.js';
import type { Estimate, NoisyPeriod, NoisyTable } from './noisy.js';
import { showCells, showNumber, thresholdFor, uncertaintyOf, type DisplayRule } from './show.js';
import { estimatedValue } from './totals.js';

const ruleOf = ({ sigma2, step }: NoisyPeriod): DisplayRule => ({
  threshold: thresholdFor(sigma2, step),
  step,
});

const shownTotal = (estimate: Estimate | null, rule: DisplayRule): ShownNumber | null =>
  estimate === null ? null : showNumber(estimatedValue(estimate), rule);

const totalUncertainty = (estimate: Estimate | null, { step }: DisplayRule): number | null =>
  estimate === null ? null : uncertaintyOf(estimate.variance, step);

/** A period as the list of periods shows it. */
export function summaryOf(period: NoisyPeriod): PeriodSummary {
  const rule = ruleOf(period);
  const { contacts, conversations } = period.totals;
  return {
    id: period.id,
    kind: period.kind,
    publishedOn: period.publishedOn,
    plan: { preset: period.preset, rho: period.rho, sigma2: period.sigma2, ...rule },
    totals: { contacts: shownTotal(contacts, rule), conversations: shownTotal(conversations, rule) },
    uncertainty: {
      contacts: totalUncertainty(contacts, rule),
      conversations: totalUncertainty(conversations, rule),
    },
  };
}

/** A table as the list of tables shows it. */
export function tableSummaryOf({ shape: { id, rows, columns, universe } }: NoisyTable): TableSummary {
  const axis = ({ dimension, level }: Axis) => ({ dimension, level });
  return { id, rows: axis(rows), columns: columns === null ? null : axis(columns), universe };
}

const sameRows = (one: TableShape, other: TableShape) =>
  one.rows.dimension === other.rows.dimension &&
  one.rows.level === other.rows.level &&
  one.universe === other.universe;

/**
 * The noisy margin of each row of a cross table: the period's own one-way table over the same rows, or else the
 * sum of the row's cells. Null for a table without columns.
 */
function marginsOf(table: NoisyTable, tables: readonly NoisyTable[]): number[] | null {
  if (table.shape.columns === null) return null;
  const oneWay = tables.find(({ shape }) => shape.columns === null && sameRows(shape, table.shape));
  const source = oneWay ?? table;
  return source.noisy.map((row) => row.reduce((sum, cell) => sum + cell, 0));
}

const shownAxis = ({ dimension, codes }: Axis): PublishedTable['rows'] => ({
  dimension,
  codes: codes.map(({ code, label }) => ({ code, label })),
});

/** A table of a period with its numbers as they may be shown. */
export function publishedTableOf(period: NoisyPeriod, table: NoisyTable): PublishedTable {
  const { shape, sigma2, noisy } = table;
  const { step } = period;
  return {
    period: period.id,
    table: shape.id,
    universe: shape.universe,
    rows: shownAxis(shape.rows),
    columns: shape.columns === null ? null : shownAxis(shape.columns),
    cells: showCells(noisy, marginsOf(table, period.tables), sigma2, step),
    sigma2,
    threshold: thresholdFor(sigma2, step),
    step,
    uncertainty: uncertaintyOf(sigma2, step),
  };
}
