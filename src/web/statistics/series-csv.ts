/** Numbers over periods as comma-separated values: one line for each number. */
import type { ShownNumber } from '../../contract/statistics.js';
import { toCsv } from '../../contract/table-csv.js';

export interface SeriesLine {
  readonly period: string;
  /** What is counted: `contacts`, `conversations`, or a code. */
  readonly code: string;
  /** Null where the period's plan does not count it. */
  readonly number: ShownNumber | null;
  readonly uncertainty: number | null;
  /** How far its share may lie from the truth; null where it has none. */
  readonly shareUncertainty?: number | null;
}

const orEmpty = (number: number | null | undefined) => (number == null ? '' : String(number));

function fields({ period, code, number, uncertainty, shareUncertainty }: SeriesLine): string[] {
  const sure = orEmpty(uncertainty);
  const empty = ['', '', '', '', ''];
  if (number === null) return [period, code, 'not-counted', ...empty];
  if ('under' in number) return [period, code, 'under', '', String(number.under), sure, '', ''];
  if ('withheld' in number) return [period, code, 'withheld', ...empty];
  const share = number.share === undefined ? ['', ''] : [String(number.share), orEmpty(shareUncertainty)];
  return [period, code, 'value', String(number.value), '', sure, ...share];
}

/** Shares in whole per cent, at the end, so that whoever reads the other columns need not know of them. */
const header = [
  ...['period', 'code', 'status', 'value', 'under', 'uncertainty'],
  ...['share', 'share_uncertainty'],
];

export const seriesCsv = (lines: readonly SeriesLine[]): string => toCsv([header, ...lines.map(fields)]);
