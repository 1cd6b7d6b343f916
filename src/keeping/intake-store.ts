/**
 * What the keeper does with the rows of intake: it reads them, takes the table to itself for a moment, and writes it
 * anew. Rows are read before the lock, in one snapshot, and compared after it, so that no call waits while envelopes
 * are opened.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Day, Month } from '../contract/period.js';
import { isLockedOut, type Transaction } from '../platform/database.js';
import { affected, all, bytesSchema } from '../platform/statements.js';

const rowSchema = z.strictObject({
  receiptHash: bytesSchema,
  keyId: z.string(),
  day: z.string(),
  month: z.string(),
  envelope: bytesSchema,
  /** Whether it is counted now; else it stays. */
  finished: z.boolean(),
  /** Where the row stands, and which transaction wrote it: with whatever is done to it, one of them changes. */
  place: z.string(),
  version: z.string(),
});
export type IntakeRow = z.infer<typeof rowSchema>;

/** Which rows are counted: a condition over intake.call, with its parameters. */
export interface Finished {
  readonly condition: string;
  readonly parameters: readonly (Day | readonly Month[])[];
}

/** Rows whose day is over. A day after today's was written by a clock that was wrong: it is over too. */
export const beforeDay = (before: Day, today: Day): Finished => ({
  condition: '(call.day < $1::date OR call.day > $2::date)',
  parameters: [before, today],
});

/** Rows of these months, today's too. */
export const ofMonths = (months: readonly Month[]): Finished => ({
  condition: 'call.month = ANY($1::text[])',
  parameters: [months],
});

/** No row: all of them stay. */
export const noRow: Finished = { condition: 'false', parameters: [] };

const columnsOf = (table: string): string =>
  `${table}.receipt_hash AS "receiptHash", ${table}.key_id AS "keyId", ${table}.day::text AS day, ${table}.month,
   ${table}.envelope, ${table}.finished, ${table}.place::text AS place, ${table}.version::text AS version`;

/** How many rows are read at once. */
const BATCH = 5_000;

/** Memory for the comparison of a day's rows, so that it goes to no file and keeps nobody waiting. */
const WORK_MEMORY = '256MB';

/** Takes a look at all rows, and gives them in pieces. Without a lock: rows may change while they are looked at. */
export async function* seenRows(transaction: Transaction, finished: Finished): AsyncGenerator<IntakeRow[]> {
  await affected(
    transaction,
    `CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
     SELECT receipt_hash, key_id, day, month, envelope, ${finished.condition} AS finished,
       ctid AS place, xmin AS version FROM intake.call AS call`,
    finished.parameters,
  );
  // Without the envelopes, for the comparison: it has the rows of a day to go through while people wait.
  await affected(
    transaction,
    'CREATE TEMPORARY TABLE seen_places ON COMMIT DROP AS SELECT place, version FROM pg_temp.seen',
  );
  await affected(
    transaction,
    `DECLARE seen_rows NO SCROLL CURSOR FOR SELECT ${columnsOf('seen')} FROM pg_temp.seen AS seen`,
  );
  for (;;) {
    const rows = await all(transaction, rowSchema, `FETCH ${BATCH} FROM seen_rows`);
    if (rows.length === 0) return;
    yield rows;
  }
}

/** What became of the rows since they were seen: those that are not there any more, and those that are new. */
export interface Changes {
  readonly gone: readonly IntakeRow[];
  readonly come: readonly IntakeRow[];
}

/**
 * What became of the rows; after it they count as seen. A version of a row is known by its place and by who wrote it:
 * as long as both are the same, receipt and envelope are. Under the lock of the table, nothing changes after it.
 */
