/** The foreword and the names of a report: text and never markup, in its language, on no other font than ours. */
import type { ReleaseContent } from '../../src/release/content.js';
import { renderReport } from '../../src/release/report.js';
import { describe, expect, test } from '../support/jest.js';
import { content } from './example.js';
import { readPdf } from './read-pdf.js';

const report = async (locale: 'sv' | 'en', changes: Partial<ReleaseContent>) =>
  readPdf(await renderReport(locale, content(changes)));

/** What means something to Typst, to a link or to a reader of markup. */
const markup =
  '#set text(red) #eval("1") $x^2$ @ref <label> *b* _i_ `c` = Rubrik https://example.org \\ // x';

describe('a foreword', () => {
  test('is printed as it is written, whatever it would mean as markup', async () => {
    const { text, headings, roles } = await report('sv', {
      foreword: { sv: `${markup}\nny rad\n\nnytt stycke` },
    });
    expect(text).toContain(`Förord ${markup} ny rad nytt stycke Nyckeltal`);
    expect(headings).not.toContain('Rubrik');
    expect(roles).not.toContain('Link');
  });

  test('stands in the report of its own language alone, where there is one for each', async () => {
    const foreword = { sv: 'Ett förord.', en: 'A foreword.' };
    const [sv, en] = [await report('sv', { foreword }), await report('en', { foreword })];
    expect([sv.text.includes('Ett förord.'), sv.text.includes('A foreword.')]).toEqual([true, false]);
    expect([en.text.includes('Ett förord.'), en.text.includes('A foreword.')]).toEqual([false, true]);
    expect(sv.text).not.toContain('bara på engelska');
    expect(sv.elsewhere).toEqual([]);
  });

  test('in one language stands in both, and the other one says so and has it read out in its own', async () => {
    const { text, elsewhere } = await report('en', { foreword: { sv: 'Ett förord.' } });
    expect(text).toContain('Foreword The foreword is in Swedish only. Ett förord.');
    expect(elsewhere.map(([language, words]) => [language.slice(0, 2), words])).toContainEqual([
      'sv',
      'Ett förord.',
    ]);
    expect((await report('sv', { foreword: { en: 'A foreword.' } })).text).toContain(
      'Förordet finns bara på engelska. A foreword.',
    );
  });

  test('of full length keeps to one page, and without one there is no heading', async () => {
    const long = Array.from({ length: 10 }, () => 'Ordet är fritt. '.repeat(12).trim()).join('\n\n');
    const without = await report('sv', {});
    const pages = (await report('sv', { foreword: { sv: long.slice(0, 2000).trim() } })).pages;
    expect([without.headings.includes('Förord'), pages - without.pages]).toEqual([false, 1]);
  });
});

test('a name or a reason with characters that the typeface lacks is printed with boxes, on no font of the machine', async () => {
  const { text, fonts } = await report('sv', {
    organisation: 'Linjen 🙂 漢 שלום',
    revision: 2,
    reason: 'Rättat \u0007 namn',
  });
  expect(text).toContain('Linjen □ □ □□□□');
  expect(text).toContain('Skäl: Rättat □ namn');
  for (const [name, embedded] of fonts)
    expect([name, embedded]).toEqual([expect.stringContaining('SourceSans3'), true]);
  expect(fonts.size).toBeGreaterThan(1);
});
