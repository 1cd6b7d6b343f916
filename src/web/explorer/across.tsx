/** A table of the plan over periods. */
import { useCallback, useState } from 'react';
import type { PeriodSummary, PublishedTable } from '../../contract/statistics.js';
import { Loading, useLoaded } from '../loaded.js';
import { useNames } from '../statistics/names.js';
import { aboutSeries } from '../statistics/table-words.js';
import { loadAcross, type Catalogue } from './load.js';
import { Select } from './select.js';
import { rowsOf, seriesOf } from './series.js';
import { SeriesReport } from './series-report.js';

interface ShownProps {
  readonly tables: readonly (PublishedTable | null)[];
  /** The first of them that is there. */
  readonly first: PublishedTable;
  readonly periods: readonly PeriodSummary[];
  readonly title: string;
}

/** A table of two questions: one row of it at a time. */
function CrossedSeries({ tables, first, periods, title }: ShownProps) {
  const names = useNames();
  const { statistics, locale } = names;
  const [picked, setPicked] = useState<string | null>(null);
  const rows = rowsOf(tables);
  const row = rows.find(({ code }) => code === picked) ?? rows[0];
  if (row === undefined) return null;
  return (
    <>
      <Select
        label={statistics.explorer.row}
        value={row.code}
        options={rows.map(({ code, label }) => ({ value: code, text: label[locale] }))}
        onChange={setPicked}
      />
      <SeriesReport
        key={row.code}
        title={`${title}: ${row.label[locale]}`}
        about={aboutSeries(
          names,
          tables.filter((table) => table !== null),
        )}
        periods={periods}
        series={seriesOf(periods, tables, row.code)}
        fileName={`tyst-${first.table}-${row.code}`}
      />
    </>
  );
}

interface Props {
  readonly catalogue: Catalogue;
  readonly periods: readonly PeriodSummary[];
  readonly tableId: string;
  readonly title: string;
}

export function Across({ catalogue, periods, tableId, title }: Props) {
  const names = useNames();
  const { statistics } = names;
  const { loaded, reload } = useLoaded(
    useCallback(() => loadAcross(catalogue, periods, tableId), [catalogue, periods, tableId]),
  );
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  const tables = loaded.body;
  const first = tables.find((table) => table !== null);
  if (first == null) return <p>{statistics.explorer.nothing}</p>;
  if (first.columns !== null)
    return <CrossedSeries tables={tables} first={first} periods={periods} title={title} />;
  return (
    <SeriesReport
      title={title}
      about={aboutSeries(
        names,
        tables.filter((table) => table !== null),
      )}
      periods={periods}
      series={seriesOf(periods, tables, null)}
      fileName={`tyst-${first.table}`}
    />
  );
}
