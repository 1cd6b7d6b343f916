/** The numbers of a table, each with how sure it is. What is hidden explains itself in place. */
import type { Change } from '../../contract/change.js';
import type { PublishedTable, ShownNumber } from '../../contract/statistics.js';
import { surenessOfRow } from '../../contract/sure-row.js';
import type { Since, TableOfPeriod } from './compared.js';
import { useNames } from './names.js';
import { periodWords } from './period-words.js';
import { Shown } from './shown-number.js';
import { hasShares, sharesWords } from './table-words.js';
import { dimensionTitle } from './titles.js';
import { isWithheld, shareText } from './words-of-number.js';

const isHidden = (number: ShownNumber) => !('value' in number);

/** The place of the first hidden number, where Tab stops. */
function firstHidden(cells: PublishedTable['cells']): string | null {
  for (const [row, numbers] of cells.entries()) {
    // A row that is withheld whole says why in words, without a button.
    if (numbers.every(isWithheld)) continue;
    const column = numbers.findIndex(isHidden);
    if (column >= 0) return `${row} ${column}`;
  }
  return null;
}

/** "+25", "minst −14", with a true minus; nothing where nothing can be said. */
function ChangeText({ change }: { readonly change: Change | undefined }) {
  const { locale, statistics } = useNames();
  if (change === undefined) return null;
  const sign = change.difference > 0 ? '+' : '−';
  const calls = `${sign}${Math.abs(change.difference).toLocaleString(locale)}`;
  return change.atLeast ? statistics.change.atLeast(calls) : calls;
}

interface Props extends TableOfPeriod {
  readonly title: string;
  /** What has changed since other periods, a column for each. */
  readonly since: readonly Since[];
}

function Heads({ table, since }: Pick<Props, 'table' | 'since'>) {
  const names = useNames();
  const { statistics, locale } = names;
  const { rows, columns } = table;
  return (
    <thead>
      <tr>
        <th scope="col">{dimensionTitle(names, rows.dimension)}</th>
        {columns === null ? (
          <>
            <th scope="col">{statistics.number}</th>
            {hasShares(table) && <th scope="col">{sharesWords(names, table)}</th>}
          </>
        ) : (
          columns.codes.map(({ code, label }) => (
            <th scope="col" key={code}>
              {label[locale]}
            </th>
          ))
        )}
        {since.map(({ period }) => (
          <th scope="col" key={period.id}>
            {statistics.change.column(periodWords(statistics, period))}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function WithheldCells({ columns }: { readonly columns: number }) {
  const { statistics } = useNames();
  return (
    <td colSpan={columns} className="withheld soft">
      {statistics.withheld} {statistics.withheldWhy}
    </td>
  );
}

interface CellsProps extends TableOfPeriod {
  readonly row: number;
  /** The place of the number where Tab stops. */
  readonly stop: string | null;
}

/** The numbers of one row; a share stands in a column of its own, in a cross table under its number. */
function Cells({ table, period, row, stop }: CellsProps) {
  const { statistics } = useNames();
  const { columns } = table;
  const { uncertainty } = surenessOfRow(table, row, period.sureness);
  return (table.cells[row] ?? []).map((number, column) => {
    const share = shareText(statistics, number, table.shareUncertainties[row]);
    return [
      <td key={columns?.codes[column]?.code ?? ''}>
        <Shown number={number} tabbable={`${row} ${column}` === stop} />
        {'value' in number && <span className="soft"> ± {uncertainty}</span>}
        {columns !== null && share !== null && <span className="share soft">{share}</span>}
      </td>,
      columns === null && hasShares(table) && <td key="share">{share}</td>,
    ];
  });
}

function HiddenRow({ table, width }: { readonly table: PublishedTable; readonly width: number }) {
  const { statistics, locale } = useNames();
  if (table.hidden === null) return null;
  return (
    <tr>
      <th scope="row">{statistics.hidden}</th>
      <td colSpan={width}>
        <span className="value">{table.hidden.value.toLocaleString(locale)}</span>
        <span className="soft"> ± {table.hidden.uncertainty}</span>
      </td>
    </tr>
  );
}

export function NumbersTable({ table, period, title, since }: Props) {
  const { locale } = useNames();
  const { cells, columns } = table;
  const stop = firstHidden(cells);
  const width = columns?.codes.length ?? (hasShares(table) ? 2 : 1);
  return (
    <table {...(columns !== null && { className: 'many' })}>
      <caption className="visually-hidden">{title}</caption>
      <Heads table={table} since={since} />
      <tbody>
        {table.rows.codes.map(({ code, label }, row) => (
          <tr key={code}>
            <th scope="row">{label[locale]}</th>
            {(cells[row] ?? []).every(isWithheld) ? (
              <WithheldCells columns={width} />
            ) : (
              <Cells table={table} period={period} row={row} stop={stop} />
            )}
            {since.map(({ period: { id }, changes }) => (
              <td key={id}>
                <ChangeText change={changes.get(code)} />
              </td>
            ))}
          </tr>
        ))}
        <HiddenRow table={table} width={width + since.length} />
      </tbody>
    </table>
  );
}
