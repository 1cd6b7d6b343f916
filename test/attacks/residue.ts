import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { presetPlan } from '../../src/contract/presets.js';
import { forgetDraws, install } from '../../src/install.js';
import { deskOf } from '../../src/keeper.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { connect } from '../../src/platform/database.js';
import { holdInstallation, roleUrl, type Installation } from '../../src/platform/installation.js';
import { aConversation, codesOf } from '../support/calls.js';
import { standingClock, STOCKHOLM } from '../support/database.js';
import { dyingWhileDrawing } from './support/crash.js';
import { never, type Attack, type Figure } from './support/figures.js';
import { callsLike, countCells, layOut, MONTHS, QUARTER, tableRows, type Call } from './support/line.js';
import { closing, isRefused, take } from './support/quarter.js';

/** Few enough to plant quickly, enough for counts that occur nowhere by chance. */
const ORDINARY = 150;
const plan = presetPlan('medium');
const layout = layOut(plan);

const rare = (change: Parameters<typeof aConversation>[0]): Call => ({
  month: '2026-10',
  answers: aConversation({ gender: 'other', ...change }),
});
const rareCalls: Call[] = [
  rare({ channel: 'voicemail', concern: 'leave', environment: 'fixation', area: 'SE214' }),
  rare({ channel: 'email', concern: 'targeted', environment: 'mixed', area: 'SE322' }),
  rare({ channel: 'callback', concern: 'travel', environment: 'left', area: 'SE332' }),
];

/** A byte pattern and what it is the trace of. */
interface Trace {
  readonly of: string;
  readonly bytes: Buffer;
}

const int16 = (numbers: readonly number[]) => Buffer.from(Int16Array.from(numbers).buffer);
const int32 = (numbers: readonly number[]) => Buffer.from(Int32Array.from(numbers).buffer);
const int64 = (numbers: readonly number[]) => Buffer.from(BigInt64Array.from(numbers.map(BigInt)).buffer);

/** The ways in which the numbers of a table might be written: as PostgreSQL's integers of either size, and as text. */
function traces(of: string, rows: readonly (readonly number[])[]): Trace[] {
  const numbers = rows.flat();
  const texts = [
    numbers.join(','),
    numbers.join(', '),
    numbers.join(' '),
    numbers.join('\n'),
    numbers.join('},{'),
  ];
  return [int32(numbers), int64(numbers), ...texts.map((text) => Buffer.from(text))].map((bytes) => ({
    of,
    bytes,
  }));
}

/** Whether counts in a row are a pattern that chance does not make. */
const isTelling = (rows: readonly (readonly number[])[]): boolean =>
  rows.length >= 6 && new Set(rows.flat().filter((count) => count > 0)).size >= 4;

interface Cluster {
  readonly dataDir: string;
  readonly installation: Installation;
  readonly intake: DataSource;
  readonly keeper: DataSource;
  readonly owner: DataSource;
}

async function aCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-attack-'));
  const settings = { dataDir, secretFile: join(dataDir, 'secret'), databaseUrl: null, host: '', port: 0 };
  const installation = await holdInstallation({ ...settings, timeZone: STOCKHOLM });
  await install(installation, standingClock('2026-09-20T10:00:00Z'));
  const [intake, keeper, owner] = await Promise.all([
    connect({ url: roleUrl(installation, 'intake') }),
    connect({ url: roleUrl(installation, 'keeper') }),
    connect({ url: installation.ownerUrl, poolSize: 2 }),
  ]);
  await owner.query('INSERT INTO desk.plan (quarter, plan) VALUES ($1, $2)', [QUARTER, JSON.stringify(plan)]);
  return { dataDir, installation, intake, keeper, owner };
}

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isDirectory() === true) yield* filesBelow(path);
    else if (entry?.isFile() === true) yield path;
  }
}

/** Which of the traces is in which file of the data directory: tables, catalogue, log, WAL, temporary files, all. */
function search({ dataDir }: Cluster, wanted: readonly Trace[]): string[] {
  return [...filesBelow(dataDir)].flatMap((path) => {
    const bytes = readFileSync(path);
    const found = wanted.filter((trace) => bytes.includes(trace.bytes)).map(({ of }) => of);
    return [...new Set(found)].map((of) => `${of} in ${path.slice(dataDir.length + 1)}`);
  });
}

/**
 * Closes the quarter with a crash after its first tables are written; the draws that were given up, and where they
 * were found before the operator's tidying.
 */
async function abortedDraws(cluster: Cluster): Promise<{ drawn: Trace[]; before: string[] }> {
  const { keeper, owner, installation } = cluster;
  const dying = dyingWhileDrawing(keeper, owner);
  const tracesOfDraw = () =>
    dying.drawn.flatMap(({ id, noisy }) => traces(`the aborted draw of ${id}`, noisy));
  let before: string[] = [];
  const searchAndForget = () => {
    before = search(cluster, tracesOfDraw());
    return forgetDraws(installation);
  };
  const options = closing(dying.keeper, { forgetDraws: searchAndForget });
  if (!(await isRefused(close(options, QUARTER)))) throw new Error('The close was to fail.');
  return { drawn: tracesOfDraw(), before };
}

