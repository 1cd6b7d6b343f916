/** The tables of a report that have no columns of their own: bars, with the numbers of other periods beside them. Pure. */
import { valueOf } from '../contract/display.js';
import type { Locale } from '../contract/problem.js';
import type { Hidden, PublishedTable } from '../contract/statistics.js';
import { surenessOfRow } from '../contract/sure-row.js';
import type { ReleaseContent } from './content.js';
import { comparable, numberOfCode, sameTable } from './series.js';
import { besideName, numeral, periodName, shareText, shownMark, shownText, words } from './words.js';

/** A row of bars: its number in words or figures, its share, and the numbers of the periods beside it. */
interface BarRow {
  readonly label: string;
  readonly value: number | null;
  readonly uncertainty: number | null;
  readonly text: string;
  /** Empty where there is none. */
  readonly share: string;
  /** Not one answer but all that are hidden. */
  readonly rest: boolean;
  readonly beside: readonly string[];
}

export interface Bars {
  readonly kind: 'bars';
  readonly answer: string;
  readonly now: string;
  /** The head of the column of shares; null where no row has one. */
  readonly shareHead: string | null;
  readonly beside: readonly string[];
  readonly most: number;
  readonly rows: readonly BarRow[];
}

/** The table of another period that stands beside one of the release's own. */
export interface Beside {
  readonly id: string;
  readonly other: PublishedTable;
}

/** What stands beside a table, in the order of the release: the same table of other periods. */
export function tablesBeside({ beside }: ReleaseContent, table: PublishedTable): Beside[] {
  if (table.columns !== null || !comparable(table)) return [];
  return beside.flatMap((period) => {
    const other = sameTable(period, table);
    return other === undefined ? [] : [{ id: period.summary.id, other }];
  });
}

/** What another period says of an answer; nothing where the vocabulary did not have it. */
function besideText(locale: Locale, table: PublishedTable, code: string): string {
  const number = numberOfCode(table, code);
  return number === undefined ? '' : shownMark(locale, number);
}

/** What a table hides together: other answers in another period, so that nothing stands beside it. */
function hiddenRow(locale: Locale, { value, uncertainty }: Hidden, found: readonly Beside[]): BarRow {
  return {
    label: words[locale].hidden,
    value,
    uncertainty,
    text: `${numeral(locale, value)} ± ${numeral(locale, uncertainty)}`,
    share: '',
    rest: true,
    beside: found.map(() => ''),
  };
}

function barRows(
  locale: Locale,
  { summary }: ReleaseContent,
  table: PublishedTable,
  found: readonly Beside[],
): BarRow[] {
  const rows = table.rows.codes.map(({ code, label }, row): BarRow => {
    const number = table.cells[row]?.[0] ?? { withheld: true };
    const value = valueOf(number);
    return {
      label: label[locale],
      value,
      uncertainty: value === null ? null : surenessOfRow(table, row, summary.sureness).uncertainty,
      text: shownText(locale, number),
      share: shareText(locale, number, table.shareUncertainties[row]),
      rest: false,
      beside: found.map(({ other }) => besideText(locale, other, code)),
    };
  });
  return table.hidden === null ? rows : [...rows, hiddenRow(locale, table.hidden, found)];
}

/** A table as bars. */
export function barsOf(locale: Locale, content: ReleaseContent, table: PublishedTable): Bars {
  const { answer, share } = words[locale];
  const found = tablesBeside(content, table);
  const rows = barRows(locale, content, table, found);
  return {
    kind: 'bars',
    answer,
    now: periodName(locale, content.period),
    shareHead: rows.some((row) => row.share !== '') ? share : null,
    beside: found.map(({ id }) => besideName(locale, id, content.period)),
    most: Math.max(1, ...rows.map(({ value, uncertainty }) => (value ?? 0) + (uncertainty ?? 0))),
    rows,
  };
}
