/** What is taken for printable is in the typeface of the reports, in each of its cuts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { asPrintable, NO_GLYPH, printableText } from '../../src/contract/printable.js';
import { expect, test } from '../support/jest.js';

const require = createRequire(import.meta.url);

/** The code points that a TrueType font has glyphs for, out of its table `cmap` in format 4 or 12. */
function glyphsOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + 16 * at);
  const cmap = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (cmap === undefined) throw new Error('no cmap');
  const start = font.readUInt32BE(cmap + 8);
  const found = new Set<number>();
  for (let table = 0; table < font.readUInt16BE(start + 2); table += 1) {
    const at = start + font.readUInt32BE(start + 4 + 8 * table + 4);
    if (font.readUInt16BE(at) !== 12) continue;
    for (let group = 0; group < font.readUInt32BE(at + 12); group += 1) {
      const [first, last] = [
        font.readUInt32BE(at + 16 + 12 * group),
        font.readUInt32BE(at + 20 + 12 * group),
      ];
      for (let code = first; code <= last; code += 1) found.add(code);
    }
  }
  return found;
}

test.each(['400Regular', '600SemiBold', '400Regular_Italic'])('in %s', (cut) => {
  const path = `@expo-google-fonts/source-sans-3/${cut}/SourceSans3_${cut}.ttf`;
  const glyphs = glyphsOf(readFileSync(require.resolve(path)));
  expect(glyphs.size).toBeGreaterThan(1000);
  const printable = Array.from({ length: 0x10000 }, (_, code) => code).filter(
    (code) =>
      code !== 10 && !(code >= 0xd800 && code < 0xe000) && printableText.test(String.fromCodePoint(code)),
  );
  expect(printable.length).toBeGreaterThan(600);
  expect(printable.filter((code) => !glyphs.has(code)).map((code) => code.toString(16))).toEqual([]);
});

test('what is not becomes a box, and a composed letter is one', () => {
  expect(asPrintable('A\u030angest 🙂\u202e \ud83d')).toBe(`Ångest ${NO_GLYPH.repeat(2)} ${NO_GLYPH}`);
});
