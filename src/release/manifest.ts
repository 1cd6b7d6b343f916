/** The manifest of a release: how its numbers were made, and its files with their hashes. Pure. */
import { createHash } from 'node:crypto';
import { isQuarter } from '../contract/period.js';
import type { Query } from '../contract/queries.js';
import { toNumber } from '../contract/rational.js';
import type { Manifest, ManifestQuery } from '../contract/release.js';
import type { ReleaseContent } from './content.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A query as `tyst audit` writes it; what is left out is 0, or the whole of its quarter. */
function writtenQuery(
  { table, row, column, month, cell, margin, universe, of, sigma2 }: Query,
  quarter: string | null,
): ManifestQuery {
  return {
    ...(quarter === null ? {} : { quarter }),
    ...(month === null ? {} : { month }),
    ...{ table, row, column, cell },
    ...(margin === 0 ? {} : { margin }),
    ...{ universe, of, sigma2: toNumber(sigma2) },
  };
}

/** What the manifest says; `files` are all the others of the release. */
export function manifestOf(
  content: ReleaseContent,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
): Manifest {
  const { period, summary, tables, asked } = content;
  const { plan, sureness, countedFrom, begunAnew } = summary;
  return {
    quarter: period,
    organisation: content.organisation,
    plan: { preset: plan.preset, tables: tables.map(({ table }) => table) },
    rho: plan.rho,
    totals: sureness,
    tables: tables.map(({ table, sigma2, threshold, step, uncertainty }) => ({
      ...{ table, sigma2, threshold, step, uncertainty },
    })),
    vocabularyVersion: content.vocabularyVersion,
    softwareVersion: content.softwareVersion,
    issuedOn: content.issuedOn,
    revision: content.revision,
    ...(content.reason === null ? {} : { reason: content.reason }),
    countedFrom,
    begunAnew,
    queries: asked.flatMap(({ quarter, queries }) =>
      queries.map((query) => writtenQuery(query, isQuarter(period) ? null : quarter)),
    ),
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
}

/** The manifest as JSON, a query a line: there are hundreds of them. */
export function writeManifest({ queries, files, ...head }: Manifest): string {
  const text = JSON.stringify({ ...head, queries: [], files }, null, 2);
  const lines = queries.map((query) => `    ${JSON.stringify(query)}`).join(',\n');
  return `${text.replace('"queries": []', () => (lines === '' ? '"queries": []' : `"queries": [\n${lines}\n  ]`))}\n`;
}
