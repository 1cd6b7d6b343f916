/**
 * The characters that a report can print: those of its typeface that Latin, Greek and Cyrillic texts need. What is
 * outside would take another typeface, and there is none: a machine's own fonts would give other bytes elsewhere.
 */

/** Ranges of code points; `test/release/printable.test.ts` holds them against the typeface itself. */
const RANGES = [
  ' -~',
  '\\u00A0-\\u00AC\\u00AE-\\u017F',
  '\\u018F\\u0192\\u01CD-\\u01DC\\u0218-\\u021B\\u0259',
  '\\u0384-\\u038A\\u038C\\u038E-\\u03A1\\u03A3-\\u03CE',
  '\\u0400-\\u045F\\u0490-\\u0491',
  '\\u1E80-\\u1E85\\u1E9E\\u1EA0-\\u1EF9',
  '\\u2010-\\u2015\\u2018-\\u201E\\u2020-\\u2022\\u2026\\u2030\\u2032\\u2033\\u2039\\u203A',
  '\\u2044\\u20AC\\u2122\\u2190-\\u2193\\u2212\\u2248\\u2260\\u2264\\u2265\\u25A1',
].join('');

/** A text of printable characters and line breaks, however long. */
export const printableText = new RegExp(`^[\\n${RANGES}]*$`, 'u');

const unprintable = new RegExp(`[^\\n${RANGES}]`, 'gu');

/** Stands where a character cannot be printed. */
export const NO_GLYPH = '□';

/** The text with a box for each character that cannot be printed; composed letters count as one. */
export const asPrintable = (text: string): string => text.normalize('NFC').replaceAll(unprintable, NO_GLYPH);

/** Each character of a text that cannot be printed, once. */
export const unprintableIn = (text: string): string[] => [
  ...new Set(text.normalize('NFC').match(unprintable) ?? []),
];