/** Rows about calls that the planner's statistics hold, and files for what did not fit in memory. */
async function sideways({ owner, dataDir }: Cluster): Promise<Figure[]> {
  const [row]: { statistics: number; sealed: number }[] = await owner.query(
    `SELECT (SELECT count(*) FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
              WHERE c.relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace))::int AS statistics,
            (SELECT count(*) FROM pg_class WHERE relnamespace = 'sealed'::regnamespace)::int AS sealed`,
  );
  const temporary = [...filesBelow(dataDir)].filter((path) => path.includes('pgsql_tmp'));
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
  return [
    never('rows of planner statistics about calls', row?.statistics ?? 1),
    never('sealed tables left', row?.sealed ?? 1),
    never('temporary files left', temporary.length),
    never('lines of the log about calls', log.match(/intake|sealed|receipt|codes|noisy/g)?.length ?? 0),
  ];
}

async function attack(cluster: Cluster): Promise<{ figures: Figure[]; notes: string[] }> {
  const { intake, keeper, installation } = cluster;
  const calls = [...rareCalls, ...callsLike(ORDINARY, 13)];
  for (const call of calls) await take(intake, call);
  await keeper.query('CHECKPOINT');
  const whole = rareCalls.map(({ answers }, index) => ({
    of: `rare call ${index + 1}`,
    bytes: int16(codesOf(answers)),
  }));
  const open = search(cluster, whole);
  await seal(keeper, deskOf(keeper), '2026-12-31', '2026-12-31');
  const afterSeal = search(cluster, whole);
  const sealed: { codes: number[] }[] = await keeper.query(
    `SELECT codes FROM sealed.calls_2026_10 GROUP BY codes HAVING count(*) = 1 ORDER BY codes`,
  );
  const sealedTraces = sealed.slice(0, 40).map(({ codes }) => ({ of: 'a sealed call', bytes: int16(codes) }));
  const sealedFound = search(cluster, sealedTraces);

  const options = { ...closing(keeper), forgetDraws: () => forgetDraws(installation) };
  for (const month of MONTHS) await close(options, month);
  const { drawn: aborted, before: abortedBefore } = await abortedDraws(cluster);
  const abortedFound = search(cluster, aborted);
  await close(options, QUARTER);

  const counts = countCells(
    layout.cells,
    calls.map((call) => layout.cellsOf(call)),
  );
  const telling = layout.shapes
    .map(({ id }, table) => ({ id, rows: tableRows(layout, table, counts) }))
    .filter(({ rows }) => isTelling(rows));
  const truths = telling.flatMap(({ id, rows }) => traces(`true counts of ${id}`, rows));
  const found = search(cluster, [...truths, ...whole, ...sealedTraces, ...aborted]);
  const noisy: { id: string; noisy: number[][] }[] = await keeper.query(
    'SELECT id, noisy FROM published.noisy_table WHERE period = $1',
    [QUARTER],
  );
  const published = noisy
    .filter((table) => table.noisy.length >= 6)
    .map((table) => ({ of: table.id, bytes: int32(table.noisy.flat()) }));
  const visible = search(cluster, published).map((place) => place.split(' ')[0]);
  const blind = [
    ...[open, sealedFound, abortedBefore].filter((places) => places.length === 0),
    ...published.filter(({ of }) => !visible.includes(of)),
  ].length;
  return {
    figures: [
      never('rare calls found whole in a file after the night', afterSeal.length),
      never('draws of a failed close found in a file after it was tidied', abortedFound.length),
      never('rare calls, sealed calls, true counts or aborted draws found after the close', found.length),
      ...(await sideways(cluster)),
      never('searches that did not find what was there', blind),
    ],
    notes: [
      `Searched every file of the data directory for ${truths.length} ways to write the true counts of ` +
        `${telling.length} tables, ${whole.length} rare calls, ${sealedTraces.length} sealed calls and ` +
        `${aborted.length} traces of an aborted draw. Before the night, the close and the tidying the same search did find ` +
        'them, and afterwards it finds the published noisy numbers.',
      ...[...afterSeal, ...abortedFound, ...found].map((place) => `Found: ${place}.`),
    ],
  };
}

/** A11: is anything left on the disk? */
export const residue: Attack = {
  id: 'A11',
  title: 'Residue',
  words:
    'The attacker takes the disk. On a cluster of its own with the settings of production, rare calls are planted among ' +
    'ordinary ones, sealed, and the quarter is closed, once with a crash after numbers were written. Then every file of ' +
    'the data directory (tables, catalogue, write-ahead log, temporary files, the server’s log) is searched for the bytes of ' +
    'the calls, of the true counts of each table, and of the draws that were given up.',
  seed: null,
  async run() {
    const cluster = await aCluster();
    try {
      return await attack(cluster);
    } finally {
      const { intake, keeper, owner } = cluster;
      await Promise.all([intake, keeper, owner].map((pool) => pool.destroy()));
      await cluster.installation.server?.stop();
      rmSync(cluster.dataDir, { recursive: true, force: true });
    }
  },
};
