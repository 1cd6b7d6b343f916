/** The numbers of a table, each with how sure it is. What is hidden explains itself in place. */
import type { PublishedTable, Remainder, ShownNumber } from '../../contract/statistics.js';
import type { Change } from '../../contract/change.js';
import { useNames } from './names.js';
import { Shown } from './shown-number.js';
import { dimensionTitle } from './titles.js';
import { isWithheld } from './words-of-number.js';

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

/** "+25 ± 14", with a true minus. */
function ChangeText({ change }: { readonly change: Change | undefined }) {
  const { locale, statistics } = useNames();
  if (change === undefined) return <span className="soft">{statistics.change.none}</span>;
  const sign = change.difference > 0 ? '+' : '−';
  return (
    <>
      {sign}
      {Math.abs(change.difference).toLocaleString(locale)}
      <span className="soft"> ± {change.uncertainty}</span>
    </>
  );
}

function RemainderCell({ remainder }: { readonly remainder: Remainder | null | undefined }) {
  const { locale } = useNames();
  if (remainder == null) return <td className="soft">–</td>;
  return (
    <td>
      <span className="value">{remainder.value.toLocaleString(locale)}</span>
      <span className="soft"> ± {remainder.uncertainty}</span>
    </td>
  );
}

export interface Compared {
  /** The period before, in words. */
  readonly before: string;
  readonly changes: ReadonlyMap<string, Change>;
}

interface Props {
  readonly table: PublishedTable;
  readonly title: string;
  readonly compared: Compared | null;
}

function Heads({ table, compared }: Pick<Props, 'table' | 'compared'>) {
  const names = useNames();
  const { statistics, locale } = names;
  const { rows, columns, remainders } = table;
  return (
    <thead>
      <tr>
        <th scope="col">{dimensionTitle(names, rows.dimension)}</th>
        {columns === null ? (
          <th scope="col">{statistics.number}</th>
        ) : (
          columns.codes.map(({ code, label }) => (
            <th scope="col" key={code}>
              {label[locale]}
            </th>
          ))
        )}
        {columns !== null && remainders !== undefined && <th scope="col">{statistics.others}</th>}
        {compared !== null && <th scope="col">{statistics.change.column(compared.before)}</th>}
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

export function NumbersTable({ table, title, compared }: Props) {
  const { statistics, locale } = useNames();
  const { cells, columns, remainders, uncertainty } = table;
  const stop = firstHidden(cells);
  const [rest] = columns === null ? (remainders ?? []) : [];
  const width = (columns?.codes.length ?? 1) + (columns !== null && remainders !== undefined ? 1 : 0);
  return (
    <table>
      <caption className="visually-hidden">{title}</caption>
      <Heads table={table} compared={compared} />
      <tbody>
        {table.rows.codes.map(({ code, label }, row) => {
          const numbers = cells[row] ?? [];
          return (
            <tr key={code}>
              <th scope="row">{label[locale]}</th>
              {numbers.every(isWithheld) ? (
                <WithheldCells columns={width} />
              ) : (
                <>
                  {numbers.map((number, column) => (
                    <td key={columns?.codes[column]?.code ?? ''}>
                      <Shown number={number} tabbable={`${row} ${column}` === stop} />
                      {'value' in number && <span className="soft"> ± {uncertainty}</span>}
                    </td>
                  ))}
                  {columns !== null && remainders !== undefined && (
                    <RemainderCell remainder={remainders[row]} />
                  )}
                </>
              )}
              {compared !== null && (
                <td>
                  <ChangeText change={compared.changes.get(code)} />
                </td>
              )}
            </tr>
          );
        })}
        {rest != null && (
          <tr>
            <th scope="row">{statistics.others}</th>
            <RemainderCell remainder={rest} />
            {compared !== null && <td className="soft">–</td>}
          </tr>
        )}
      </tbody>
    </table>
  );
}
