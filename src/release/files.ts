/**
 * The files of a release, made from published numbers alone: no clock, and nothing of this machine but the template and
 * fonts that come with it; the same published numbers, date and revision give the same bytes. A new kind of file is one more line in `renderers`.
 */
import { createHash } from 'node:crypto';
import { MANIFEST, SIGNATURE, type Manifest } from '../contract/release.js';
import { publishedTableSchema } from '../contract/statistics.js';
import { tableCsvHeader, tableCsvRows, toCsv } from '../contract/table-csv.js';
import type { ReleaseContent } from './content.js';
import { csvMetadata } from './csv-metadata.js';
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
    render: (content) => {
      const series = seriesOf(content).flatMap(({ tables }) => tables);
      return toCsv([
        tableCsvHeader,
        ...[...content.tables, ...series].flatMap((table) => tableCsvRows(table)),
      ]);
    },
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
      const quarters = seriesOf(content);
      const { period, summary, tables } = content;
      const { countedFrom, begunAnew } = summary;
      const head = { quarter: period, countedFrom, begunAnew };
      return json({ ...head, tables, ...(quarters.length === 0 ? {} : { quarters }) });
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

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function manifestOf(content: ReleaseContent, files: readonly RenderedFile[]): Manifest {
  const { preset, rho, sigma2, threshold, step } = content.summary.plan;
  return {
    quarter: content.period,
    plan: { preset, tables: content.tables.map((table) => table.table) },
    rho,
    sigma2,
    threshold,
    step,
    vocabularyVersion: content.vocabularyVersion,
    softwareVersion: content.softwareVersion,
    issuedOn: content.issuedOn,
    revision: content.revision,
    ...(content.reason === null ? {} : { reason: content.reason }),
    countedFrom: content.summary.countedFrom,
    begunAnew: content.summary.begunAnew,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
}

/**
 * Every file of a release but the signature; the manifest, which lists the others, comes last.
 * @returns names as in the contract, with their bytes (UTF-8)
 */
export async function releaseFiles(content: ReleaseContent): Promise<RenderedFile[]> {
  // The schema puts every key in one order, so that the bytes do not hang on how the numbers were read.
  const inOrder = (tables: ReleaseContent['tables']) =>
    tables.map((table) => publishedTableSchema.parse(table));
  const beside = content.beside.map((period) => ({ ...period, tables: inOrder(period.tables) }));
  const ordered = { ...content, tables: inOrder(content.tables), beside };
  const files: RenderedFile[] = [];
  for (const { name, render } of renderers) {
    const rendered = await render(ordered);
    files.push({ name, bytes: Buffer.isBuffer(rendered) ? rendered : Buffer.from(rendered, 'utf8') });
  }
  const manifest = json(manifestOf(content, files), 2);
  return [...files, { name: MANIFEST, bytes: Buffer.from(manifest, 'utf8') }];
}
