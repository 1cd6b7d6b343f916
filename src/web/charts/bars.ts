/** Horizontal bars in the vocabulary's order, with the uncertainty as a thin whisker and the number beside it. */
import type { CustomSeriesRenderItem } from 'echarts';
import { font, type Colours, type Draw } from './look.js';

export interface BarRow {
  readonly label: string;
  /** Null for a number that is not shown. */
  readonly value: number | null;
  /** Null for a number that is exact. */
  readonly uncertainty: number | null;
  /** What is written beside the bar, or instead of it. */
  readonly text: string;
  /** What it is of the whole, written under it; null where that is not known. */
  readonly share?: string | null;
  /** Not one answer but what is left of them. */
  readonly rest?: boolean;
}

const textRoom = 92;
const labelRoom = (width: number) => Math.min(230, Math.max(128, Math.round(width * 0.4)));
const labelGap = 10;
const lineHeight = 16;

/** About how many lines a label takes: words are kept whole, a letter is seven pixels wide or less. */
function linesOf(label: string, room: number): number {
  let [lines, used] = [1, 0];
  for (const word of label.split(' ')) {
    const wide = word.length * 7;
    if (used > 0 && used + wide > room) [lines, used] = [lines + 1, 0];
    used += wide + 4;
  }
  return lines;
}

const hasShare = ({ share }: BarRow) => share != null;

/** The height of a picture of these bars, in pixels: rows of one height, with room for the longest label. */
export const barsHeight =
  (rows: readonly BarRow[]) =>
  (width: number): number => {
    const lines = Math.max(1, ...rows.map(({ label }) => linesOf(label, labelRoom(width) - labelGap)));
    const least = rows.some(hasShare) ? 40 : 34;
    return rows.length * Math.max(least, lines * lineHeight + 4) + 8;
  };

/** How far a row goes along the axis, its whisker too. */
const reach = ({ value, uncertainty }: BarRow) => (value === null ? 0 : value + (uncertainty ?? 0));

interface Place {
  readonly row: BarRow;
  /** The middle of the row, and where a number of calls lies along it, in pixels. */
  readonly y: number;
  readonly at: (calls: number) => number;
}

/** What is written beside a bar, past its whisker; or where it would begin. A share stands under its number. */
function textOf({ row, y, at }: Place, { ink, softInk }: Colours) {
  const written = (text: string, middle: number, fill: string, size: number) => ({
    type: 'text' as const,
    style: {
      text,
      x: at(reach(row)) + 8,
      y: middle,
      verticalAlign: 'middle' as const,
      fill,
      font: `400 ${size}px ${font}`,
    },
  });
  const number = (middle: number) => written(row.text, middle, row.value === null ? softInk : ink, 14);
  return row.share == null ? [number(y)] : [number(y - 8), written(row.share, y + 8, softInk, 13)];
}

function barOf({ row, y, at }: Place, value: number, { accent, softInk }: Colours) {
  return {
    type: 'rect' as const,
    shape: { x: at(0), y: y - 7, width: Math.max(1, at(value) - at(0)), height: 14, r: 2 },
    style: { fill: row.rest === true ? softInk : accent, opacity: 0.8 },
  };
}

function whiskerOf({ y, at }: Place, value: number, uncertainty: number, { ink }: Colours) {
  return {
    type: 'line' as const,
    shape: { x1: at(value - uncertainty), x2: at(value + uncertainty), y1: y, y2: y },
    style: { stroke: ink, lineWidth: 1.5 },
  };
}

function drawRow(place: Place, colours: Colours) {
  const { value, uncertainty } = place.row;
  const text = textOf(place, colours);
  if (value === null) return text;
  const bar = barOf(place, value, colours);
  return uncertainty === null
    ? [bar, ...text]
    : [bar, whiskerOf(place, value, uncertainty, colours), ...text];
}

/** Bars of rows that share an axis from zero. */
export function drawBars(rows: readonly BarRow[]): Draw {
  return ({ colours, width }) => {
    const left = labelRoom(width);
    const renderItem: CustomSeriesRenderItem = ({ dataIndex }, api) => {
      const row = rows[dataIndex];
      if (row === undefined) return null;
      const at = (calls: number) => api.coord([Math.max(0, calls), dataIndex])[0] ?? 0;
      const y = api.coord([0, dataIndex])[1] ?? 0;
      return { type: 'group', children: drawRow({ row, y, at }, colours) };
    };
    return {
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left, right: Math.min(textRoom, width * 0.3), top: 4, bottom: 4 },
      xAxis: { type: 'value', min: 0, max: Math.max(1, ...rows.map(reach)), show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: {
          interval: 0,
          align: 'left',
          margin: left,
          width: left - labelGap,
          overflow: 'break',
          color: colours.ink,
          fontSize: 14,
          lineHeight,
        },
      },
      series: [
        { type: 'custom', silent: true, clip: false, renderItem, data: rows.map((_, index) => [0, index]) },
      ],
    };
  };
}
