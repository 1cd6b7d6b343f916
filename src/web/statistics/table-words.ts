/** What is said of a table beside its numbers: whom it counts, how sure it is, and what is hidden in it. Pure. */
import { severalWords } from '../../contract/how-to-read.js';
import type { PeriodSummary, PublishedTable } from '../../contract/statistics.js';
import { isConversationTotal } from '../../contract/cells.js';
import { universeWords, type Names } from './titles.js';
import { isWithheld } from './words-of-number.js';

export const hasShares = ({ cells }: Pick<PublishedTable, 'cells'>): boolean =>
  cells.flat().some((number) => 'value' in number && number.share !== undefined);

/** What the shares of a table are shares of; null where it has none. */
export function sharesWords({ statistics }: Names, table: PublishedTable): string | null {
  if (!hasShares(table)) return null;
  return statistics.shares[table.columns === null ? table.universe : 'row'];
}

function sureWords({ statistics }: Names, table: PublishedTable, totals: PeriodSummary['sureness']): string {
  const total = table.rows.codes.some((_, row) => isConversationTotal(table, row))
    ? totals.conversations
    : null;
  return total === null || total.uncertainty === table.uncertainty
    ? statistics.upTo(table.uncertainty)
    : statistics.upToBeside(table.uncertainty, total.uncertainty);
}

const sentences = (said: readonly (string | null)[]) =>
  said.flatMap((text) => (text === null ? [] : [text.endsWith('.') ? text : `${text}.`])).join(' ');

/** Whom a table counts and how sure it is, under its title. */
export const aboutTable = (names: Names, table: PublishedTable, totals: PeriodSummary['sureness']): string =>
  sentences([
    universeWords(names.statistics, table),
    sureWords(names, table, totals),
    table.step === 5 ? names.statistics.inFives : null,
    sharesWords(names, table),
    severalWords(names.locale, table),
  ]);

/** The same of a question over periods, each of which is as sure as its own numbers say, and may be too small for shares. */
export function aboutSeries(names: Names, tables: readonly PublishedTable[]): string {
  const [first] = tables;
  if (first === undefined) return '';
  return sentences([
    universeWords(names.statistics, first),
    sharesWords(names, tables.find(hasShares) ?? first),
    severalWords(names.locale, first),
  ]);
}

/** Every threshold under which a number of the table lies, the least first. */
const thresholdsIn = ({ cells }: PublishedTable): number[] => [
  ...new Set(
    cells
      .flat()
      .flatMap((number) => ('under' in number ? [number.under] : []))
      .toSorted((a, b) => a - b),
  ),
];

/** What is hidden in a table, below its picture; `marked` where the picture writes "< 10". Empty where nothing is. */
export function hiddenWords({ statistics }: Names, table: PublishedTable, marked: boolean): string {
  const thresholds = thresholdsIn(table);
  const under = marked
    ? thresholds.map((threshold) => statistics.underMarkHere(threshold))
    : thresholds.length > 0
      ? [statistics.underHere(thresholds)]
      : [];
  const whole = table.cells.some((row) => row.every(isWithheld));
  const single = table.cells.some((row) => row.some(isWithheld) && !row.every(isWithheld));
  return sentences([
    ...under,
    whole ? `${statistics.withheld} ${statistics.withheldWhy}` : null,
    single && marked ? statistics.withheldMark : null,
    table.hidden === null ? null : statistics.hiddenWhy,
  ]);
}
