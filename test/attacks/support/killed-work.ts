/** What the keeper does while it is killed: each kind of turn of the key. */
import { randomUUID, createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { quarterOfMonth, isQuarter } from '../../../src/contract/period.js';
import { close } from '../../../src/keeping/close.js';
import { queriesOf, queryAt } from '../../../src/keeping/counters.js';
import { discard } from '../../../src/keeping/discard.js';
import { readImport } from '../../../src/keeping/import.js';
import { drawShares } from '../../../src/keeping/noise.js';
import { carryOut } from '../../../src/keeping/orders.js';
import { findQuarter } from '../../../src/keeping/quarter-store.js';
import { seal } from '../../../src/keeping/seal.js';
import { prepareKey, type Keeping } from '../../../src/keeping/turn.js';
import { seededRandom } from '../../../bench/seeded-random.js';
import { aCall, csvOf } from '../../keeping/import-support.js';
import { keyFile } from './books.js';
import { TODAY, YESTERDAY, type KilledLine, type Taken, type Trial } from './killed-line.js';

const hashOf = ({ receipt }: Taken) => createHash('sha256').update(receipt).digest('hex');

/** The receipts' hashes of the calls that lie in intake. */
async function lying({ database }: KilledLine): Promise<Set<string>> {
  const rows: { hash: string }[] = await database.owner.query(
    `SELECT encode(receipt_hash, 'hex') AS hash FROM intake.call`,
  );
  return new Set(rows.map(({ hash }) => hash));
}

async function countOf({ database }: KilledLine, sql: string, parameters: unknown[] = []): Promise<number> {
  const [row]: { n: number }[] = await database.owner.query(
    `SELECT count(*)::int AS n FROM ${sql}`,
    parameters,
  );
  return row?.n ?? 0;
}

const events = (line: KilledLine, kind: string) => countOf(line, 'desk.event WHERE kind = $1', [kind]);

/** A failure that is told of what was done. A process that died has told nothing. */
function judge(line: KilledLine, happened: boolean, done: boolean, fate: string): void {
  if ((done && !happened) || (fate === 'stumbles' && happened && !done)) line.wrongs.untrue += 1;
}

/** Seals yesterday's calls, while one of today lies there. */
export async function aSeal(line: KilledLine): Promise<Trial> {
  const finished = [await line.take(YESTERDAY), await line.take(YESTERDAY)];
  const pending = await line.take(TODAY);
  return {
    run: (keeping) => seal(keeping, TODAY),
    after: async (done, fate) => {
      const there = await lying(line);
      const counted = finished.filter((call) => !there.has(hashOf(call)));
      if (counted.length !== 0 && counted.length !== finished.length) line.wrongs.receipts += 1;
      judge(line, counted.length > 0, done, fate);
      for (const call of finished) await line.sendAgain(call, counted.includes(call));
      await line.withdraw(pending);
    },
  };
}

const FILED = '2026-09';

/** An import of a month before the installation, and the answer to whoever sent it. */
async function orderOf(line: KilledLine) {
  const calls = [aCall(FILED), aCall(FILED, { area: 'SE110' })];
  const { counted } = await readImport(line.keeping(), Buffer.from(csvOf(calls)), { again: true });
  if (counted === null) throw new Error('There are calls in the file.');
  const id = randomUUID();
  await line.database.owner.query(
    `INSERT INTO sealed.request (id, state, envelope) VALUES ($1, 'taken', '')`,
    [id],
  );
  const answer = { table: 'sealed.request', id, bytes: Buffer.from('stored').toString('base64') } as const;
  return { order: { act: 'import', actor: 'keeper', imported: counted, answer } as const, counted, id };
}

/** Imports two calls; whoever sent them is answered if and only if they are counted. */
export async function anImport(line: KilledLine): Promise<Trial> {
  const { order, counted, id } = await orderOf(line);
  return {
    run: (keeping) => carryOut(keeping, order),
    after: async (done, fate) => {
      const answered = await countOf(line, `sealed.request WHERE id = $1 AND state = 'answered'`, [id]);
      judge(line, answered > 0, done, fate);
      if (answered === 0) return;
      for (const { quarter, moves } of counted.quarters) {
        const own = line.expected.get(quarter);
        for (const [query, by] of moves.entries()) own?.set(query, (own.get(query) ?? NaN) + by);
      }
    },
  };
}

/** A seal that dies while an import, in another process, is carried out. */
export async function aSealBesideAnImport(line: KilledLine): Promise<Trial> {
  const [sealing, importing] = [await aSeal(line), await anImport(line)];
  let imported = false;
  return {
    run: async (keeping) => {
      const other = importing.run(line.keeping()).then(() => {
        imported = true;
      });
      await Promise.all([sealing.run(keeping).finally(() => other), other]);
    },
    after: async (done, fate) => {
      await importing.after(imported, 'stumbles');
      await sealing.after(done, fate);
    },
  };
}

const DISCARDED = '2026-Q2';

/** Discards what was imported into a quarter. */
export async function aDiscard(line: KilledLine): Promise<Trial> {
  if ((await findQuarter(line.database.keeper, DISCARDED)) === null) await line.beginQuarters(DISCARDED);
  const before = await events(line, 'imports-discarded');
  return {
    run: (keeping) => discard({ ...keeping, actor: 'keeper' }, DISCARDED),
    after: async (done, fate) => {
      const gone = (await events(line, 'imports-discarded')) > before;
      const quarter = await findQuarter(line.database.keeper, DISCARDED);
      judge(line, gone, done, fate);
      if (gone !== (quarter === null)) line.wrongs.untrue += 1;
      if (gone) line.expected.delete(DISCARDED);
    },
  };
}

/** When every period that is closed here may be. */
export const LATER = '2040-01-10';

/** The next period to close: each month, and after the third its quarter. */
async function nextPeriod(line: KilledLine): Promise<string> {
  const rows: { id: string }[] = await line.database.owner.query('SELECT id FROM published.period');
  const out = new Set(rows.map(({ id }) => id));
  for (let place = 2026 * 4 + 3; ; place += 1) {
    const [year, quarter] = [Math.floor(place / 4), (place % 4) + 1];
    const months = [2, 1, 0].map((back) => `${year}-${String(quarter * 3 - back).padStart(2, '0')}`);
    for (const period of [...months, `${year}-Q${quarter}`]) if (!out.has(period)) return period;
  }
}

/** Closes a month or a quarter, with shares that the attack can draw too, and compares what is published. */
export async function aClose(line: KilledLine): Promise<Trial> {
  const period = await nextPeriod(line);
  const ofQuarter = isQuarter(period);
  const quarter = ofQuarter ? period : quarterOfMonth(period);
  if ((await findQuarter(line.database.keeper, quarter)) === null) await line.beginQuarters(quarter);
  const late = ofQuarter ? null : await line.take(`${period}-28`, period);
  const frozen = await findQuarter(line.database.keeper, quarter);
  if (frozen === null) throw new Error('It has begun.');
  const asked = queriesOf(frozen, ofQuarter ? null : period);
  const seed = `closing ${period}`;
  return {
    run: (keeping) => close({ ...keeping, random: seededRandom(seed), actor: 'keeper' }, period),
    after: async (done, fate) => {
      const closed = (await countOf(line, 'published.period WHERE id = $1', [period])) > 0;
      judge(line, closed, done, fate);
      if (late !== null && closed) await line.sendAgain(late, true);
      if (late !== null && !closed) await line.withdraw(late);
      if (!closed) return;
      const shares = drawShares(
        asked.map((query) => queryAt(frozen, query).sigma2),
        seededRandom(seed),
      );
      const own = line.expected.get(quarter);
      const due = asked.map((query, place) => (own?.get(query) ?? NaN) + (shares[place] ?? NaN));
      const published: { noisy: string }[] = await line.database.owner.query(
        'SELECT noisy FROM published.noisy_answer WHERE period = $1 ORDER BY query',
        [period],
      );
      if (published.map(({ noisy }) => noisy).join() !== due.join()) line.wrongs.miscounted += 1;
      for (const query of asked) own?.delete(query);
      if (ofQuarter) line.expected.delete(quarter);
    },
  };
}

/** What was counted begins anew: only that it does, once, and whole. */
async function beginsAnew(line: KilledLine): Promise<void> {
  const { counters } = await line.books();
  const noted = await countOf(
    line,
    'published.quarter_plan q JOIN sealed.counters USING (quarter) WHERE counted_from IS NULL',
  );
  if (noted > 0 || counters.size !== line.expected.size) line.wrongs.untrue += 1;
  line.expected = counters;
}

/** The key is gone: counters begin anew, also where that is cut short. */
export async function aLoss(line: KilledLine): Promise<Trial> {
  await line.database.owner.query('UPDATE published.quarter_plan SET counted_from = NULL');
  rmSync(await keyFile(line.database));
  return { run: (keeping) => prepareKey(keeping), after: () => beginsAnew(line) };
}

/** The very first key, in an installation that has none. */
export async function aFirstKey(line: KilledLine): Promise<Trial> {
  rmSync(await keyFile(line.database));
  const { owner } = line.database;
  await owner.query('TRUNCATE sealed.counters, intake.call, published.quarter_plan CASCADE');
  await owner.query('DELETE FROM intake.key');
  line.expected = new Map();
  return {
    run: (keeping: Keeping) => prepareKey(keeping),
    after: async () => {
      await line.beginQuarters('2026-Q3', '2026-Q4');
      const call = await line.take(TODAY);
      await line.withdraw(call);
    },
  };
}
