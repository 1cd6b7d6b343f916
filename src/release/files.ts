/**
 * The files of a release, made from published numbers alone: no clock, and nothing of this machine but the template and
 * fonts that come with it; the same published numbers, date and revision give the same bytes. A new kind of file is one more line in `renderers`.
 */
import { isQuarter } from '../contract/period.js';
import { MANIFEST, SIGNATURE } from '../contract/release.js';
import { periodSummarySchema, publishedTableSchema, tableListSchema } from '../contract/statistics.js';
import { unansweredSchema } from '../contract/unanswered.js';
import { tableCsvHeader, tableCsvRows, toCsv, totalsCsvRows } from '../contract/table-csv.js';
import type { PublishedPeriod, ReleaseContent } from './content.js';
import { csvMetadata } from './csv-metadata.js';
import { manifestOf, writeManifest } from './manifest.js';
import { renderReport } from './report.js';
import { seriesOf } from './series.js';
import { renderWorkbook } from './workbook.js';

export interface RenderedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const json = (value: unknown, indent?: number): string => `${JSON.stringify(value, null, indent)}\n`;

const renderers: readonly {
  readonly name: string;
  readonly contentType: string;
  readonly render: (content: ReleaseContent) => string | Buffer | Promise<Buffer>;
}[] = [
  {
    name: 'report.sv.pdf',
    contentType: 'application/pdf',
    render: (content) => renderReport('sv', content),
  },
  {
    name: 'report.en.pdf',
    contentType: 'application/pdf',
    render: (content) => renderReport('en', content),
  },
  {
    name: 'tables.xlsx',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: renderWorkbook,
  },
  {
    name: 'tables.csv',
    contentType: 'text/csv; charset=utf-8',
    // A year's own rows first, then those of its quarters, which the period tells apart.
    render: (content) =>
      toCsv([
        tableCsvHeader,
        ...[content, ...seriesOf(content)].flatMap(({ summary, tables }) => [
          ...totalsCsvRows(summary),
          ...tables.flatMap((table) => tableCsvRows(table, summary.sureness)),
        ]),
      ]),
  },
  {
    name: 'tables.csv-metadata.json',
    contentType: 'application/csvm+json; charset=utf-8',
    render: (content) => json(csvMetadata(content), 2),
  },
  {
    name: 'tables.json',
    contentType: 'application/json; charset=utf-8',
    render: (content) => {
      const { period, organisation, summary, unanswered, missing, tables } = content;
      const { countedFrom, begunAnew, totals, sureness } = summary;
      const head = { quarter: period, organisation, countedFrom, begunAnew, totals, sureness, unanswered };
      if (isQuarter(period)) return json({ ...head, tables });
      const quarters = seriesOf(content).map((quarter) => ({
        ...{ quarter: quarter.summary.id, totals: quarter.summary.totals },
        ...{ sureness: quarter.summary.sureness, tables: quarter.tables },
      }));
      return json({ ...head, missing, tables, quarters });
    },
  },
];

const contentTypes = new Map([
  ...renderers.map(({ name, contentType }) => [name, contentType] as const),
  [MANIFEST, 'application/json; charset=utf-8'] as const,
  [SIGNATURE, 'text/plain; charset=utf-8'] as const,
]);

/** The content type a file of a release is sent with; plain bytes for a name that is no longer made. */
export const contentTypeOf = (name: string): string => contentTypes.get(name) ?? 'application/octet-stream';

/**
 * Every file of a release but the signature; the manifest, which lists the others, comes last.
 * @returns names as in the contract, with their bytes (UTF-8)
 */
export async function releaseFiles(content: ReleaseContent): Promise<RenderedFile[]> {
  // The schemas put every key in one order, so that the bytes do not hang on how the numbers were read.
  const inOrder = <Period extends PublishedPeriod>(period: Period): Period => ({
    ...period,
    summary: periodSummarySchema.parse(period.summary),
    tables: period.tables.map((table) => publishedTableSchema.parse(table)),
    missing: tableListSchema.shape.missing.parse(period.missing),
  });
  const { beside, before } = content;
  const unanswered = content.unanswered.map((month) => unansweredSchema.parse(month));
  const ordered = {
    ...inOrder(content),
    unanswered,
    beside: beside.map(inOrder),
    before: before.map(inOrder),
  };
  const files: RenderedFile[] = [];
  for (const { name, render } of renderers) {
    const rendered = await render(ordered);
    files.push({ name, bytes: Buffer.isBuffer(rendered) ? rendered : Buffer.from(rendered, 'utf8') });
  }
  const manifest = writeManifest(manifestOf(ordered, files));
  return [...files, { name: MANIFEST, bytes: Buffer.from(manifest, 'utf8') }];
}
