/** Series over periods: a picture of a few of them, and all of them in a table. */
import { useMemo, useState } from 'react';
import { valueOf } from '../../contract/display.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { Chart } from '../charts/chart.js';
import { drawLines, linesHeight, linesWidth } from '../charts/lines.js';
import { mostLines } from '../charts/look.js';
import { capital } from '../messages/numerals.js';
import { BegunAnewNote } from '../statistics/begun-anew.js';
import { pictureFooter } from '../statistics/begun-anew-words.js';
import { CopyButton, CsvButton } from '../statistics/card.js';
import { useNames } from '../statistics/names.js';
import { periodMark, periodWords } from '../statistics/period-words.js';
import { Scroller } from '../statistics/scroller.js';
import { seriesCsv } from '../statistics/series-csv.js';
import { Shown } from '../statistics/shown-number.js';
import type { Names } from '../statistics/titles.js';
import { numberText, shareText } from '../statistics/words-of-number.js';
import { firstShown, type Series, type SeriesPoint } from './series.js';

interface Props {
  readonly title: string;
  /** What the numbers count. */
  readonly about: string;
  readonly periods: readonly PeriodSummary[];
  readonly series: readonly Series[];
  readonly fileName: string;
}

/** "45 ± 8 (23 ± 4 %)", for whoever points at it. */
function pointText(names: Names, { number, uncertainty, shareUncertainty }: SeriesPoint): string {
  if (number === null) return names.statistics.explorer.notPublished;
  const share = shareText(names.statistics, number, shareUncertainty);
  return `${numberText(names, number, uncertainty)}${share === null ? '' : ` (${share})`}`;
}

interface LineChoiceProps {
  readonly series: readonly Series[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Which series are drawn; when as many are chosen as fit, the others wait. */
function LineChoice({ series, chosen, onChange }: LineChoiceProps) {
  const { statistics, locale } = useNames();
  const { lines, linesWhy } = statistics.explorer;
  const full = chosen.length >= mostLines;
  return (
    <fieldset className="lines">
      <legend>
        {lines} <span className="soft aside">{linesWhy(mostLines)}</span>
      </legend>
      <div className="ticks">
        {series.map(({ code, label }) => {
          const checked = chosen.includes(code);
          return (
            <label key={code} className="tick">
              <input
                type="checkbox"
                checked={checked}
                disabled={full && !checked}
                onChange={() => {
                  onChange(checked ? chosen.filter((each) => each !== code) : [...chosen, code]);
                }}
              />
              {label[locale]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

const Share = ({ text }: { readonly text: string | null }) =>
  text === null ? null : <span className="share soft">{text}</span>;

function SeriesTable({ title, periods, series }: Pick<Props, 'title' | 'periods' | 'series'>) {
  const { statistics, locale } = useNames();
  const hidden = series
    .flatMap(({ code, points }) => points.map(({ number }, at) => ({ place: `${code} ${at}`, number })))
    .find(({ number }) => number !== null && !('value' in number));
  return (
    <Scroller label={`${statistics.table}: ${title}`}>
      <table className="many">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <td />
            {periods.map((period) => (
              <th key={period.id} scope="col">
                {capital(periodWords(statistics, period))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ code, label, points }) => (
            <tr key={code}>
              <th scope="row">{label[locale]}</th>
              {points.map(({ number, uncertainty, shareUncertainty }, at) => (
                <td key={periods[at]?.id ?? at}>
                  {number === null ? (
                    <span className="soft">{statistics.explorer.notPublished}</span>
                  ) : (
                    <Shown number={number} tabbable={hidden?.place === `${code} ${at}`} />
                  )}
                  {number !== null && 'value' in number && <span className="soft"> ± {uncertainty}</span>}
                  <Share text={shareText(statistics, number, shareUncertainty)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

export function SeriesReport({ title, about, periods, series, fileName }: Props) {
  const names = useNames();
  const { statistics } = names;
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const chosen = picked ?? firstShown(series, 3);
  // In the vocabulary's order, whatever the order they were chosen in.
  const drawn = series.filter(({ code }) => chosen.includes(code));
  const drawnCodes = drawn.map(({ code }) => code).join(' ');
  const picture = useMemo(() => {
    const marks = periods.map((period) => periodMark(names.statistics, period));
    const lines = series
      .filter(({ code }) => drawnCodes.split(' ').includes(code))
      .map(({ label, points }) => ({
        name: label[names.locale],
        points: points.map((point) => ({
          value: valueOf(point.number),
          uncertainty: point.uncertainty ?? 0,
          text: pointText(names, point),
        })),
      }));
    return {
      draw: drawLines(marks, lines, names.locale),
      height: linesHeight,
      least: linesWidth(marks, lines.length),
    };
  }, [names, periods, series, drawnCodes]);
  return (
    <section className="numbers wide" aria-label={title}>
      <h2>{title}</h2>
      <p className="soft">{about}</p>
      <BegunAnewNote period={null} beside={periods} />
      <LineChoice series={series} chosen={chosen} onChange={setPicked} />
      <Chart {...picture} label={statistics.picture(title, statistics.seeTable)} />
      <p className="soft aside">
        {periods.length < 2 && `${statistics.explorer.few} `}
        {statistics.explorer.gap} {statistics.explorer.caution}
      </p>
      <SeriesTable title={title} periods={periods} series={series} />
      <div className="actions">
        <CopyButton
          fileName={`${fileName}.png`}
          picture={{ title, subtitle: about, footer: pictureFooter(names, null, periods), ...picture }}
        />
        <CsvButton
          title={title}
          fileName={`${fileName}.csv`}
          from={{
            text: () =>
              seriesCsv(
                series.flatMap(({ code, points }) =>
                  points.map((point, at) => ({ period: periods[at]?.id ?? '', code, ...point })),
                ),
              ),
          }}
        />
      </div>
    </section>
  );
}
