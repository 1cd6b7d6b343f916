/** A table of one question: bars in the vocabulary's order, the numbers, and what has changed. */
import { useMemo } from 'react';
import { valueOf } from '../../contract/display.js';
import type { PublishedTable } from '../../contract/statistics.js';
import { surenessOfRow } from '../../contract/sure-row.js';
import { barsHeight, drawBars, type BarRow } from '../charts/bars.js';
import { Chart } from '../charts/chart.js';
import { capital } from '../messages/numerals.js';
import { pictureFooter } from './begun-anew-words.js';
import { Card, CopyButton, CsvButton, Folded } from './card.js';
import { ChangeNote } from './change-note.js';
import { changesIn, type Since, type TableOfPeriod } from './compared.js';
import type { TableWithNumbers } from './load.js';
import { useNames } from './names.js';
import { NumbersTable } from './numbers-table.js';
import { periodWords } from './period-words.js';
import { Scroller } from './scroller.js';
import { aboutTable, hiddenWords } from './table-words.js';
import { tableTitle, type Names } from './titles.js';
import { numberText, shareText } from './words-of-number.js';

/** The bars of a table, with what it hides together as the last. */
function barsOf(names: Names, { table, period }: TableOfPeriod): BarRow[] {
  const { statistics, locale } = names;
  const rows = table.rows.codes.map(({ label }, row): BarRow => {
    const number = table.cells[row]?.[0] ?? { withheld: true as const };
    const { uncertainty } = surenessOfRow(table, row, period.sureness);
    return {
      label: label[locale],
      value: valueOf(number),
      uncertainty,
      text: numberText(names, number, uncertainty),
      share: shareText(statistics, number, table.shareUncertainties[row]),
    };
  });
  if (table.hidden === null) return rows;
  const { value, uncertainty } = table.hidden;
  const text = numberText(names, { value }, uncertainty);
  return [...rows, { label: statistics.hidden, value, uncertainty, text, share: null, rest: true }];
}

/** What has changed of each answer, since one period and then since the other. */
function changesOf(table: PublishedTable, since: readonly Since[], locale: Names['locale']) {
  return table.rows.codes.flatMap(({ code, label }) =>
    since.flatMap(({ period, changes }) => {
      const change = changes.get(code);
      return change === undefined ? [] : [{ name: label[locale], since: period, change }];
    }),
  );
}

interface Props extends TableWithNumbers, TableOfPeriod {
  /** The same table of the periods that this one is set beside, where they have it. */
  readonly beside: readonly TableOfPeriod[];
}

export function TableCard({ summary, table, period, beside }: Props) {
  const names = useNames();
  const { statistics, locale } = names;
  const title = tableTitle(names, summary);
  const rows = useMemo(() => barsOf(names, { table, period }), [names, table, period]);
  const draw = useMemo(() => drawBars(rows), [rows]);
  const since = useMemo(
    () =>
      beside
        .map((one) => ({ period: one.period, changes: changesIn({ table, period }, one) }))
        .filter(({ changes }) => changes.size > 0),
    [table, period, beside],
  );
  const about = aboutTable(names, table, period.sureness);
  const hides = hiddenWords(names, table, false);
  const fileName = `tyst-${table.period}-${table.table}`;
  return (
    <Card title={title}>
      <p className="soft">{about}</p>
      <Chart draw={draw} height={barsHeight(rows)} label={statistics.picture(title, statistics.seeTable)} />
      {hides !== '' && <p className="soft aside">{hides}</p>}
      <ChangeNote changes={changesOf(table, since, locale)} />
      <Folded title={title}>
        <Scroller label={`${statistics.table}: ${title}`}>
          <NumbersTable table={table} period={period} title={title} since={since} />
        </Scroller>
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
