import { createHash } from 'node:crypto';
import { presetPlan } from '../../src/contract/presets.js';
import { releaseFiles } from '../../src/release/files.js';
import { readAudit, readPeriod, readPeriods, readTable, readTables } from '../../src/statistics/read.js';
import type { TestDatabase } from '../support/database.js';
import { never, type Attack } from './support/figures.js';
import { callsLike, MONTHS, QUARTER } from './support/line.js';
import { AFTER, aSealedQuarter, closePeriod } from './support/quarter.js';

const plan = presetPlan('large');

/** The digest of each file of a release of the quarter. */
async function everyFile(database: TestDatabase): Promise<string[]> {
  const published = await readPeriod(database.reader, QUARTER);
  if (published === null) throw new Error(`${QUARTER} is not published`);
  const files = await releaseFiles({
    ...published,
    ...{ period: QUARTER, beside: [], before: [], asked: [], organisation: null },
    ...{ unanswered: [], foreword: null },
    ...{ softwareVersion: '0.0.0', issuedOn: AFTER, revision: 1, reason: null },
  });
  return files.map(({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);
}

/** Everything that can be read of statistics, the audit of the noisy numbers too, as one text. */
async function everyReading(database: TestDatabase): Promise<string> {
  const { reader } = database;
  const periods = [...MONTHS, QUARTER];
  return JSON.stringify([
    await readPeriods(reader),
    await everyFile(database),
    ...(await Promise.all(
      periods.map(async (period) => [
        await readTables(reader, period),
        await readPeriod(reader, period),
        await readAudit(reader, period),
        ...(await Promise.all(plan.tables.map(({ id }) => readTable(reader, period, id)))),
      ]),
    )),
  ]);
}

/** Random, or of the calls and soon gone: the answers themselves, the key of the night, receipts that are remembered. */
const apart = new Set([
  'published.noisy_answer',
  'intake.key',
  'intake.receipt_memory_a',
  'intake.receipt_memory_b',
]);

/** Every row of every table but those, and what the catalogue says of the tables. */
async function everyRow({ owner }: TestDatabase): Promise<Record<string, string>> {
  const tables: { name: string }[] = await owner.query(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('intake', 'sealed', 'published', 'desk') AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  const texts: [string, string][] = [];
  for (const { name } of tables) {
    if (apart.has(name)) continue;
    // The name of an installation is random.
    const row = name === 'published.installation' ? `to_jsonb(t) - 'id' AS row` : '*';
    texts.push([name, JSON.stringify(await owner.query(`SELECT ${row} FROM ${name} AS t ORDER BY t::text`))]);
  }
  const catalogue: unknown = await owner.query(
    `SELECT c.oid::regclass::text AS name, c.relpages, c.reltuples, s.n FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       CROSS JOIN LATERAL (SELECT count(*) AS n FROM pg_statistic WHERE starelid = c.oid) s
     WHERE n.nspname IN ('sealed') OR c.oid = 'intake.call'::regclass ORDER BY 1`,
  );
  return Object.fromEntries([...texts, ['catalogue', JSON.stringify(catalogue)]]);
}

/** A9: does anything but the noisy numbers depend on the calls? */
export const purity: Attack = {
  id: 'A9',
  title: 'Purity',
  words:
    'Two installations live through the same quarter, one with no call at all and one with 250, and close it. Then the second ' +
    'is given the noisy numbers of the first, so that the same noisy numbers stand beside different true counts. Every ' +
    'page, table, list of periods and of tables, file of a release and audit must be the same, byte for byte, and so must every ' +
    'other row in the database.',
  seed: null,
  async run() {
    const [empty, busy] = await Promise.all([
      aSealedQuarter(plan, []),
      aSealedQuarter(plan, callsLike(250, 9)),
    ]);
    try {
      await closePeriod(empty);
      await closePeriod(busy);
      const differed = (await everyReading(empty)) !== (await everyReading(busy));
      const rows: unknown = await empty.owner.query(
        'SELECT period, query, noisy FROM published.noisy_answer',
      );
      await busy.owner.query(
        `UPDATE published.noisy_answer AS own SET noisy = other.noisy
         FROM jsonb_to_recordset($1) AS other (period text, query integer, noisy bigint)
         WHERE own.period = other.period AND own.query = other.query`,
        [JSON.stringify(rows)],
      );
      const [left, right] = [await everyRow(empty), await everyRow(busy)];
      const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
      const different = names.filter((name) => left[name] !== right[name]);
      const readings = (await everyReading(empty)) === (await everyReading(busy));
      return {
        figures: [
          never('readings that differ', readings ? 0 : 1),
          never('tables, or the catalogue, that differ', different.length),
          never('comparisons that could not have failed', differed ? 0 : 1),
        ],
        notes: [
          `Compared: ${names.length} tables, the catalogue among them, and every reading of ${MONTHS.length + 1} periods. ` +
            'Before the noisy numbers were made equal, the readings did differ.',
          ...different.map((name) => `Differs: ${name}.`),
        ],
      };
    } finally {
      await empty.destroy();
      await busy.destroy();
    }
  },
};
