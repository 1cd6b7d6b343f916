/** N8: the keys are gone, or are not the right ones. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { deskEntities } from '../../src/desk/entities.js';
import { storeCall } from '../../src/intake/store.js';
import { makeKey } from '../../src/keeping/keys.js';
import { carryOut, type Order } from '../../src/keeping/orders.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { connect } from '../../src/platform/database.js';
import { migrate, roleUrl } from '../../src/platform/installation.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, serverUrl, standingClock, type TestDatabase } from '../support/database.js';
import { keepingOf, sealBefore } from '../support/keeping.js';
import { filesOf, keyFile, openBooks } from './support/books.js';
import { never, type Attack, type Findings } from './support/figures.js';

const YESTERDAY = '2026-10-19';
const TODAY = '2026-10-20';
const TOMORROW = '2026-10-21';

/** What never happens, and how often it did. */
interface Wrongs {
  /** Keys that were taken, though they were not the right ones. */
  taken: number;
  /** Refusals that changed something, or after which a call was still taken in. */
  changed: number;
  /** Losses after which something was as if nothing had happened. */
  silent: number;
  /** Installations that did not work again once it was put right. */
  stuck: number;
  /** Destroyed keys of which bytes were left in the file. */
  left: number;
  /** Orders that were carried out after a gap of the clock. */
  gap: number;
}

class Line {
  readonly wrongs: Wrongs = { taken: 0, changed: 0, silent: 0, stuck: 0, left: 0, gap: 0 };

  constructor(readonly database: TestDatabase) {}

  take(day: string) {
    const call = { receipt: aReceipt(), day, month: day.slice(0, 7), codes: codesOf(aConversation()) };
    return storeCall(this.database.intake, call);
  }

  prepare(named: boolean, lostIsSaid = false): Promise<void> {
    const { path } = this.database.keys;
    return prepareKey(keepingOf(this.database, TODAY, { keys: { path, named } }), lostIsSaid);
  }

  /** Counters and rows, open, as one text. */
  async content(): Promise<string> {
    const { counters, rows } = await openBooks(this.database);
    const values = [...counters].map(([quarter, own]) => [quarter, ...own]);
    return JSON.stringify([values, rows.map(({ codes }) => codes)]);
  }

  /** A start that must be refused; the intake is shut then. Whatever is put back must open as before. */
  async refused(start: () => Promise<unknown>): Promise<void> {
    const before = filesOf(this.database).join();
    const done = await start().then(
      () => true,
      () => false,
    );
    if (done) this.wrongs.taken += 1;
    if (before !== filesOf(this.database).join()) this.wrongs.changed += 1;
    if ((await this.take(TODAY)) !== 'shut') this.wrongs.changed += 1;
  }

  /** Something is done to the key's file, refused, and undone: all must be as it was. */
  async troubled(
    trouble: (file: string) => Promise<void> | void,
    undo: (file: string) => void,
    named: boolean,
  ): Promise<void> {
    const before = await this.content();
    const file = await keyFile(this.database);
    await trouble(file);
    await this.refused(() => this.prepare(named));
    undo(file);
    await this.prepare(named).catch(() => (this.wrongs.stuck += 1));
    if ((await this.content()) !== before) this.wrongs.changed += 1;
  }
}

/** Every way in which a key is not the right one. */
async function wrongKeys(line: Line): Promise<number> {
  const { keys } = line.database;
  const aside = `${keys.path}-aside`;
  let bytes = Buffer.alloc(0);
  let foreign = '';
  const keep = (file: string) => {
    bytes = readFileSync(file);
  };
  const restore = (file: string) => {
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, bytes, { mode: 0o600 });
  };
  const content = (text: (whole: string) => string) => (file: string) => {
    keep(file);
    writeFileSync(file, text(bytes.toString('utf8')));
  };
  const contents = [
    () => '',
    () => 'no key',
    (whole: string) => whole.slice(0, -9),
    (whole: string) => whole.replace(/"key":"..../, '"key":"'),
  ];
  const otherHalf = (whole: string) =>
    whole.replace(/"key":"[^"]*"/, `"key":"${randomBytes(32).toString('base64url')}"`);
  for (const named of [false, true]) {
    for (const text of [...contents, otherHalf]) await line.troubled(content(text), restore, named);
    const asDirectory = (file: string) => {
      keep(file);
      rmSync(file);
      mkdirSync(file);
    };
    await line.troubled(asDirectory, restore, named);
    const beside = async () => {
      foreign = (await makeKey(keys, 'another installation', 1)).id;
    };
    const goes = () => {
      rmSync(join(keys.path, foreign));
    };
    // Beside the right one it is in nobody's way, and stays.
    await beside();
    await line.prepare(named).catch(() => (line.wrongs.stuck += 1));
    if (!filesOf(line.database).includes(foreign)) line.wrongs.changed += 1;
    goes();
    const alone = async (file: string) => {
      keep(file);
      await beside();
      rmSync(file);
    };
    await line.troubled(
      alone,
      (file) => {
        goes();
        restore(file);
      },
      named,
    );
  }
  await line.troubled(
    (file) => {
      renameSync(file, aside);
    },
    (file) => {
      renameSync(aside, file);
    },
    true,
  );
  // Not mounted: nothing is there, not even the directory.
  const before = await line.content();
  renameSync(keys.path, aside);
  const done = await line.prepare(true).then(
    () => true,
    () => false,
  );
  if (done || (await line.take(TODAY)) !== 'shut') line.wrongs.taken += 1;
  renameSync(aside, keys.path);
  await line.prepare(true).catch(() => (line.wrongs.stuck += 1));
  if ((await line.content()) !== before) line.wrongs.changed += 1;
  return 2 * (contents.length + 3) + 2;
}

