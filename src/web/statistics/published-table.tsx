/** One table of a period: its numbers, how sure they are, and for a table of one dimension a picture. */
import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import type { Dimension } from '../../contract/vocabulary.js';
import type { PublishedTable, ShownNumber, TableSummary } from '../../contract/statistics.js';
import { apiFile, type Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { Bar } from './bar.js';
import { Shown } from './shown-number.js';

export interface TableWithNumbers {
  readonly summary: TableSummary;
  readonly table: PublishedTable;
}

const isHidden = (number: ShownNumber) => !('value' in number);
const isWithheld = (number: ShownNumber) => 'withheld' in number;

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

function Numbers({ table }: { readonly table: PublishedTable }) {
  const { words } = useLanguage();
  const { withheld, withheldWhy } = words.statistics;
  const { cells, columns, uncertainty } = table;
  const { locale } = useLanguage();
  const stop = firstHidden(cells);
  const longest = Math.max(...cells.flat().map((number) => ('value' in number ? number.value : 0)));
  return (
    <tbody>
      {table.rows.codes.map(({ code, label }, row) => {
        const numbers = cells[row] ?? [];
        const [only] = numbers;
        return (
          <tr key={code}>
            <th scope="row">{label[locale]}</th>
            {numbers.every(isWithheld) ? (
              <td colSpan={columns === null ? 2 : columns.codes.length} className="withheld soft">
                {withheld} {withheldWhy}
              </td>
            ) : (
              numbers.map((number, column) => (
                <td key={columns?.codes[column]?.code ?? ''}>
                  <Shown number={number} tabbable={`${row} ${column}` === stop} />
                  {columns === null && 'value' in number && <span className="soft"> ± {uncertainty}</span>}
                </td>
              ))
            )}
            {columns === null && only !== undefined && !isWithheld(only) && (
              <td className="picture">
                {'value' in only && (
                  <Bar value={only.value} uncertainty={uncertainty} most={longest + uncertainty} />
                )}
              </td>
            )}
          </tr>
        );
      })}
    </tbody>
  );
}

function Heads({ table, rowTitle }: { readonly table: PublishedTable; readonly rowTitle: string }) {
  const { locale, words } = useLanguage();
  return (
    <thead className={table.columns === null ? 'visually-hidden' : ''}>
      <tr>
        <th scope="col">{rowTitle}</th>
        {table.columns === null ? (
          <>
            <th scope="col">{words.statistics.number}</th>
            <th scope="col">{words.statistics.picture}</th>
          </>
        ) : (
          table.columns.codes.map(({ code, label }) => (
            <th scope="col" key={code}>
              {label[locale]}
            </th>
          ))
        )}
      </tr>
    </thead>
  );
}

/** Fetched rather than linked to, since the same address gives JSON to whoever does not ask for a file. */
function DownloadButton({ table, name }: { readonly table: PublishedTable; readonly name: string }) {
  const { words } = useLanguage();
  const [problem, setProblem] = useState<Problem | null>(null);
  const download = async () => {
    const path = `/statistics/periods/${encodeURIComponent(table.period)}/tables/${encodeURIComponent(table.table)}`;
    const reply = await apiFile(path, 'text/csv');
    setProblem(reply.ok ? null : reply.problem);
    if (!reply.ok) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(reply.body);
    link.download = `tyst-${table.period}-${table.table}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={`${words.statistics.download}: ${name}`}
        onClick={() => void download()}
      >
        <Download size={16} aria-hidden="true" />
        {words.statistics.download}
      </button>
      {problem !== null && <ErrorText>{problemWords(words, problem)}</ErrorText>}
    </>
  );
}

interface Props extends TableWithNumbers {
  readonly dimensions: readonly Dimension[];
}

export function TableSection({ summary, table, dimensions }: Props) {
  const { locale, words } = useLanguage();
  const id = useId();
  const { statistics } = words;
  const axisTitle = ({ dimension, level }: TableSummary['rows']) => {
    const known = dimensions.find((candidate) => candidate.id === dimension);
    const title = known?.label[locale] ?? (dimension === 'month' ? statistics.month : dimension);
    // A dimension without groups looks the same at either level.
    const grouped = level === 'top' && known?.codes.some(({ group }) => group === true) === true;
    return grouped ? `${title} (${statistics.grouped})` : title;
  };
  const rowTitle = axisTitle(summary.rows);
  const title = summary.columns === null ? rowTitle : `${rowTitle} × ${axisTitle(summary.columns)}`;
  return (
    <section className={summary.columns === null ? 'numbers' : 'numbers crossed'}>
      <h2 id={id}>{title}</h2>
      <p className="soft">
        {table.universe === 'all' ? statistics.contacts : statistics.conversations}
        {summary.columns !== null && `. ± ${table.uncertainty}, ${statistics.uncertainty}.`}
      </p>
      {/* A wide table scrolls in its own box, which the keyboard must reach. */}
      <div
        className="scroller"
        {...(summary.columns !== null && { tabIndex: 0, role: 'region', 'aria-labelledby': id })}
      >
        <table aria-labelledby={id}>
          <caption className="visually-hidden">{title}</caption>
          <Heads table={table} rowTitle={rowTitle} />
          <Numbers table={table} />
        </table>
      </div>
      <DownloadButton table={table} name={title} />
    </section>
  );
}
