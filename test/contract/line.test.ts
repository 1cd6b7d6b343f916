/** The patterns of one line of text say what the property escapes say that they stand for. */
import { lineText, wordedText } from '../../src/contract/line.js';
import { expect, test } from '../support/jest.js';

test.each([
  ['without control characters', lineText, /^\P{Cc}*$/u],
  ['and not only spaces', wordedText, /^[^\p{Cc}]*[^\p{Cc}\p{Z}][^\p{Cc}]*$/u],
])('%s: for every character, alone and between others', (_, pattern: RegExp, meant: RegExp) => {
  const wrong: number[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    for (const text of [character, ` ${character} `, `a${character}`])
      if (pattern.test(text) !== meant.test(text)) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});
