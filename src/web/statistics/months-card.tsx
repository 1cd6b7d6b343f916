/** Calls month by month: a line in the band of its uncertainty, the months of an open quarter too. */
import { useMemo } from 'react';
import { valueOf } from '../../contract/display.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { Chart } from '../charts/chart.js';
import { drawLines, linesHeight, linesWidth } from '../charts/lines.js';
import { capital } from '../messages/numerals.js';
import { pictureFooter } from './begun-anew-words.js';
import { Card, CopyButton, CsvButton, Folded } from './card.js';
import { monthsUpTo } from './month-series.js';
import { useNames } from './names.js';
import { periodMark, periodTitle, periodWords } from './period-words.js';
import { seriesCsv } from './series-csv.js';
import { Shown } from './shown-number.js';
import { numberText } from './words-of-number.js';

interface Props {
  readonly periods: readonly PeriodSummary[];
  /** The last month that is shown. */
  readonly end: string;
}

export function MonthsCard({ periods, end }: Props) {
  const names = useNames();
  const { statistics } = names;
  const found = useMemo(() => monthsUpTo(periods, end), [periods, end]);
  const picture = useMemo(() => {
    const { months = [], universe = 'contacts' } = found ?? {};
    const marks = months.map((month) => periodMark(names.statistics, month));
    const points = months.map(({ totals, sureness }) => {
      const number = totals[universe] ?? { withheld: true as const };
      const about = sureness[universe]?.uncertainty ?? null;
      return { value: valueOf(number), uncertainty: about ?? 0, text: numberText(names, number, about) };
    });
    const draw = drawLines(marks, [{ name: names.statistics[universe], points }], names.locale);
    return { draw, height: linesHeight, least: linesWidth(marks, 1) };
  }, [found, names]);
  if (found === null) return null;
  const { months, universe } = found;
  const title = universe === 'contacts' ? statistics.callsByMonth : statistics.conversationsByMonth;
  const numbers = months.flatMap(({ totals }) => totals[universe] ?? []);
  const hidden = [...new Set(numbers.flatMap((number) => ('under' in number ? [number.under] : [])))];
  const [first, last] = [months[0], months.at(-1)];
  const span =
    first === undefined || last === undefined
      ? ''
      : `${capital(periodWords(statistics, first))} – ${periodWords(statistics, last)}`;
  const stop = months.find(({ totals: { [universe]: number } }) => number !== null && !('value' in number));
  return (
    <Card title={title}>
      <p className="soft">
        {statistics[universe]}. {span}.
      </p>
      <Chart {...picture} label={statistics.picture(title, statistics.seeTable)} />
      {hidden.length > 0 && <p className="soft aside">{statistics.underHere(hidden)}</p>}
      <Folded title={title}>
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{statistics.month}</th>
              <th scope="col">{statistics.number}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => {
              const { [universe]: number } = month.totals;
              return (
                <tr key={month.id}>
                  <th scope="row">{periodTitle(statistics, month)}</th>
                  <td>
                    {number !== null && <Shown number={number} tabbable={month === stop} />}
                    {number !== null && 'value' in number && (
                      <span className="soft"> ± {month.sureness[universe]?.uncertainty}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Folded>
      <div className="actions">
        <CopyButton
          fileName={`tyst-${end}-months.png`}
          picture={{
            title,
            subtitle: `${span}. ${statistics[universe]}.`,
            footer: pictureFooter(names, null, months),
            ...picture,
          }}
        />
        <CsvButton
          title={title}
          fileName={`tyst-${end}-months.csv`}
          from={{
            text: () =>
              seriesCsv(
                months.map(({ id, totals, sureness }) => ({
                  period: id,
                  code: universe,
                  number: totals[universe],
                  uncertainty: sureness[universe]?.uncertainty ?? null,
                })),
              ),
          }}
        />
      </div>
    </Card>
  );
}
