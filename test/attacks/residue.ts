import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { presetPlan } from '../../src/contract/presets.js';
import { codesOf } from '../support/calls.js';
import { sealBefore } from '../support/keeping.js';
import { aCluster, filesBelow, type Cluster } from './support/cluster.js';
import { dyingWhileDrawing } from './support/crash.js';
import { never, sum, type Attack, type Figure } from './support/figures.js';
import { answersOf, askedOf } from './support/asked.js';
import { callsLike, countCells, layOut, MONTHS, QUARTER, sizeOf, type Call } from './support/line.js';
import { keyOf, openedQuarter } from './support/opened.js';
import { closePeriod, isRefused, take } from './support/quarter.js';
import { rareCalls } from './support/rare.js';
import { search, tracesOfCall, tracesOfCounts, type Trace } from './support/traces.js';

/** Few enough to plant quickly, enough for counts that occur nowhere by chance. */
const ORDINARY = 150;
/** Of so many calls the bytes are sought. */
const SOUGHT = 10;
const plan = presetPlan('medium');
const layout = layOut(plan);
const asked = askedOf(plan);

/** Whether counts in a row are a pattern that chance does not make. */
const isTelling = (counts: readonly number[]): boolean =>
  counts.length >= 6 && new Set(counts.filter((count) => count !== 0)).size >= 4;

/** The private half of the key that is now, as it lies in its file. */
async function traceOfKey(cluster: Cluster): Promise<Trace[]> {
  const { privateBytes } = await keyOf(cluster);
  const of = 'a key of a night before';
  return [Buffer.from(privateBytes), Buffer.from(privateBytes.toString('base64url'))].map((bytes) => ({
    of,
    bytes,
  }));
}

/** What stands in the counters, opened: "first share + calls", as nobody without the key may find it. */
async function tracesOfCounters(cluster: Cluster): Promise<Trace[]> {
  const opened = [...(await openedQuarter(cluster, QUARTER)).values()];
  // Two dozen in a row are enough to be like nothing else.
  return tracesOfCounts('opened counters', opened.slice(0, 24));
}

/** Rows about calls that the planner's statistics hold, and files for what did not fit in memory. */
async function sideways({ owner, dataDir, keys }: Cluster): Promise<Figure[]> {
  const [row]: { statistics: number; calls: number; counters: number }[] = await owner.query(
    `SELECT (SELECT count(*) FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
              WHERE c.relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace))::int AS statistics,
            (SELECT count(*) FROM intake.call)::int AS calls,
            (SELECT count(*) FROM sealed.counters)::int AS counters`,
  );
  const temporary = [...filesBelow(dataDir)].filter((path) => path.includes('pgsql_tmp'));
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
  return [
    never('rows of planner statistics about calls', row?.statistics ?? 1),
    never('calls and counters left after the close', sum([row?.calls ?? 1, row?.counters ?? 1])),
    never('key files beside the one of tonight', [...filesBelow(keys.path)].length - 1),
    never('temporary files left', temporary.length),
    never('lines of the log about calls', log.match(/intake|sealed|receipt|codes|noisy/g)?.length ?? 0),
  ];
}

/** A decoy that is written in the open, so that a search which finds nothing is known to see. */
async function plantDecoy({ owner }: Cluster, call: Call): Promise<Trace[]> {
  const traces = tracesOfCall('the decoy', codesOf(call.answers)).map(({ bytes }, way) => ({
    of: `decoy-${way}`,
    bytes,
  }));
  await owner.query('CREATE TABLE public.decoy AS SELECT unnest($1::bytea[]) AS bytes', [
    traces.map(({ bytes }) => bytes),
  ]);
  await owner.query('CHECKPOINT');
  return traces;
}

/** Closes the quarter with a crash late in it, and says what it had drawn. */
async function crashingClose(cluster: Cluster): Promise<number> {
  const dying = dyingWhileDrawing(cluster.keeper, cluster.owner);
  if (!(await isRefused(closePeriod({ ...cluster, keeper: dying.keeper }))))
    throw new Error('The close was to fail.');
  return sum(dying.drawn.map(({ length }) => length));
}

