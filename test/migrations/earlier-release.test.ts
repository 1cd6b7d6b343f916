/** Releases of quarters that 0.1 began: those it issued stay as they are, and another one may be issued of what it showed. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { manifestSchema } from '../../src/contract/release.js';
import { issueRelease, type Wanted } from '../../src/release/issue.js';
import { releasedFiles } from '../../src/release/store.js';
import { readPeriod } from '../../src/statistics/read.js';
import { standingClock } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { readPdf } from '../release/read-pdf.js';
import { published01 } from './from-0.1/expected.js';
import { upgraded, type Upgraded } from './from-0.1/upgraded.js';

let database: Upgraded;
const dataDir = mkdtempSync(join(tmpdir(), 'tyst-earlier-'));

beforeAll(async () => {
  database = await upgraded();
});
afterAll(async () => {
  await database.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});

const issue = (wanted: Pick<Wanted, 'period' | 'reason'>) =>
  issueRelease(
    {
      ...{ keeper: database.keeper, dataDir, clock: standingClock('2026-11-20T10:00:00Z') },
      readPeriod: (period) => readPeriod(database.keeper, period),
      readDesk: () => Promise.resolve({ organisation: null, unanswered: [] }),
      softwareVersion: '0.2.0',
    },
    { ...wanted, actor: 'sam' },
  );

const tablesSchema = z.object({ tables: z.array(z.looseObject({ table: z.string() })) });

test.each([
  { period: '2025-Q4', reason: null, revision: 1 },
  { period: '2026-Q2', reason: null, revision: 1 },
  // 0.1 had issued the first.
  { period: '2026-Q3', reason: 'Rättat förord', revision: 2 },
])(
  'a new one of $period says what 0.1 showed, and that it is shown as then',
  async ({ period, reason, revision }) => {
    expect(await issue({ period, reason })).toEqual({ revision });
    const files = new Map(
      (await releasedFiles(database.reader, period, revision)).map(({ name, bytes }) => [name, bytes]),
    );
    const text = (name: string) => files.get(name)?.toString('utf8') ?? '';
    const { tables } = tablesSchema.parse(JSON.parse(text('tables.json')));
    const shown = Object.entries(published01.tables[period] ?? {});
    expect(tables.map(({ table }) => table)).toEqual(shown.map(([table]) => table));
    expect(tables).toMatchObject(shown.map(([, reply]) => reply));
    const summary = published01.periods.periods.find(({ id }) => id === period);
    expect(JSON.parse(text('tables.json'))).toMatchObject({ sureness: summary?.sureness });

    const manifest = manifestSchema.parse(JSON.parse(text('manifest.json')));
    const asked = (published01.audit[period]?.tables ?? []).flatMap(({ id, sigma2, noisy }) =>
      noisy.flat().map(() => ({ table: id, sigma2 })),
    );
    expect(manifest.queries.filter(({ month }) => month === undefined).length).toBeGreaterThan(0);
    expect(manifest.queries).toEqual(
      expect.arrayContaining(asked.map((query) => expect.objectContaining(query) as unknown)),
    );

    const report = await readPdf(files.get('report.sv.pdf') ?? Buffer.alloc(0));
    expect(report.text).toContain('började med version 0.1 av Tyst');
    expect(report.text).not.toContain('Talen är uppskattningar där svaren');
  },
);

test('the files that 0.1 issued are the same bytes', async () => {
  for (const [period, hashes] of Object.entries(published01.releases)) {
    const files = await releasedFiles(database.reader, period, 1);
    const now = files.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]);
    expect(Object.fromEntries(now)).toEqual(hashes);
  }
});