export async function changedRows(transaction: Transaction, finished: Finished): Promise<Changes> {
  // Nobody gathers statistics of these tables, and without any the server would compare each row with each.
  await affected(transaction, 'SET LOCAL enable_nestloop = off');
  await affected(transaction, `SET LOCAL work_mem = '${WORK_MEMORY}'`);
  await affected(
    transaction,
    `CREATE TEMPORARY TABLE changed ON COMMIT DROP AS
     SELECT seen.place AS gone, seen.version AS gone_version, call.receipt_hash, key_id, day, month, envelope,
       ${finished.condition} AS finished, call.ctid AS place, call.xmin AS version
     FROM intake.call AS call
     FULL JOIN pg_temp.seen_places AS seen ON call.ctid = seen.place AND call.xmin = seen.version
     WHERE call.receipt_hash IS NULL OR seen.place IS NULL`,
    finished.parameters,
  );
  const come = await all(
    transaction,
    rowSchema,
    `SELECT ${columnsOf('changed')} FROM pg_temp.changed AS changed WHERE receipt_hash IS NOT NULL`,
  );
  const some = await affected(
    transaction,
    `DELETE FROM pg_temp.seen_places AS seen USING pg_temp.changed
     WHERE seen.place = gone AND seen.version = gone_version`,
  );
  const gone =
    some === 0
      ? []
      : await all(
          transaction,
          rowSchema,
          `DELETE FROM pg_temp.seen AS seen USING pg_temp.changed WHERE seen.place = gone AND seen.version = gone_version
           RETURNING ${columnsOf('seen')}`,
        );
  if (come.length > 0) {
    await affected(
      transaction,
      `INSERT INTO pg_temp.seen SELECT receipt_hash, key_id, day, month, envelope, finished, place, version
       FROM pg_temp.changed WHERE receipt_hash IS NOT NULL`,
    );
    await affected(
      transaction,
      'INSERT INTO pg_temp.seen_places SELECT place, version FROM pg_temp.changed WHERE receipt_hash IS NOT NULL',
    );
  }
  await affected(transaction, 'DROP TABLE pg_temp.changed');
  return { gone, come };
}

/** Milliseconds that people may wait behind the keeper while it waits for a table. */
const LOCK_TIMEOUT = 100;
const LOCK_PAUSE = 100;

/**
 * Takes tables to itself, asking again and again and never for long: whoever reads them all night, as a dump does, makes
 * the keeper wait, and nobody behind it. Holds them until the transaction ends.
 */
export async function lockTables(transaction: Transaction, tables: readonly string[]): Promise<void> {
  for (;;) {
    await affected(transaction, 'SAVEPOINT before_lock');
    await affected(transaction, `SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
    try {
      await affected(transaction, `LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
      await affected(transaction, 'SET LOCAL lock_timeout = 0');
      return;
    } catch (error) {
      if (!isLockedOut(error)) throw error;
      await affected(transaction, 'ROLLBACK TO SAVEPOINT before_lock');
      // Rolled back it is still there, and hours of waiting would put thousands of them on each other.
      await affected(transaction, 'RELEASE SAVEPOINT before_lock');
      await pause(LOCK_PAUSE);
    }
  }
}

/** Empties the table: its file goes, with every dead row in it. */
export async function emptyIntake(transaction: Transaction): Promise<void> {
  await affected(transaction, 'TRUNCATE intake.call');
}

/** A row that stays. */
export type StayingRow = Pick<IntakeRow, 'receiptHash' | 'keyId' | 'day' | 'month' | 'envelope'>;

/** Writes what stays, in the order of the receipts' hashes, which are random: the order says nothing. */
export async function insertRows(transaction: Transaction, rows: readonly StayingRow[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => a.receiptHash.compare(b.receiptHash));
  for (let at = 0; at < sorted.length; at += BATCH) {
    const batch = sorted.slice(at, at + BATCH);
    await affected(
      transaction,
      `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope)
       SELECT * FROM unnest($1::bytea[], $2::text[], $3::date[], $4::text[], $5::bytea[])`,
      [
        batch.map(({ receiptHash }) => receiptHash),
        batch.map(({ keyId }) => keyId),
        batch.map(({ day }) => day),
        batch.map(({ month }) => month),
        batch.map(({ envelope }) => envelope),
      ],
    );
  }
}
