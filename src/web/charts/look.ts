/** How a picture looks: the colours and the measures it is drawn in. */
import type { EChartsCoreOption } from 'echarts/core';

/** The page's tokens that pictures are drawn with. */
export const colourTokens = {
  card: '--card',
  ink: '--ink',
  softInk: '--soft-ink',
  line: '--line',
  accent: '--accent',
  accentTint: '--accent-tint',
  onAccent: '--on-accent',
} as const;

export interface Colours extends Readonly<Record<keyof typeof colourTokens, string>> {
  /** One for each line of a picture; safe for colour-blind eyes. */
  readonly series: readonly string[];
}

export interface Look {
  readonly colours: Colours;
  /** In CSS pixels. */
  readonly width: number;
}

/** What a picture is drawn from: ECharts' options for a width and colours. */
export type Draw = (look: Look) => EChartsCoreOption;

/** The height of a picture in CSS pixels, where it depends on its width as a function of that. */
export type Height = number | ((width: number) => number);

export const heightAt = (height: Height, width: number): number =>
  typeof height === 'number' ? height : height(width);

/** The most lines one picture has: as many as there are colours and marks to tell them apart by. */
export const mostLines = 4;

/** The same as the light ones in tokens.css: a picture that is copied goes onto white paper. */
export const paperColours: Colours = {
  card: '#ffffff',
  ink: '#1d2a30',
  softInk: '#5a6a70',
  line: '#dcdad2',
  accent: '#0f5c63',
  accentTint: '#dcecec',
  onAccent: '#ffffff',
  series: ['#0f5c63', '#a86410', '#6b5b95', '#3a86c8'],
};

export const font = "'Source Sans 3', 'Segoe UI', system-ui, sans-serif";