/** A database as it was once, on a server of its own or beside it, with the connections to it. */
export interface Copied {
  readonly owner: DataSource;
  readonly keeper: DataSource;
  readonly remove: () => Promise<void>;
}

/** A copy of the database, as it stands now. */
async function copyOf({ installation }: TestDatabase): Promise<Copied> {
  const name = new URL(installation.ownerUrl).pathname.slice(1);
  const copy = `${name}_y`;
  const server = await connect({ url: serverUrl(), poolSize: 1 });
  await server.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [
    name,
  ]);
  await server.query(`CREATE DATABASE ${copy} TEMPLATE ${name} STRATEGY file_copy`);
  const ownerUrl = serverUrl(copy);
  const owner = await connect({ url: ownerUrl, poolSize: 2 });
  await migrate(owner, installation.secret);
  const keeper = await connect({
    url: roleUrl({ ...installation, ownerUrl }, 'keeper'),
    entities: deskEntities,
    poolSize: 3,
  });
  const remove = async () => {
    await Promise.all([owner, keeper].map((pool) => pool.destroy()));
    await server.query(`DROP DATABASE ${copy} WITH (FORCE)`);
    await server.destroy();
  };
  return { owner, keeper, remove };
}

/** The database is restored to yesterday, whose key is destroyed: in a directory that was named, and in the default one. */
async function restored(line: Line, copyNow: typeof copyOf): Promise<void> {
  const { database, wrongs } = line;
  await line.take(YESTERDAY);
  await sealBefore(database, TODAY);
  const copy = await copyNow(database);
  try {
    await sealBefore(database, TOMORROW);
    const before = await line.content();
    const start = (named: boolean) =>
      prepareKey(keepingOf({ keeper: copy.keeper, keys: { ...database.keys, named } }, TOMORROW));
    if (
      await start(true).then(
        () => true,
        () => false,
      )
    )
      wrongs.taken += 1;
    if ((await line.content()) !== before) wrongs.changed += 1;
    await start(false);
    const [row]: { anew: number; rows: number }[] = await copy.owner.query(
      `SELECT (SELECT count(*) FROM published.quarter_plan WHERE counted_from = $1)::int AS anew,
              (SELECT count(*) FROM intake.call)::int AS rows`,
      [TOMORROW],
    );
    const [{ id } = { id: '' }]: { id: string }[] = await copy.owner.query(
      'SELECT id FROM intake.key WHERE open',
    );
    if (row?.anew !== 2 || row.rows !== 0 || filesOf(database).join() !== id) wrongs.silent += 1;
  } finally {
    await copy.remove();
  }
}

/** The key is lost for good: all that was counted begins anew, and says so, and nothing is closed. */
async function lost(line: Line, named: boolean): Promise<void> {
  const { database, wrongs } = line;
  await database.owner.query('UPDATE published.quarter_plan SET counted_from = NULL');
  await line.take(TODAY);
  rmSync(await keyFile(database));
  if (named) await line.refused(() => line.prepare(true));
  await line.prepare(named, named);
  const unsaid: unknown[] = await database.owner.query(
    `SELECT 1 FROM sealed.counters JOIN published.quarter_plan USING (quarter) WHERE counted_from IS NULL
     UNION ALL SELECT 1 FROM published.period`,
  );
  const { counters, rows } = await openBooks(database);
  if (unsaid.length > 0 || counters.size === 0 || rows.length > 0) wrongs.silent += 1;
  if ((await line.take(TODAY)) !== 'stored') wrongs.stuck += 1;
}

