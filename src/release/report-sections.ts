/** The tables of a report, worded and worked out for the template that lays them out. Pure. */
import type { Locale } from '../contract/problem.js';
import type { PublishedTable, ShownNumber } from '../contract/statistics.js';
import type { ReleaseContent } from './content.js';
import { barsOf, tablesBeside, type Bars, type Beside } from './report-bars.js';
import { sureness } from './sureness.js';
import { numeral, shownMark, words } from './words.js';

/** A cell of a cross table: `shade` from 0 to 1, null where no number is shown. */
interface Shaded {
  readonly text: string;
  readonly shade: number | null;
}

interface Section {
  readonly title: string;
  readonly note: string;
  readonly notes: readonly string[];
}

interface Crossed {
  readonly kind: 'crossed';
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    /** What is said of a row that is not shown. */
    readonly withheld: string | null;
    readonly cells: readonly Shaded[];
  }[];
}

export type ReportSection = Section & (Bars | Crossed);

const valueOf = (number: ShownNumber | undefined): number | null =>
  number !== undefined && 'value' in number ? number.value : null;

function crossedOf(locale: Locale, table: PublishedTable): Crossed {
  const most = Math.max(1, ...table.cells.flat().map((number) => valueOf(number) ?? 0));
  const shaded = (number: ShownNumber): Shaded => {
    const value = valueOf(number);
    return { text: shownMark(locale, number), shade: value === null ? null : value / most };
  };
  const remainders = table.remainders?.some((one) => one !== null) === true ? table.remainders : null;
  const rest = (row: number): Shaded[] => {
    if (remainders === null) return [];
    const value = remainders[row]?.value ?? null;
    return [{ text: value === null ? '' : numeral(locale, value), shade: null }];
  };
  const labels = table.columns?.codes.map(({ label }) => label[locale]) ?? [];
  return {
    kind: 'crossed',
    columns: remainders === null ? labels : [...labels, words[locale].others],
    rows: table.rows.codes.map(({ label }, row) => ({
      label: label[locale],
      withheld:
        table.cells[row]?.every((number) => 'withheld' in number) === true ? words[locale].rowWithheld : null,
      cells: [...(table.cells[row] ?? []).map(shaded), ...rest(row)],
    })),
  };
}

/** What has to be said under a table, so that it can be read alone: the marks in it and beside it, among others. */
function notesOf(locale: Locale, table: PublishedTable, found: readonly Beside[]): string[] {
  const { marks, othersWhy, withheldMark } = words[locale];
  const marked = [...(table.columns === null ? [] : [table]), ...found.map(({ other }) => other)];
  const numbers = marked.flatMap(({ cells }) => cells.flat());
  const thresholds = new Set(numbers.flatMap((number) => ('under' in number ? [number.under] : [])));
  const withheld = table.columns === null && numbers.some((number) => 'withheld' in number);
  return [
    ...[...thresholds].map((threshold) => marks.under(numeral(locale, threshold))),
    ...(withheld ? [withheldMark] : []),
    ...(table.remainders?.some((one) => one !== null) === true ? [othersWhy] : []),
  ];
}

/** Every table of a release in the order of its plan. */
export function reportSections(locale: Locale, content: ReleaseContent): ReportSection[] {
  const { universe } = words[locale];
  const sure = (id: string, { uncertainty }: PublishedTable) => ({ period: id, uncertainty });
  return content.tables.map((table, place) => {
    const found = tablesBeside(content, table);
    const all = [sure(content.period, table), ...found.map(({ id, other }) => sure(id, other))] as const;
    const title = content.titles[place]?.[locale] ?? table.table;
    const note = `${universe[table.universe]} ${sureness(locale, all)}`;
    const notes = notesOf(locale, table, found);
    if (table.columns !== null) return { title, note, notes, ...crossedOf(locale, table) };
    const { bars, changes } = barsOf(locale, content, table);
    return { title, note, notes: [...changes, ...notes], ...bars };
  });
}
