/** The tables of a report, worded and worked out for the template that lays them out. Pure. */
import type { PublishedTable, Remainder, ShownNumber } from '../contract/statistics.js';
import type { PublishedPeriod, ReleaseContent } from './content.js';
import { numeral, periodName, shownText, words, type Locale } from './words.js';

/** A row of bars: its number in words or figures, and those of the periods beside it. */
interface BarRow {
  readonly label: string;
  readonly value: number | null;
  readonly uncertainty: number | null;
  readonly text: string;
  /** Not one answer but what is left of them. */
  readonly rest: boolean;
  readonly beside: readonly string[];
}

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

interface Bars extends Section {
  readonly kind: 'bars';
  readonly answer: string;
  readonly now: string;
  readonly beside: readonly string[];
  readonly most: number;
  readonly rows: readonly BarRow[];
}

interface Crossed extends Section {
  readonly kind: 'crossed';
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    /** What is said of a row that is not shown. */
    readonly withheld: string | null;
    readonly cells: readonly Shaded[];
  }[];
}

export type ReportSection = Bars | Crossed;

const valueOf = (number: ShownNumber | undefined): number | null =>
  number !== undefined && 'value' in number ? number.value : null;

/** The same table of another period; undefined where it had none, or counted something else. */
const sameTable = (period: PublishedPeriod, { table, rows, columns }: PublishedTable) =>
  period.tables.find(
    (other) =>
      other.table === table &&
      other.rows.dimension === rows.dimension &&
      other.columns?.dimension === columns?.dimension,
  );

/** What another period says of an answer; nothing where the vocabulary did not have it. */
function besideText(locale: Locale, table: PublishedTable | undefined, code: string): string {
  const row = table?.rows.codes.findIndex((one) => one.code === code) ?? -1;
  const number = table?.cells[row]?.[0];
  return number === undefined ? '' : shownText(locale, number);
}

function barRows(
  locale: Locale,
  table: PublishedTable,
  beside: readonly (PublishedTable | undefined)[],
): BarRow[] {
  const rows = table.rows.codes.map(({ code, label }, row): BarRow => {
    const number = table.cells[row]?.[0] ?? { withheld: true };
    const value = valueOf(number);
    return {
      label: label[locale],
      value,
      uncertainty: value === null ? null : table.uncertainty,
      text: shownText(locale, number),
      rest: false,
      beside: beside.map((other) => besideText(locale, other, code)),
    };
  });
  const remainder = table.remainders?.[0] ?? null;
  return remainder === null ? rows : [...rows, restRow(locale, remainder, beside)];
}

function restRow(
  locale: Locale,
  { value, uncertainty }: Remainder,
  beside: readonly (PublishedTable | undefined)[],
): BarRow {
  return {
    label: words[locale].others,
    value,
    uncertainty,
    text: numeral(locale, value),
    rest: true,
    beside: beside.map((other) => {
      const remainder = other?.remainders?.[0] ?? null;
      return remainder === null ? '' : numeral(locale, remainder.value);
    }),
  };
}

/** Months are the rows of no other period: beside them there is nothing. */
const comparable = ({ rows }: PublishedTable) => rows.dimension !== 'month';

function barsOf(locale: Locale, content: ReleaseContent, table: PublishedTable, section: Section): Bars {
  const found = comparable(table)
    ? content.beside.flatMap((period) => {
        const other = sameTable(period, table);
        return other === undefined ? [] : [{ id: period.summary.id, other }];
      })
    : [];
  const rows = barRows(
    locale,
    table,
    found.map(({ other }) => other),
  );
  return {
    ...section,
    kind: 'bars',
    answer: words[locale].answer,
    now: periodName(locale, content.period),
    beside: found.map(({ id }) => periodName(locale, id)),
    most: Math.max(1, ...rows.map(({ value, uncertainty }) => (value ?? 0) + (uncertainty ?? 0))),
    rows,
  };
}

function crossedOf(locale: Locale, table: PublishedTable, section: Section): Crossed {
  const most = Math.max(1, ...table.cells.flat().map((number) => valueOf(number) ?? 0));
  const shaded = (number: ShownNumber): Shaded => {
    const value = valueOf(number);
    if ('under' in number) return { text: `< ${numeral(locale, number.under)}`, shade: null };
    return {
      text: value === null ? '–' : numeral(locale, value),
      shade: value === null ? null : value / most,
    };
  };
  const remainders = table.remainders?.some((one) => one !== null) === true ? table.remainders : null;
  const rest = (row: number): Shaded[] => {
    if (remainders === null) return [];
    const value = remainders[row]?.value ?? null;
    return [{ text: value === null ? '' : numeral(locale, value), shade: null }];
  };
  const labels = table.columns?.codes.map(({ label }) => label[locale]) ?? [];
  return {
    ...section,
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

/** What has to be said under a table, so that it can be read alone. */
function notesOf(locale: Locale, table: PublishedTable): string[] {
  const { marks, othersWhy } = words[locale];
  const numbers = table.cells.flat();
  const hidden = table.columns !== null && numbers.some((number) => 'under' in number);
  return [
    ...(hidden ? [marks.under(numeral(locale, table.threshold))] : []),
    ...(table.remainders?.some((one) => one !== null) === true ? [othersWhy] : []),
  ];
}

/** Every table of a release in the order of its plan. */
export function reportSections(locale: Locale, content: ReleaseContent): ReportSection[] {
  const { universe, upTo } = words[locale];
  return content.tables.map((table, place) => {
    const section = {
      title: content.titles[place]?.[locale] ?? table.table,
      note: `${universe[table.universe]} ${upTo(numeral(locale, table.uncertainty))}`,
      notes: notesOf(locale, table),
    };
    return table.columns === null
      ? barsOf(locale, content, table, section)
      : crossedOf(locale, table, section);
  });
}
