/** Noisy periods as people get them: everything that leaves this room, but for an audit, is made here. Pure. */
import { countedFromOf } from '../contract/begun-anew.js';
import type { Axis } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, TableSummary } from '../contract/statistics.js';
import type { Label } from '../contract/vocabulary.js';
import { largestVariance, ruleOf, shownCells, shownTotal } from './adding-up.js';
import type { Estimate, NoisyPeriod, NoisyTable } from './noisy.js';
import { uncertaintyOf, type DisplayRule } from './show.js';

const totalUncertainty = (estimate: Estimate | null, { step }: DisplayRule): number | null =>
  estimate === null ? null : uncertaintyOf(estimate.variance, step);

/** From when a period was counted, and which of its quarters from later than their first day. */
const countedOf = ({ id, begunAnew }: NoisyPeriod) => ({
  countedFrom: countedFromOf(id, begunAnew),
  begunAnew: [...begunAnew],
});

/** A period as the list of periods shows it. */
export function summaryOf(period: NoisyPeriod): PeriodSummary {
  const rule = ruleOf(period, period);
  const { contacts, conversations } = period.totals;
  return {
    id: period.id,
    kind: period.kind,
    publishedOn: period.publishedOn,
    plan: { preset: period.preset, rho: period.rho, sigma2: period.sigma2, ...rule },
    totals: {
      contacts: shownTotal(period, 'contacts'),
      conversations: shownTotal(period, 'conversations'),
    },
    uncertainty: {
      contacts: totalUncertainty(contacts, rule),
      conversations: totalUncertainty(conversations, rule),
    },
    ...countedOf(period),
  };
}

/** What a table is about, in words. */
export function titleOf({ shape: { rows, columns } }: NoisyTable): Label {
  if (columns === null) return rows.label;
  return { sv: `${rows.label.sv} × ${columns.label.sv}`, en: `${rows.label.en} × ${columns.label.en}` };
}

/** A table as the list of tables shows it. */
export function tableSummaryOf({ shape: { id, rows, columns, universe } }: NoisyTable): TableSummary {
  const axis = ({ dimension, level }: Axis) => ({ dimension, level });
  return { id, rows: axis(rows), columns: columns === null ? null : axis(columns), universe };
}

const shownAxis = ({ dimension, codes }: Axis): PublishedTable['rows'] => ({
  dimension,
  codes: codes.map(({ code, label }) => ({ code, label })),
});

/** A table of a period with its numbers as they may be shown. */
export function publishedTableOf(period: NoisyPeriod, table: NoisyTable): PublishedTable {
  const { shape, sigma2 } = table;
  const { cells, remainders } = shownCells(period, table);
  return {
    period: period.id,
    table: shape.id,
    universe: shape.universe,
    rows: shownAxis(shape.rows),
    columns: shape.columns === null ? null : shownAxis(shape.columns),
    cells,
    ...(remainders === null ? {} : { remainders }),
    sigma2,
    ...ruleOf(period, table),
    uncertainty: uncertaintyOf(largestVariance(period, table), period.step),
    ...countedOf(period),
  };
}
