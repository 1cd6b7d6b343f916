/** What the sheets of a workbook are made of. */
import type { Cell } from 'write-excel-file/node';
import type { ShownNumber } from '../contract/statistics.js';
import { words, type Words } from './words.js';

export const NUMBER = '#,##0';
export const bold = (value: string): Cell => ({ value, fontWeight: 'bold' });
export const heading = (value: string): Cell => ({ ...columnHead, value, align: 'left' });
const columnHead = {
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'bottom',
  align: 'right',
  height: 48,
} as const;
export const aboveNumbers = (value: string): Cell => ({ ...columnHead, value });
export const quiet = (value: string): Cell => ({ value, textColor: '#5a6a70' });
export const large = (value: string): Cell => ({ value, fontWeight: 'bold', fontSize: 16, height: 24 });

/** The same words in both languages, for places that have room for one cell alone. */
export const both = (of: (text: Words) => string) => `${of(words.sv)} / ${of(words.en)}`;

/** A number as a number; a hidden one as its words. */
export function numberCell(number: ShownNumber): Cell {
  if ('value' in number) return { value: number.value, format: NUMBER };
  const text = 'under' in number ? `< ${number.under}` : '–';
  return { value: text, textColor: '#5a6a70', align: 'right' };
}

/** A share as a number that a spreadsheet writes in per cent; nothing where there is none. */
export function shareCell(number: ShownNumber): Cell {
  return 'value' in number && number.share !== undefined ? { value: number.share / 100, format: '0%' } : null;
}

/** How far a number may lie from the truth, where it is shown. */
export const sureCell = (number: ShownNumber, uncertainty: number): Cell =>
  'value' in number ? { value: uncertainty, format: NUMBER } : null;
