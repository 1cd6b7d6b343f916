/** The tables of a report that have no columns of their own: bars, with the numbers of other periods beside them. Pure. */
import { changeBetween } from '../contract/change.js';
import { isQuarter } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import type { PublishedTable, Remainder } from '../contract/statistics.js';
import type { ReleaseContent } from './content.js';
import { comparable, sameTable } from './series.js';
import { besideName, numeral, periodName, shownMark, shownText, words } from './words.js';

/** A row of bars: its number in words or figures, and those of the periods beside it. */
interface BarRow {
  readonly label: string;
  readonly value: number | null;
  readonly uncertainty: number | null;
  readonly text: string;
  /** Not one answer but what is left of them. */
  readonly rest: boolean;
  readonly beside: readonly string[];
  /** The difference from the quarter before; empty where it is not larger than its uncertainty. */
  readonly change: string;
}

export interface Bars {
  readonly kind: 'bars';
  readonly answer: string;
  readonly now: string;
  readonly beside: readonly string[];
  /** The head of the column of differences; null where no row has one. */
  readonly changeHead: string | null;
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

/** The table of the quarter before. A year's quarters are its parts, not what came before it. */
const tableBefore = ({ period }: ReleaseContent, [before]: readonly Beside[]): Beside | undefined =>
  isQuarter(period) ? before : undefined;

const numberOf = ({ rows, cells }: PublishedTable, code: string) =>
  cells[rows.codes.findIndex((one) => one.code === code)]?.[0];

/** What another period says of an answer; nothing where the vocabulary did not have it. */
function besideText(locale: Locale, table: PublishedTable, code: string): string {
  const number = numberOf(table, code);
  return number === undefined ? '' : shownMark(locale, number);
}

function changeText(locale: Locale, table: PublishedTable, before: PublishedTable, code: string): string {
  const at = (one: PublishedTable) => ({ number: numberOf(one, code), uncertainty: one.uncertainty });
  const found = changeBetween(at(table), at(before));
  if (found === null) return '';
  const sign = found.difference > 0 ? '+' : '−';
  return `${sign}${numeral(locale, Math.abs(found.difference))} ± ${numeral(locale, found.uncertainty)}`;
}

function restRow(locale: Locale, { value, uncertainty }: Remainder, found: readonly Beside[]): BarRow {
  return {
    label: words[locale].others,
    value,
    uncertainty,
    text: numeral(locale, value),
    rest: true,
    beside: found.map(({ other }) => {
      const remainder = other.remainders?.[0] ?? null;
      return remainder === null ? '' : numeral(locale, remainder.value);
    }),
    change: '',
  };
}

function barRows(
  locale: Locale,
  table: PublishedTable,
  found: readonly Beside[],
  before: Beside | undefined,
): BarRow[] {
  const rows = table.rows.codes.map(({ code, label }, row): BarRow => {
    const number = table.cells[row]?.[0] ?? { withheld: true };
    const value = 'value' in number ? number.value : null;
    return {
      label: label[locale],
      value,
      uncertainty: value === null ? null : table.uncertainty,
      text: shownText(locale, number),
      rest: false,
      beside: found.map(({ other }) => besideText(locale, other, code)),
      change: before === undefined ? '' : changeText(locale, table, before.other, code),
    };
  });
  const remainder = table.remainders?.[0] ?? null;
  return remainder === null ? rows : [...rows, restRow(locale, remainder, found)];
}

/** A table as bars, and what has to be said of its differences from the quarter before. */
export function barsOf(
  locale: Locale,
  content: ReleaseContent,
  table: PublishedTable,
): { readonly bars: Bars; readonly changes: readonly string[] } {
  const { answer, change } = words[locale];
  const found = tablesBeside(content, table);
  const before = tableBefore(content, found);
  const rows = barRows(locale, table, found, before);
  const changed = rows.some((row) => row.change !== '');
  const name = before === undefined ? '' : periodName(locale, before.id);
  return {
    bars: {
      kind: 'bars',
      answer,
      now: periodName(locale, content.period),
      beside: found.map(({ id }) => besideName(locale, id, content.period)),
      changeHead: changed ? change.head : null,
      most: Math.max(1, ...rows.map(({ value, uncertainty }) => (value ?? 0) + (uncertainty ?? 0))),
      rows,
    },
    changes: before === undefined ? [] : [changed ? change.some(name) : change.none(name)],
  };
}
