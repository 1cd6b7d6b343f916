/** A cross table as a heat map in one hue: darker is more, and every cell has its number. */
import type { CustomSeriesRenderItem } from 'echarts';
import { font, type Colours, type Draw } from './look.js';

export interface HeatCell {
  /** Null for a number that is not shown. */
  readonly value: number | null;
  readonly text: string;
  /** What it is of the row, written under it; null where that is not known. */
  readonly share: string | null;
}

export interface HeatRow {
  readonly label: string;
  readonly cells: readonly HeatCell[];
  /** What is written over the whole row when none of it is shown. */
  readonly withheld: string | null;
}

const rowHeight = 44;
const headHeight = 68;
const columnWidth = 78;
const labelRoom = 170;

export const heatHeight = (rows: readonly HeatRow[]): number => rows.length * rowHeight + headHeight + 4;
/** The width below which the words of the columns would collide. */
export const heatWidth = (columns: readonly string[]): number => labelRoom + columns.length * columnWidth;

/** Red, green and blue of #rrggbb, or of #rgb, which the build makes of it where it can. */
function channels(colour: string): number[] {
  const long = colour.length === 4 ? colour.replaceAll(/[^#]/g, '$&$&') : colour;
  return [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
}

/** A colour a share of the way from one to another, both as #rrggbb. */
function between(from: string, to: string, share: number): string {
  const end = channels(to);
  const mixed = channels(from).map((start, index) =>
    Math.round(start + ((end[index] ?? start) - start) * share),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const light = channel / 255;
    return light <= 0.03928 ? light / 12.92 : ((light + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** The colour of a cell's number. Of black and white one has a contrast of 4.5 or more on any ground. */
function onto(ground: string): string {
  const light = luminance(ground);
  return contrast(0, light) >= contrast(1, light) ? '#000000' : '#ffffff';
}

interface Place {
  readonly left: number;
  readonly middle: number;
  readonly width: number;
  readonly height: number;
}

function boxOf({ left, middle, width, height }: Place, fill: string, stroke: string) {
  return {
    type: 'rect' as const,
    shape: { x: left + 1, y: middle - height / 2 + 1, width: width - 2, height: height - 2, r: 3 },
    style: { fill, stroke, lineWidth: 1 },
  };
}

function wordsOf(
  { middle }: Place,
  x: number,
  align: 'center' | 'left',
  text: string,
  fill: string,
  weight: number,
) {
  return {
    type: 'text' as const,
    style: {
      text,
      x,
      y: middle,
      align,
      verticalAlign: 'middle' as const,
      fill,
      font: `${weight} 13px ${font}`,
    },
  };
}

/** A row that is not shown: one box with a word in it. */
function withheldRow(place: Place, text: string, { card, line, softInk }: Colours) {
  return [boxOf(place, card, line), wordsOf(place, place.left + 10, 'left', text, softInk, 400)];
}

function cellOf(place: Place, { value, text, share }: HeatCell, most: number, colours: Colours) {
  const centre = place.left + place.width / 2;
  if (value === null)
    return [
      boxOf(place, colours.card, colours.line),
      wordsOf(place, centre, 'center', text, colours.softInk, 400),
    ];
  const fill = between(colours.accentTint, colours.accent, value / most);
  const box = boxOf(place, fill, 'none');
  const written = (words: string, lower: number, weight: number) =>
    wordsOf({ ...place, middle: place.middle + lower }, centre, 'center', words, onto(fill), weight);
  return share === null
    ? [box, written(text, 0, 600)]
    : [box, written(text, -8, 600), written(share, 9, 400)];
}

export function drawHeat(columns: readonly string[], rows: readonly HeatRow[]): Draw {
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0)));
  const places = rows.flatMap((row, y) =>
    row.withheld === null ? row.cells.map((_, x) => [x, y] as const) : [[0, y] as const],
  );
  return ({ colours, width: whole }) => {
    const columnRoom = (whole - labelRoom) / Math.max(1, columns.length);
    const renderItem: CustomSeriesRenderItem = ({ dataIndex }, api) => {
      const [x = 0, y = 0] = places[dataIndex] ?? [];
      const row = rows[y];
      const cell = row?.cells[x];
      if (row === undefined || cell === undefined) return null;
      const [centre = 0, middle = 0] = api.coord([x, y]);
      const place = { left: centre - columnRoom / 2, middle, width: columnRoom, height: rowHeight };
      const children =
        row.withheld === null
          ? cellOf(place, cell, most, colours)
          : withheldRow({ ...place, width: columnRoom * row.cells.length }, row.withheld, colours);
      return { type: 'group', children };
    };
    const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false } } as const;
    const label = { interval: 0, color: colours.ink, overflow: 'break' } as const;
    return {
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: labelRoom, right: 0, top: headHeight, height: rows.length * rowHeight },
      xAxis: {
        ...axis,
        position: 'top',
        data: columns,
        axisLabel: { ...label, width: columnRoom - 6, fontSize: 12, lineHeight: 14 },
      },
      yAxis: {
        ...axis,
        inverse: true,
        data: rows.map((row) => row.label),
        axisLabel: {
          ...label,
          align: 'left',
          margin: labelRoom,
          width: labelRoom - 12,
          fontSize: 14,
          lineHeight: 16,
        },
      },
      series: [{ type: 'custom', silent: true, renderItem, data: places.map(([x, y]) => [x, y]) }],
    };
  };
}
