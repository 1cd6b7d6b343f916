/** The tables of a report, worded and worked out for the template that lays them out. Pure. */
import { valueOf } from '../contract/display.js';
import type { Locale } from '../contract/problem.js';
import type { PublishedTable, ShownNumber } from '../contract/statistics.js';
import { tableChanges } from './changes.js';
import type { ReleaseContent } from './content.js';
import { barsOf, tablesBeside, type Bars, type Beside } from './report-bars.js';
import { sureness } from './sureness.js';
import { markNotes, shareNotes, sumNotes, totalNotes } from './table-notes.js';
import { numeral, shareOf, shownMark, words } from './words.js';

/** A cell of a cross table: `shade` from 0 to 1, null where no number is shown; `share` is empty where there is none. */
interface Shaded {
  readonly text: string;
  readonly share: string;
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
  /** The head of the column that says how sure the shares of a row are; null where there are no shares. */
  readonly sureHead: string | null;
  readonly rows: readonly {
    readonly label: string;
    /** What is said of a row that is not shown. */
    readonly withheld: string | null;
    readonly cells: readonly Shaded[];
    readonly sure: string;
  }[];
}

export type ReportSection = Section & (Bars | Crossed);

function crossedOf(locale: Locale, table: PublishedTable): Crossed {
  const most = Math.max(1, ...table.cells.flat().map((number) => valueOf(number) ?? 0));
  const shaded = (number: ShownNumber): Shaded => {
    const value = valueOf(number);
    return {
      text: shownMark(locale, number),
      share: shareOf(locale, number) ?? '',
      shade: value === null ? null : value / most,
    };
  };
  const rows = table.rows.codes.map(({ label }, row) => {
    const cells = (table.cells[row] ?? []).map(shaded);
    const uncertainty = table.shareUncertainties[row] ?? null;
    return {
      label: label[locale],
      withheld: table.cells[row]?.every(isWithheld) === true ? words[locale].rowWithheld : null,
      cells,
      sure:
        uncertainty === null || cells.every(({ share }) => share === '')
          ? ''
          : `± ${numeral(locale, uncertainty)}`,
    };
  });
  return {
    kind: 'crossed',
    columns: table.columns?.codes.map(({ label }) => label[locale]) ?? [],
    sureHead: rows.some(({ sure }) => sure !== '') ? words[locale].shareSure : null,
    rows,
  };
}

const isWithheld = (number: ShownNumber): boolean => 'withheld' in number;

/** What has to be said under a table: its sums, what it hides, and the marks in it and beside it. */
function notesOf(locale: Locale, table: PublishedTable, found: readonly Beside[]): string[] {
  const { hiddenOf, hiddenWhy, withheldMark } = words[locale];
  const { hidden, columns } = table;
  const others = found.map(({ other }) => other);
  const isMarked = columns === null ? others : [table];
  // Of a row that is withheld as a whole it is said in words.
  const withheld = isMarked.some(({ cells }) =>
    cells.some((row) => row.some(isWithheld) && (columns === null || !row.every(isWithheld))),
  );
  const together =
    hidden === null ? '' : `${numeral(locale, hidden.value)} ± ${numeral(locale, hidden.uncertainty)}`;
  return [
    ...sumNotes(locale, table),
    ...(hidden === null || columns === null ? [] : [hiddenOf(together)]),
    ...(hidden === null ? [] : [hiddenWhy]),
    ...markNotes(locale, isMarked),
    ...(withheld ? [withheldMark] : []),
  ];
}

/** Every table of a release in the order of its plan. */
export function reportSections(locale: Locale, content: ReleaseContent): ReportSection[] {
  const { universe, inFives } = words[locale];
  const sure = (id: string, { uncertainty }: PublishedTable) => ({ period: id, uncertainty });
  return content.tables.map((table, place) => {
    const found = tablesBeside(content, table);
    const all = [sure(content.period, table), ...found.map(({ id, other }) => sure(id, other))] as const;
    const said = {
      title: content.titles[place]?.[locale] ?? table.table,
      note: [
        universe[table.universe],
        sureness(locale, all),
        ...totalNotes(locale, table, content.summary.sureness),
        ...(table.step > 1 ? [inFives] : []),
        ...shareNotes(locale, table),
      ].join(' '),
      notes: [...tableChanges(locale, content, table), ...notesOf(locale, table, found)],
    };
    return table.columns === null
      ? { ...said, ...barsOf(locale, content, table) }
      : { ...said, ...crossedOf(locale, table) };
  });
}
