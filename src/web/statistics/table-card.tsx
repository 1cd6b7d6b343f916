/** A table of one question: bars in the vocabulary's order, the numbers, and what has changed. */
import { useMemo } from 'react';
import type { PublishedTable } from '../../contract/statistics.js';
import { barsHeight, drawBars, type BarRow } from '../charts/bars.js';
import { Chart } from '../charts/chart.js';
import { capital } from '../messages/numerals.js';
import { pictureFooter } from './begun-anew.js';
import { Card, CopyButton, CsvButton, Folded } from './card.js';
import { changesIn } from './change.js';
import { ChangeNote } from './change-note.js';
import type { TableWithNumbers } from './load.js';
import { useNames } from './names.js';
import { NumbersTable } from './numbers-table.js';
import { periodWords, type Named } from './period-words.js';
import { tableTitle, universeWords, type Names } from './titles.js';
import { isUnder, numberText, valueOf } from './words-of-number.js';

/** The bars of a table, with what remains of it as the last. */
function barsOf(names: Names, table: PublishedTable): BarRow[] {
  const { statistics, locale } = names;
  const rows = table.rows.codes.map(({ label }, row): BarRow => {
    const number = table.cells[row]?.[0] ?? { withheld: true as const };
    const { uncertainty } = table;
    return {
      label: label[locale],
      value: valueOf(number),
      uncertainty,
      text: numberText(names, number, uncertainty),
    };
  });
  const [rest] = table.remainders ?? [];
  if (rest == null) return rows;
  const { value, uncertainty } = rest;
  const text = numberText(names, { value }, uncertainty);
  return [...rows, { label: statistics.others, value, uncertainty, text, rest: true }];
}

/** How sure the numbers of a table are and what is hidden in it, in words. */
export function TableNotes({ table }: { readonly table: PublishedTable }) {
  const { statistics } = useNames();
  const hides = table.cells.flat().some(isUnder);
  const rests = table.remainders?.some((rest) => rest !== null) === true;
  if (!hides) return null;
  return (
    <p className="soft aside">
      {statistics.underHere(table.threshold)} {rests && statistics.othersWhy}
    </p>
  );
}

interface Props extends TableWithNumbers {
  readonly period: Named;
  /** The same table of the period before, where there is one. */
  readonly before: { readonly period: Named; readonly table: PublishedTable } | null;
}

export function TableCard({ summary, table, period, before }: Props) {
  const names = useNames();
  const { statistics, locale } = names;
  const title = tableTitle(names, summary);
  const rows = useMemo(() => barsOf(names, table), [names, table]);
  const draw = useMemo(() => drawBars(rows), [rows]);
  const changes = useMemo(() => changesIn(table, before?.table), [table, before]);
  const compared =
    before === null || changes.size === 0
      ? null
      : { before: periodWords(statistics, before.period), changes };
  const about = `${universeWords(statistics, table)}. ${statistics.upTo(table.uncertainty)}.`;
  const fileName = `tyst-${table.period}-${table.table}`;
  return (
    <Card title={title}>
      <p className="soft">{about}</p>
      <Chart draw={draw} height={barsHeight(rows)} label={statistics.picture(title, statistics.seeTable)} />
      <TableNotes table={table} />
      {compared !== null && (
        <ChangeNote
          before={compared.before}
          changes={table.rows.codes.flatMap(({ code, label }) => {
            const change = changes.get(code);
            return change === undefined ? [] : [{ name: label[locale], change }];
          })}
        />
      )}
      <Folded title={title}>
        <NumbersTable table={table} title={title} compared={compared} />
      </Folded>
      <div className="actions">
        <CopyButton
          fileName={`${fileName}.png`}
          picture={{
            title,
            subtitle: `${capital(periodWords(statistics, period))}. ${about}`,
            footer: pictureFooter(names, { id: table.period, begunAnew: table.begunAnew }),
            draw,
            height: barsHeight(rows),
          }}
        />
        <CsvButton
          title={title}
          fileName={`${fileName}.csv`}
          from={{ period: table.period, table: table.table }}
        />
      </div>
    </Card>
  );
}
