/** A table of two questions as a heat map in one hue, and as a table. */
import { useId, useMemo, useState } from 'react';
import { valueOf } from '../../contract/display.js';
import type { PeriodSummary, PublishedTable } from '../../contract/statistics.js';
import { Chart } from '../charts/chart.js';
import { drawHeat, heatHeight, heatWidth, type HeatRow } from '../charts/heat.js';
import { capital } from '../messages/numerals.js';
import { pictureFooter } from './begun-anew-words.js';
import { Card, CopyButton, CsvButton, Folded } from './card.js';
import type { TableWithNumbers } from './load.js';
import { useNames } from './names.js';
import { NumbersTable } from './numbers-table.js';
import { periodWords } from './period-words.js';
import { Scroller } from './scroller.js';
import { aboutTable, hiddenWords } from './table-words.js';
import { tableTitle, type Names } from './titles.js';
import { isWithheld, numberText, shareText } from './words-of-number.js';

function heatRows({ statistics, locale }: Names, table: PublishedTable): HeatRow[] {
  return table.rows.codes.map(({ label }, row) => {
    const numbers = table.cells[row] ?? [];
    return {
      label: label[locale],
      cells: numbers.map((number) => {
        const value = valueOf(number);
        const under = 'under' in number ? statistics.underMark(number.under) : '–';
        return {
          value,
          text: value === null ? under : value.toLocaleString(locale),
          share: shareText(statistics, number, table.shareUncertainties[row]),
        };
      }),
      withheld: numbers.every(isWithheld) ? statistics.withheld : null,
    };
  });
}

/** What a picture hides, and what that is together: it has no cell of the map, for it is no answer of its own. */
function notesOf(names: Names, table: PublishedTable): string {
  const { hidden } = table;
  const together =
    hidden === null
      ? ''
      : `${names.statistics.hidden}: ${numberText(names, { value: hidden.value }, hidden.uncertainty)}. `;
  return `${together}${hiddenWords(names, table, true)}`;
}

interface Props {
  readonly tables: readonly TableWithNumbers[];
  readonly period: PeriodSummary;
}

export function CrossedCard({ tables, period }: Props) {
  const names = useNames();
  const { statistics, locale } = names;
  const id = useId();
  const [picked, setPicked] = useState<string | null>(null);
  const shown = tables.find(({ summary }) => summary.id === picked) ?? tables[0];
  const picture = useMemo(() => {
    if (shown?.table.columns == null) return null;
    const { table } = shown;
    const columns = (table.columns?.codes ?? []).map(({ label }) => label[locale]);
    const rows = heatRows(names, table);
    return { draw: drawHeat(columns, rows), height: heatHeight(rows), least: heatWidth(columns) };
  }, [names, locale, shown]);
  if (shown === undefined || picture === null) return null;
  const { summary, table } = shown;
  const title = tableTitle(names, summary);
  const about = aboutTable(names, table, period.sureness);
  const notes = notesOf(names, table);
  const fileName = `tyst-${table.period}-${table.table}`;
  return (
    <Card title={statistics.crossed} wide>
      {tables.length > 1 && (
        <div className="field narrow">
          <label htmlFor={id}>{statistics.crossedWhich}</label>
          <select
            id={id}
            autoComplete="off"
            value={summary.id}
            onChange={(event) => {
              setPicked(event.target.value);
            }}
          >
            {tables.map((each) => (
              <option key={each.summary.id} value={each.summary.id}>
                {tableTitle(names, each.summary)}
              </option>
            ))}
          </select>
        </div>
      )}
      <h3>{title}</h3>
      <p className="soft">{about}</p>
      <Chart {...picture} label={statistics.picture(title, statistics.seeTable)} />
      {notes !== '' && <p className="soft aside">{notes}</p>}
      <Folded title={title}>
        <Scroller label={`${statistics.table}: ${title}`}>
          <NumbersTable table={table} period={period} title={title} since={[]} />
        </Scroller>
      </Folded>
      <div className="actions">
        <CopyButton
          fileName={`${fileName}.png`}
          picture={{
            title,
            subtitle: `${capital(periodWords(statistics, period))}. ${about} ${notes}`,
            footer: pictureFooter(names, { id: table.period, begunAnew: table.begunAnew }),
            ...picture,
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
