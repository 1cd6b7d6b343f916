/** Lines over periods, each in a band as wide as its uncertainty, named at its end. A gap where nothing is shown. */
import type { CustomSeriesRenderItem } from 'echarts';
import type { Locale } from '../../contract/problem.js';
import { font, type Draw, type Look } from './look.js';

export interface LinePoint {
  /** Null where the number is not shown. */
  readonly value: number | null;
  readonly uncertainty: number;
  /** In words, for whoever points at it. */
  readonly text: string;
}

export interface Line {
  readonly name: string;
  readonly points: readonly LinePoint[];
}

export const linesHeight = 300;

/** A period along the axis: its name, a short one where there is little room, and the year it stands under. */
export interface Mark {
  readonly name: string;
  readonly short: string;
  readonly year: string;
}

const before = 44;
const roomAfter = (width: number, lines: number) => (lines > 1 ? Math.min(180, width * 0.3) : 24);
const least = 18;

/** The width below which even the short marks of the periods would collide. */
export const linesWidth = (marks: readonly Mark[], lines: number): number =>
  before + marks.length * least + (lines > 1 ? 120 : 24);

/** The words along the axis; a year once, under the first of its periods, unless it would run into the next year. */
export function axisWords(marks: readonly Mark[], step: number): string[] {
  const isTight = step < 34;
  return marks.map(({ name, short, year }, at) => {
    const shown = isTight ? short : name;
    const next = marks[at + 1]?.year ?? year;
    return marks[at - 1]?.year === year || (isTight && next !== year) ? shown : `${shown}\n${year}`;
  });
}

// Told apart by mark and stroke as well as by colour.
const symbols = ['circle', 'rect', 'triangle', 'diamond'] as const;
const strokes = ['solid', 'dashed', 'dotted', [10, 4, 2, 4]] as const;

const edge = ({ value, uncertainty }: LinePoint, side: 1 | -1) =>
  value === null ? null : Math.max(0, value + side * uncertainty);

function seriesOf(line: Line, index: number, { colours }: Look) {
  const colour = colours.series[index] ?? colours.ink;
  const quiet = { type: 'line', symbol: 'none', silent: true, stack: `band ${index}` } as const;
  const low = line.points.map((point) => edge(point, -1));
  const wide = line.points.map((point) => {
    const [from, to] = [edge(point, -1), edge(point, 1)];
    return from === null || to === null ? null : to - from;
  });
  const whisker: CustomSeriesRenderItem = ({ dataIndex }, api) => {
    const point = line.points[dataIndex];
    if (point?.value == null) return null;
    const [x = 0, low] = api.coord([dataIndex, edge(point, -1) ?? 0]);
    const [, high] = api.coord([dataIndex, edge(point, 1) ?? 0]);
    return {
      type: 'line',
      shape: { x1: x, x2: x, y1: low ?? 0, y2: high ?? 0 },
      style: { stroke: colour, lineWidth: 1, opacity: 0.6 },
    };
  };
  return [
    { ...quiet, data: low, lineStyle: { opacity: 0 } },
    { ...quiet, data: wide, lineStyle: { opacity: 0 }, areaStyle: { color: colour, opacity: 0.14 } },
    { type: 'custom', silent: true, renderItem: whisker, data: line.points.map((_, place) => [place, 0]) },
    {
      type: 'line',
      name: line.name,
      data: line.points.map(({ value }) => value),
      symbol: symbols[index] ?? 'circle',
      symbolSize: 8,
      showAllSymbol: true,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2, type: strokes[index] ?? 'solid' },
    },
  ];
}

/** Heights moved apart as little as keeps them in order and a line of text from each other. */
function spread(heights: readonly number[], gap: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  const placed: number[] = [];
  let last = -Infinity;
  for (const { height, index } of order) {
    last = Math.max(height, last + gap);
    placed[index] = last;
  }
  return placed;
}

/** The names at the ends of the lines. */
function namesOf(lines: readonly Line[], room: number, { colours }: Look) {
  const ends = lines.map(({ points }) => points.findLastIndex(({ value }) => value !== null));
  const renderItem: CustomSeriesRenderItem = ({ dataIndex }, api) => {
    const coordinate = (index: number) =>
      api.coord([ends[index] ?? 0, lines[index]?.points[ends[index] ?? 0]?.value ?? 0]);
    const shown = lines.map((_, index) => index).filter((index) => (ends[index] ?? -1) >= 0);
    const heights = spread(
      shown.map((index) => coordinate(index)[1] ?? 0),
      room < 190 ? 32 : 17,
    );
    if (!shown.includes(dataIndex)) return null;
    return {
      type: 'text',
      style: {
        text: lines[dataIndex]?.name ?? '',
        x: (coordinate(dataIndex)[0] ?? 0) + 12,
        y: heights[shown.indexOf(dataIndex)] ?? 0,
        width: room - 14,
        overflow: 'break',
        lineHeight: 15,
        verticalAlign: 'middle',
        fill: colours.series[dataIndex] ?? colours.ink,
        font: `600 13px ${font}`,
      },
    };
  };
  return { type: 'custom', silent: true, clip: false, renderItem, data: lines.map((_, index) => [index, 0]) };
}

/** Lines over the periods that `marks` name. */
export function drawLines(marks: readonly Mark[], lines: readonly Line[], locale: Locale): Draw {
  return (look) => {
    const { colours, width } = look;
    const room = roomAfter(width, lines.length);
    const step = (width - before - room) / Math.max(1, marks.length);
    const text = { color: colours.softInk, fontSize: 12, lineHeight: 15 };
    return {
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: before, right: room, top: 14, bottom: 40 },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        confine: true,
        backgroundColor: colours.card,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontSize: 13, fontFamily: font },
        formatter: (given: unknown) => {
          const [first] = given as readonly { readonly dataIndex: number }[];
          const place = first?.dataIndex ?? 0;
          const said = lines.map(({ name, points }) => `${name}: ${points[place]?.text ?? ''}`);
          const { name = '', year = '' } = marks[place] ?? {};
          return [`${name} ${year}`, ...said].join('\n');
        },
      },
      xAxis: {
        type: 'category',
        data: axisWords(marks, step),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: { ...text, interval: 0 },
      },
      yAxis: {
        type: 'value',
        min: 0,
        splitNumber: 4,
        minInterval: 1,
        axisLabel: { ...text, formatter: (calls: number) => calls.toLocaleString(locale) },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: [
        ...lines.flatMap((line, index) => seriesOf(line, index, look)),
        ...(lines.length > 1 ? [namesOf(lines, room + step / 2, look)] : []),
      ],
    };
  };
}
