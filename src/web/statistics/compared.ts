/** Which periods another is set beside, and what has changed since, where that can be said. Pure. */
import { changeBetween, type Change } from '../../contract/change.js';
import type { PeriodSummary, PublishedTable } from '../../contract/statistics.js';
import { surenessOfRow } from '../../contract/sure-row.js';
import { holdsNumbers } from './month-series.js';

/** The period of the same kind next before another, by the calendar. */
function idBefore({ id, kind }: Pick<PeriodSummary, 'id' | 'kind'>): string {
  const [year = '', part = ''] = id.split('-');
  const earlier = String(Number(year) - 1);
  if (kind === 'year') return earlier;
  if (kind === 'quarter') return part === 'Q1' ? `${earlier}-Q4` : `${year}-Q${Number(part.slice(1)) - 1}`;
  return part === '01' ? `${earlier}-12` : `${year}-${String(Number(part) - 1).padStart(2, '0')}`;
}

/** The same quarter or month of the year before; of a year that is the year before it, once more. */
const idYearBefore = ({ id }: Pick<PeriodSummary, 'id'>): string =>
  `${Number(id.slice(0, 4)) - 1}${id.slice(4)}`;

/** What a period is set beside, each once and where it is published: the one before it, and the same of the year before. */
export function comparedWith(periods: readonly PeriodSummary[], period: PeriodSummary): PeriodSummary[] {
  const wanted = new Set([idBefore(period), idYearBefore(period)]);
  return [...wanted].flatMap((id) => periods.find((each) => each.id === id && holdsNumbers(each)) ?? []);
}

/** A table with the period that it is of. */
export interface TableOfPeriod {
  readonly period: PeriodSummary;
  readonly table: PublishedTable;
}

/** What a table says of each code since another period. */
export interface Since {
  readonly period: PeriodSummary;
  readonly changes: ReadonlyMap<string, Change>;
}

/**
 * The changes of a table without columns, by code. Empty where there is nothing to compare with: another dimension or
 * universe, or codes of another level. What a table hides together is never compared.
 */
export function changesIn(now: TableOfPeriod, before: TableOfPeriod): ReadonlyMap<string, Change> {
  const [table, old] = [now.table, before.table];
  if (table.columns !== null || old.columns !== null) return new Map();
  if (table.rows.dimension !== old.rows.dimension || table.universe !== old.universe) return new Map();
  const numberIn = ({ table: of, period }: TableOfPeriod, row: number) => ({
    number: of.cells[row]?.[0],
    sigma2: surenessOfRow(of, row, period.sureness).sigma2,
  });
  const rows = new Map(old.rows.codes.map(({ code }, row) => [code, row]));
  return new Map(
    table.rows.codes.flatMap(({ code }, row) => {
      const change = changeBetween(numberIn(now, row), numberIn(before, rows.get(code) ?? -1));
      return change === null ? [] : [[code, change] as const];
    }),
  );
}

/** The change of a total since another period; null where nothing can be said. */
export const totalChange = (
  now: PeriodSummary,
  before: PeriodSummary,
  total: 'contacts' | 'conversations',
): Change | null => {
  const of = ({ totals, sureness }: PeriodSummary) => ({
    number: totals[total],
    sigma2: sureness[total]?.sigma2 ?? null,
  });
  return changeBetween(of(now), of(before));
};
