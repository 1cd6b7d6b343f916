/** A table of two questions as a heat map in one hue, and as a table. */
import { useId, useMemo, useState } from 'react';
import type { PublishedTable } from '../../contract/statistics.js';
import { Chart } from '../charts/chart.js';
import { drawHeat, heatHeight, heatWidth, type HeatRow } from '../charts/heat.js';
import { capital } from '../messages/numerals.js';
import { pictureFooter } from './begun-anew.js';
import { Card, CopyButton, CsvButton, Folded } from './card.js';
import type { TableWithNumbers } from './load.js';
import { useNames } from './names.js';
import { NumbersTable } from './numbers-table.js';
import { periodWords, type Named } from './period-words.js';
import { tableTitle, universeWords, type Names } from './titles.js';
import { isUnder, isWithheld, valueOf } from './words-of-number.js';

/** The rows of the map; what remains of each row stands last. */
function heatRows({ statistics, locale }: Names, { rows, cells, remainders }: PublishedTable): HeatRow[] {
  return rows.codes.map(({ label }, row) => {
    const numbers = cells[row] ?? [];
    const shown = numbers.map((number) => {
      const value = valueOf(number);
      const under = 'under' in number ? statistics.underMark(number.under) : '';
      return { value, text: value === null ? under : value.toLocaleString(locale) };
    });
    const rest = remainders?.[row];
    const text = rest == null ? '–' : `${rest.value.toLocaleString(locale)} ± ${rest.uncertainty}`;
    return {
      label: label[locale],
      // Not a colour of the scale: it is no answer of its own.
      cells: remainders === undefined ? shown : [...shown, { value: null, text }],
      withheld: numbers.every(isWithheld) ? statistics.withheld : null,
    };
  });
}

function notes({ statistics }: Names, { cells, threshold, remainders }: PublishedTable): string {
  const said = [
    cells.flat().some(isUnder) && statistics.underMarkHere(threshold),
    cells.some((row) => row.every(isWithheld)) && `${statistics.withheld} ${statistics.withheldWhy}`,
    remainders?.some((rest) => rest !== null) === true && statistics.othersWhy,
  ];
  return said.filter((text) => text !== false).join(' ');
}

interface Props {
  readonly tables: readonly TableWithNumbers[];
  readonly period: Named;
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
    const others = table.remainders === undefined ? [] : [statistics.others];
    const columns = [...(table.columns?.codes ?? []).map(({ label }) => label[locale]), ...others];
    const rows = heatRows(names, table);
    return { draw: drawHeat(columns, rows), height: heatHeight(rows), least: heatWidth(columns) };
  }, [names, statistics, locale, shown]);
  if (shown === undefined || picture === null) return null;
  const { summary, table } = shown;
  const title = tableTitle(names, summary);
  const about = `${universeWords(statistics, table)}. ${statistics.upTo(table.uncertainty)}.`;
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
      <p className="soft aside">{notes(names, table)}</p>
      <Folded title={title}>
        <div className="scroller" tabIndex={0} role="region" aria-label={`${statistics.table}: ${title}`}>
          <NumbersTable table={table} title={title} compared={null} />
        </div>
      </Folded>
      <div className="actions">
        <CopyButton
          fileName={`${fileName}.png`}
          picture={{
            title,
            subtitle: `${capital(periodWords(statistics, period))}. ${about} ${notes(names, table)}`,
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
