/** The main job, whole, on real input: import, close, read every table, release, verify; the calls are gone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Answers } from '../../src/contract/call.js';
import { quarterOfMonth, quartersOfYear } from '../../src/contract/period.js';
import { tableShapes, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { projectRoot } from '../../src/platform/project.js';
import { installationKeys } from '../../src/release/key.js';
import { verifyRelease } from '../../src/release/verify.js';
import { startApp, type TestApp } from '../support/app.js';
import { releaseFileNames } from '../release/example.js';
import { vocabulary } from '../support/calls.js';
import { countByHand, type CountedCall } from '../support/counting.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';
import { closeOn, importOn } from '../support/keeping.js';

const folder = join(projectRoot, 'test', 'keeping', 'calls');

/** The calls of a file, read by another way than the importer's. */
function callsOf(file: string): CountedCall[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, file)), { columns: true });
  return rows.map(({ month = '', ...cells }) => {
    const answers: Answers = {};
    for (const { id, max } of vocabulary.dimensions) {
      const cell = cells[id] ?? '';
      if (cell !== '') answers[id] = max > 1 ? cell.split(';') : cell;
    }
    return { month, answers };
  });
}

describe.each<[file: string, year: string, preset: Preset, rows: number]>([
  ['line-2017.csv', '2017', 'tiny', 154],
  ['busy-line-2025.csv', '2025', 'large', 4_200],
])('%s', (file, year, preset, expectedRows) => {
  let app: TestApp;
  let supervisor: Awaited<ReturnType<TestApp['as']>>;
  let dataDir: string;
  const calls = callsOf(file);
  const plan = presetPlan(preset);

  beforeAll(async () => {
    app = await startApp('2026-11-11T12:00:00Z');
    supervisor = await app.as('supervisor');
    dataDir = mkdtempSync(join(tmpdir(), 'tyst-way-'));
  });
  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const api = async <Body>(path: string): Promise<Body> =>
    (await supervisor.get(`/api/v1${path}`).expect(200)).body as Body;

  test('is imported whole and closed, quarter by quarter', async () => {
    const { desk, reader } = app.database;
    for (const quarter of quartersOfYear(year)) {
      await setPlan({ desk, reader }, quarter, plan, { clock: app.clock, actor: 'supervisor' });
    }
    const imported = await importOn(app.database, '2026-11-11', join(folder, file));
    expect(imported.rows).toBe(expectedRows);
    expect(calls).toHaveLength(expectedRows);
    for (const quarter of quartersOfYear(year)) {
      await closeOn(app.database, '2026-11-11', quarter);
    }
    for (const table of ['intake.call', 'sealed.counters'])
      expect(await app.database.owner.query(`SELECT 1 FROM ${table}`)).toEqual([]);
    await expect(importOn(app.database, '2026-11-11', join(folder, file))).rejects.toThrow(
      'errors in the file. Nothing was imported.',
    );
  });

  /** Whether what is shown can come from a true count: within six standard deviations and the rounding. */
  function isNear(
    shown: ShownNumber | undefined,
    truth: number,
    table: Pick<PublishedTable, 'sigma2' | 'step' | 'threshold'>,
  ): boolean {
    const slack = 6 * Math.sqrt(table.sigma2) + table.step;
    if (shown === undefined) return false;
    if ('withheld' in shown) return true;
    if ('under' in shown) return shown.under === table.threshold && truth < table.threshold + slack;
    return (
      shown.value >= table.threshold &&
      shown.value % table.step === 0 &&
      Math.abs(shown.value - truth) <= slack
    );
  }

  test('every table of every quarter and of the year is published, near the truth', async () => {
    const { periods } = await api<{ periods: { id: string; kind: string }[] }>('/statistics/periods');
    expect(periods.filter(({ kind }) => kind === 'quarter').map(({ id }) => id)).toEqual(
      quartersOfYear(year),
    );
    expect(periods.filter(({ kind }) => kind === 'month')).toHaveLength(12);
    expect(periods.filter(({ kind }) => kind === 'year').map(({ id }) => id)).toEqual([year]);
    for (const period of [...quartersOfYear(year), year]) {
      const within = calls.filter(
        ({ month }) => month.startsWith(year) && (period === year || quarterOfMonth(month) === period),
      );
      const { tables } = await api<{ tables: { id: string }[] }>(`/statistics/periods/${period}/tables`);
      expect(tables.map(({ id }) => id).toSorted()).toEqual(plan.tables.map(({ id }) => id).toSorted());
      for (const { id } of tables) {
        const table = await api<PublishedTable>(`/statistics/periods/${period}/tables/${id}`);
        const [shape] = tableShapes(
          { ...plan, tables: plan.tables.filter((each) => each.id === id) },
          vocabulary,
          `${year}-Q1`,
        );
        if (shape === undefined) throw new Error('a table outside the plan');
        const codes = table.rows.codes.map((code) => ({ ...code, alone: false }));
        const rows = { ...shape.rows, codes };
        const truth = countByHand({ ...shape, rows }, within);
        const far = table.cells.flatMap((line, r) =>
          line.flatMap((shown, c) =>
            isNear(shown, truth[r]?.[c] ?? NaN, table) ? [] : [[period, id, r, c, shown, truth[r]?.[c]]],
          ),
        );
        expect(far).toEqual([]);
        expect(table.cells).toHaveLength(truth.length);
      }
    }
  });

  test('each quarter and the year are released, download, verify; one changed byte is found in any file', async () => {
    const keeping = startKeeper(app.database, { clock: app.clock, dataDir });
    try {
      for (const period of [...quartersOfYear(year), year]) {
        const issued = await supervisor.post('/api/v1/releases').send({ period });
        expect([period, issued.status]).toEqual([period, 201]);
        const out = mkdtempSync(join(dataDir, 'release-'));
        const names = (issued.body as { files: { name: string }[] }).files.map(({ name }) => name);
        expect(names.toSorted()).toEqual(releaseFileNames);
        for (const name of names) {
          const file = await supervisor
            .get(`/api/v1/releases/${period}/${name}`)
            .buffer(true)
            .parse((response, done) => {
              const chunks: Buffer[] = [];
              response.on('data', (chunk: Buffer) => chunks.push(chunk));
              response.on('end', () => done(null, Buffer.concat(chunks)));
            });
          writeFileSync(join(out, name), file.body as Buffer);
        }
        const keys = await installationKeys(dataDir);
        expect(await verifyRelease(out, keys)).toEqual([]);
        for (const name of names) {
          const path = join(out, name);
          const bytes = readFileSync(path);
          const changed = Buffer.from(bytes);
          const middle = Math.floor(bytes.length / 2);
          changed[middle] = (changed[middle] ?? 0) ^ 1;
          writeFileSync(path, changed);
          expect((await verifyRelease(out, keys)).map(({ file }) => file)).toContain(name);
          writeFileSync(path, bytes);
        }
      }
      expect((await supervisor.post('/api/v1/releases').send({ period: year })).status).toBe(409);
    } finally {
      await keeping.stop();
    }
  });
});
