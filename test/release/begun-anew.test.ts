/** A release of a quarter whose counters began anew says so: in each of its files, and on the open pages. */
import readExcelFile from 'read-excel-file/node';
import { manifestSchema } from '../../src/contract/release.js';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { catalogueOf } from '../../src/release/open/catalogue.js';
import { listPage } from '../../src/release/open/list-page.js';
import { releasePage } from '../../src/release/open/release-page.js';
import type { OpenRelease } from '../../src/release/open/releases.js';
import { describe, expect, test } from '../support/jest.js';
import { content, oneWay } from './example.js';
import { readPdf } from './read-pdf.js';

const begunAnew = [{ quarter: '2026-Q3', countedFrom: '2026-08-14' }];
const own = { countedFrom: '2026-08-14', begunAnew };
const plain = content();

const quarter = content({
  summary: { ...plain.summary, ...own },
  tables: plain.tables.map((table) => ({ ...table, ...own })),
});
/** A year that holds it, with it beside. */
const year: ReleaseContent = content({
  period: '2026',
  summary: { ...plain.summary, id: '2026', kind: 'year', countedFrom: null, begunAnew },
  tables: [{ ...oneWay, period: '2026', begunAnew }],
  beside: [quarter],
});
/** The quarter after it, which shows it beside its own numbers. */
const next = content({ period: '2026-Q4', summary: { ...plain.summary, id: '2026-Q4' }, beside: [quarter] });

const said = {
  sv: 'Räknat från den 14 augusti 2026: det som hade räknats dittills gick förlorat med sin nyckel och ingår inte i talen, utom i månader som redan var publicerade.',
  en: 'Counted from 14 August 2026: what had been counted until then was lost with its key and is not in the numbers, except in months that were already published.',
};
const named = {
  sv: 'Kvartal 3 2026 är räknat från den 14 augusti 2026: ',
  en: 'Quarter 3 2026 is counted from 14 August 2026: ',
};

const bytesOf = (files: readonly RenderedFile[], name: string) =>
  files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0);
const jsonOf = (files: readonly RenderedFile[], name: string): unknown =>
  JSON.parse(bytesOf(files, name).toString('utf8'));
const times = (text: string, words: string) => text.split(words).length - 1;

describe('the files', () => {
  test('name the day in tables.json, with each of its tables, and in the manifest', async () => {
    const files = await releaseFiles(quarter);
    expect(jsonOf(files, 'tables.json')).toMatchObject({ ...own, tables: [own, own] });
    expect(manifestSchema.parse(jsonOf(files, 'manifest.json'))).toMatchObject(own);
  });

  test('of a year name the quarter', async () => {
    const files = await releaseFiles(year);
    const ofYear = { countedFrom: null, begunAnew };
    expect(jsonOf(files, 'tables.json')).toMatchObject({ ...ofYear, quarters: [{ tables: [own] }] });
    expect(manifestSchema.parse(jsonOf(files, 'manifest.json'))).toMatchObject(ofYear);
  });

  test.each(['sv', 'en'] as const)(
    'say it in words on the first page and with the totals: %s',
    async (locale) => {
      const read = async (of: ReleaseContent) =>
        readPdf(bytesOf(await releaseFiles(of), `report.${locale}.pdf`));
      const ofQuarter = await read(quarter);
      expect(times(ofQuarter.text, said[locale])).toBe(2);
      const [first = ''] = ofQuarter.headings.slice(1);
      expect(ofQuarter.text.indexOf(said[locale])).toBeLessThan(ofQuarter.text.indexOf(first));
      expect(times((await read(year)).text, named[locale])).toBe(2);
      expect(times((await read(next)).text, named[locale])).toBe(2);
      expect(times((await read(plain)).text, said[locale].slice(0, 20))).toBe(0);
    },
  );

  test('say it on the first sheet of the workbook and on each of its tables', async () => {
    const sheets = await readExcelFile(bytesOf(await releaseFiles(quarter), 'tables.xlsx'));
    expect(sheets).toHaveLength(1 + quarter.tables.length);
    for (const { data } of sheets) {
      const cells = data.flat();
      for (const sentence of Object.values(said)) expect(cells).toContain(sentence);
    }
  });

  test('leave tables.csv as it is, and say it in what describes it', async () => {
    const [files, before] = [await releaseFiles(quarter), await releaseFiles(plain)];
    expect(bytesOf(files, 'tables.csv').equals(bytesOf(before, 'tables.csv'))).toBe(true);
    const described = jsonOf(files, 'tables.csv-metadata.json') as Record<string, { '@value': string }[]>;
    const notes = described['dc:description']?.map((note) => note['@value']) ?? [];
    expect(notes.map((note, at) => note.includes(Object.values(said)[at] ?? '?'))).toEqual([true, true]);
  });
});

describe('the open pages', () => {
  const open = ({ period, summary }: ReleaseContent): OpenRelease => ({
    ...{ period, name: period, revision: 1, issuedOn: '2026-10-09', key: 'ab', files: [] },
    ...{ summary, replacedBy: null },
  });
  const setting = (locale: 'sv' | 'en') => ({ locale, organisation: null, stylesheet: null });

  test.each(['sv', 'en'] as const)('say it with the release, and in the list by name: %s', (locale) => {
    const release = open(quarter);
    expect(releasePage(setting(locale), release, release)).toContain(said[locale]);
    expect(releasePage(setting(locale), open(year), open(year))).toContain(named[locale]);
    const list = listPage(setting(locale), [open(year), release]);
    expect(times(list, named[locale])).toBe(1);
    expect(listPage(setting(locale), [open(plain)])).not.toContain(named[locale]);
  });

  test('say it in the catalogue', () => {
    const [, dataset] = catalogueOf(null, [open(quarter)])['dcat:dataset'];
    const description = (dataset as { 'dct:description': object })['dct:description'];
    for (const [locale, sentence] of Object.entries(said))
      expect((description as Record<string, string>)[locale]).toContain(sentence);
  });
});
