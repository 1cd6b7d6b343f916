/** What to look at, and the series of it. */
import { useMemo, useState } from 'react';
import { howToRead } from '../../contract/how-to-read.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { statistics as english } from '../messages/statistics-en.js';
import { statistics as swedish } from '../messages/statistics-sv.js';
import { holdsNumbers } from '../statistics/month-series.js';
import { useNames } from '../statistics/names.js';
import { periodWords } from '../statistics/period-words.js';
import { tableTitle, type Names } from '../statistics/titles.js';
import { Across } from './across.js';
import { spanOf, type Span } from './choice.js';
import type { Catalogue } from './load.js';
import { Select } from './select.js';
import { tableKey, totalSeries } from './series.js';
import { SeriesReport } from './series-report.js';

type Kind = PeriodSummary['kind'];

const TOTALS = 'totals';
const totalLabels = {
  contacts: { sv: swedish.contacts, en: english.contacts },
  conversations: { sv: swedish.conversations, en: english.conversations },
};

const isMonthWithNumbers = (period: PeriodSummary) => period.kind === 'month' && holdsNumbers(period);

/** Every table that any quarter or year has, the newest first where they are called differently. */
function tablesOf(names: Names, { tables }: Catalogue) {
  const known = new Map<string, string>();
  for (const summaries of [...tables.values()].toReversed())
    for (const summary of summaries) {
      const key = tableKey(summary);
      // Months over months say nothing that the totals do not.
      if (summary.rows.dimension !== 'month' && !known.has(key)) known.set(key, tableTitle(names, summary));
    }
  return [...known].map(([value, text]) => ({ value, text }));
}

interface KindsProps {
  readonly kinds: readonly (readonly [Kind, string])[];
  readonly chosen: Kind;
  readonly onChange: (kind: Kind) => void;
}

function Kinds({ kinds, chosen, onChange }: KindsProps) {
  const { statistics } = useNames();
  return (
    <fieldset className="kinds">
      <legend>{statistics.explorer.kind}</legend>
      {kinds.map(([kind, name]) => (
        <label key={kind} className="tick">
          <input
            type="radio"
            name="kind"
            checked={chosen === kind}
            onChange={() => {
              onChange(kind);
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

interface SpanProps {
  readonly all: readonly PeriodSummary[];
  readonly span: Span;
  readonly onFrom: (id: string) => void;
  readonly onTo: (id: string) => void;
}

function SpanChoice({ all, span: { begin, end }, onFrom, onTo }: SpanProps) {
  const { statistics } = useNames();
  const options = (these: readonly PeriodSummary[]) =>
    these.map((period) => ({ value: period.id, text: periodWords(statistics, period) }));
  const { from, to } = statistics.explorer;
  return (
    <>
      <Select label={from} value={begin.id} options={options(all)} onChange={onFrom} />
      <Select
        label={to}
        value={end.id}
        options={options(all.filter(({ id }) => id >= begin.id))}
        onChange={onTo}
      />
    </>
  );
}

interface ChosenProps {
  readonly catalogue: Catalogue;
  readonly kind: Kind;
  readonly span: Span;
  readonly tableId: string;
  readonly title: string;
}

/** The series that are asked for: each choice of table, kind and periods begins anew. */
function Chosen({ catalogue, kind, span: { begin, end, periods }, tableId, title }: ChosenProps) {
  const { statistics } = useNames();
  if (tableId === TOTALS)
    return (
      <SeriesReport
        key={kind}
        title={title}
        about={`${statistics.contacts}, ${statistics.conversations}.`}
        periods={periods}
        series={totalSeries(periods, totalLabels)}
        fileName={`tyst-totals-${kind}`}
      />
    );
  return (
    <Across
      key={`${tableId} ${kind} ${begin.id} ${end.id}`}
      catalogue={catalogue}
      periods={periods}
      tableId={tableId}
      title={title}
    />
  );
}

/** Why years need not be the sum of their quarters, nor quarters that of their months, where such are shown. */
function SumNote({ kind }: { readonly kind: Kind }) {
  const { statistics, locale } = useNames();
  const { year, months } = howToRead[locale].points;
  if (kind === 'quarter') return null;
  const said = kind === 'year' ? `${statistics.explorer.yearIs} ${year.text}` : months.text;
  return <p className="soft prose-line">{said}</p>;
}

export function Explorer({ catalogue }: { readonly catalogue: Catalogue }) {
  const names = useNames();
  const { statistics } = names;
  const { explorer } = statistics;
  const [tableId, setTableId] = useState(TOTALS);
  const [wanted, setWanted] = useState<Kind>('quarter');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const tables = useMemo(() => tablesOf(names, catalogue), [names, catalogue]);
  const kinds: readonly (readonly [Kind, string])[] = [
    ['quarter', statistics.quarters],
    ['year', statistics.years],
    ...(tableId === TOTALS && catalogue.periods.some(isMonthWithNumbers)
      ? [['month', statistics.months] as const]
      : []),
  ];
  const kind = kinds.find(([each]) => each === wanted)?.[0] ?? 'quarter';
  const all = useMemo(
    () => catalogue.periods.filter((period) => period.kind === kind && holdsNumbers(period)),
    [catalogue, kind],
  );
  const span = useMemo(() => spanOf(all, from, to), [all, from, to]);
  const title = tables.find(({ value }) => value === tableId)?.text ?? explorer.totals;
  return (
    <>
      <form
        className="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <Select
          label={explorer.table}
          value={tableId}
          options={[{ value: TOTALS, text: explorer.totals }, ...tables]}
          onChange={setTableId}
        />
        <Kinds kinds={kinds} chosen={kind} onChange={setWanted} />
        {span !== null && <SpanChoice all={all} span={span} onFrom={setFrom} onTo={setTo} />}
      </form>
      <SumNote kind={kind} />
      {span === null ? (
        <p>{explorer.nothing}</p>
      ) : (
        <Chosen catalogue={catalogue} kind={kind} span={span} tableId={tableId} title={title} />
      )}
    </>
  );
}