async function attack(cluster: Cluster): Promise<{ figures: Figure[]; notes: string[] }> {
  const { intake, dataDir } = cluster;
  const calls = [...rareCalls, ...callsLike(ORDINARY, 13)];
  for (const call of calls) await take(intake, call);
  await cluster.keeper.query('CHECKPOINT');
  const whole = calls.slice(0, SOUGHT).flatMap(({ answers }, index) => {
    const of = index < rareCalls.length ? `rare call ${index + 1}` : 'a call';
    return tracesOfCall(of, codesOf(answers));
  });
  const open = search(dataDir, whole);
  const keys = await traceOfKey(cluster);
  const lying = search(dataDir, keys);
  await sealBefore(cluster, '2026-12-31');
  const afterSeal = search(dataDir, [...whole, ...keys, ...(await tracesOfCounters(cluster))]);

  keys.push(...(await traceOfKey(cluster)));
  for (const month of MONTHS) await closePeriod(cluster, month);
  const counters = await tracesOfCounters(cluster);
  const drawn = await crashingClose(cluster);
  keys.push(...(await traceOfKey(cluster)));
  const afterCrash = search(dataDir, counters);
  await closePeriod(cluster);

  const counts = countCells(
    layout.cells,
    calls.map((call) => layout.cellsOf(call)),
  );
  const exactly = answersOf(plan, calls);
  const telling = layout.shapes
    .flatMap((shape, table) => [
      {
        of: `true counts of ${shape.id}`,
        numbers: counts.slice(layout.offsets[table]).slice(0, sizeOf(shape)),
      },
      {
        of: `exact answers about ${shape.id}`,
        numbers: exactly.filter((_, query) => asked[query]?.table === shape.id),
      },
    ])
    .filter(({ numbers }) => isTelling(numbers));
  const truths = telling.flatMap(({ of, numbers }) => tracesOfCounts(of, numbers));
  const found = search(dataDir, [...truths, ...whole, ...counters, ...keys]);
  const [decoyCall] = callsLike(1, 14);
  if (decoyCall === undefined) throw new RangeError('no decoy');
  const decoy = await plantDecoy(cluster, decoyCall);
  const seen = new Set(search(dataDir, decoy).map((place) => place.split(' ')[0]));
  const blind = decoy.filter(({ of }) => !seen.has(of)).length + (lying.length > 0 ? 0 : 1);
  return {
    figures: [
      never('calls found in a file before the night', open.length),
      never('calls, counters or keys found in a file after the night', afterSeal.length),
      never('counters found in a file after a close that failed', afterCrash.length),
      never('calls, true counts, counters or keys found after the close', found.length),
      ...(await sideways(cluster)),
      never('searches that did not find what was there', blind),
    ],
    notes: [
      `Searched every file of the data directory for ${truths.length} ways to write the true counts of tables and ` +
        `the exact answers about them, ${telling.length} of them, ${whole.length} ways to write ${SOUGHT} calls, opened counters, and ${keys.length / 2} keys of nights ` +
        'before. The same search finds a key while it is in use, and a decoy that is written in the open, in every way.',
      `A close that failed had drawn ${drawn} answers; its dead rows may stay on the disk. What they give away beside the ` +
        'answers that are published is within N4: the first share is in both.',
      ...[...open, ...afterSeal, ...afterCrash, ...found].map((place) => `Found: ${place}.`),
    ],
  };
}

/** A11: is anything left on the disk? */
export const residue: Attack = {
  id: 'A11',
  title: 'Residue',
  words:
    'The attacker takes the disk. On a cluster of its own with the settings of production, rare calls are planted among ' +
    'ordinary ones, the night comes, and the quarter is closed, once with a crash after numbers were written. Before and after ' +
    'each step every file of the data directory (tables, catalogue, write-ahead log, temporary files, the server’s log, keys) ' +
    'is searched for the bytes of the calls, of the true counts of each table and the exact answers about it, of the counters as they are under their lock, and of ' +
    'the keys of the nights before.',
  seed: null,
  async run() {
    const cluster = await aCluster(plan);
    try {
      return await attack(cluster);
    } finally {
      await cluster.remove();
    }
  },
};
