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
}

function fields({ period, code, number, uncertainty }: SeriesLine): string[] {
  const sure = uncertainty === null ? '' : String(uncertainty);
  if (number === null) return [period, code, 'not-counted', '', '', ''];
  if ('value' in number) return [period, code, 'value', String(number.value), '', sure];
  return 'under' in number
    ? [period, code, 'under', '', String(number.under), sure]
    : [period, code, 'withheld', '', '', ''];
}

export const seriesCsv = (lines: readonly SeriesLine[]): string =>
  toCsv([['period', 'code', 'status', 'value', 'under', 'uncertainty'], ...lines.map(fields)]);