/** What is left of a key in its file when it is destroyed, seen through a descriptor that was open before. */
async function destroyed(line: Line): Promise<void> {
  const file = await keyFile(line.database);
  const { key } = JSON.parse(readFileSync(file, 'utf8')) as { key: string };
  const open = openSync(file, 'r');
  await sealBefore(line.database, TODAY);
  const bytes = Buffer.alloc(1_024);
  const read = readSync(open, bytes, 0, bytes.length, 0);
  closeSync(open);
  if (read < key.length || bytes.includes(key.slice(0, 8)) || bytes.includes('installation'))
    line.wrongs.left += 1;
}

/** Two keepers at once, each with its seals. */
async function together(line: Line): Promise<void> {
  const before = (await openBooks(line.database)).rows.length;
  await Promise.all([1, 2, 3].map(() => sealBefore(line.database, TODAY))).catch(
    () => (line.wrongs.stuck += 1),
  );
  const { rows } = await openBooks(line.database);
  if (rows.length !== before || filesOf(line.database).length !== 1) line.wrongs.changed += 1;
}

/** More than forty days after the last seal: only whoever confirms it is heard. */
async function afterAGap(line: Line): Promise<void> {
  const keeping = keepingOf(line.database, '2026-12-24');
  await line.take('2026-12-30');
  const before = await line.content();
  const orders: Order[] = [
    { act: 'seal', before: null, today: false, afterAGap: false, actor: 'keeper' },
    { act: 'seal', before: null, today: true, afterAGap: false, actor: 'keeper' },
    { act: 'close', period: '2026-10', actor: 'keeper' },
    { act: 'discard', quarter: '2026-Q1', actor: 'keeper' },
    { act: 'import', imported: { months: [], again: true, quarters: [] }, answer: null, actor: 'keeper' },
  ];
  for (const order of orders)
    if (
      await carryOut(keeping, order).then(
        () => true,
        () => false,
      )
    )
      line.wrongs.gap += 1;
  if ((await line.content()) !== before) line.wrongs.changed += 1;
  await carryOut(keeping, { act: 'seal', before: null, today: false, afterAGap: true, actor: 'keeper' });
  // A day that is still to come was written by a clock that was wrong: it is over.
  if ((await openBooks(line.database)).rows.length > 0) line.wrongs.stuck += 1;
}

async function attack(line: Line, copyNow: typeof copyOf): Promise<Findings> {
  await line.take(YESTERDAY);
  await sealBefore(line.database, TODAY);
  await line.take(TODAY);
  const ways = await wrongKeys(line);
  await destroyed(line);
  await together(line);
  await restored(line, copyNow);
  // The original has lost its key to the copy that was started in its place: it says so, too.
  await line.prepare(false);
  for (const named of [false, true]) await lost(line, named);
  await afterAGap(line);
  const { taken, changed, silent, stuck, left, gap } = line.wrongs;
  return {
    figures: [
      never('wrong, missing or unreadable keys that were taken for the right one', taken),
      never('refusals after which something had changed, or a call was taken in', changed),
      never('losses of which nothing was said, or after which something was closed', silent),
      never('times that all was put right and it did not go on', stuck),
      never('destroyed keys of which something was left in the file', left),
      never('orders carried out after a gap of the clock', gap),
    ],
    notes: [`${ways} ways in which the key that the database names is not there, or is not the one.`],
  };
}

/** Loses keys in every way, on the server that the tests run on; `copyNow` is how its databases are copied there. */
export async function loseKeys(copyNow = copyOf): Promise<Findings> {
  const line = new Line(await freshDatabase(standingClock('2026-10-01T10:00:00Z')));
  try {
    return await attack(line, copyNow);
  } finally {
    await line.database.destroy();
  }
}

/** N8: is anything opened, dropped or destroyed where the keys are not what they should be? */
export const lostKeys: Attack = {
  id: 'N8',
  title: 'Lost keys',
  words:
    'The key is lost, garbled, cut short, another installation’s, not the other half, or its volume is not mounted; the ' +
    'database is restored to yesterday; two keepers work at once; the clock jumps. Where the key may come back nothing may be ' +
    'opened, dropped or destroyed; where it is gone for good the counters begin anew and say so.',
  seed: null,
  run: () => loseKeys(),
};
