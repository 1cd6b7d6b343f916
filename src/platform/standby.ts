/**
 * Published numbers, read from a standby of the database where the operator has named one. It may lag and it may be away:
 * what decides something never asks it, and whatever it fails at the primary answers.
 */
import { CommandError } from './command-error.js';
import { connect, databaseOf, withLogin, type Database } from './database.js';
import { readInstallationId } from './installation-store.js';
import { describeError, type Log } from './log.js';
import { schemaState } from './schema.js';

/** Milliseconds that a request waits for the standby to be found, and for all that it reads there. */
const PATIENCE = 3_000;

/** Milliseconds for which a standby that failed is left alone. */
const REST = 30_000;

/** Reads published numbers, wherever that is best done. What it is given may be done twice: it only reads. */
export type Reading = <Answer>(read: (reader: Database) => Promise<Answer>) => Promise<Answer>;

/** Where there is no standby. */
export const readingPrimary =
  (primary: Database): Reading =>
  (read) =>
    read(primary);

/**
 * The URL of the standby with the login of the primary's URL put in, as a standby has the same; null where none is named.
 * Throws CommandError where it names another database, and so other logins.
 */
export function standbyUrl(setting: string | null, readerUrl: string): string | null {
  if (setting === null) return null;
  if (databaseOf(setting) !== databaseOf(readerUrl))
    throw new CommandError(
      'STATISTICS_DATABASE_URL names another database than the one it is to be a standby of. See docs/operations.md.',
    );
  const { username, password } = new URL(readerUrl);
  return withLogin(setting, decodeURIComponent(username), decodeURIComponent(password));
}

class AnotherInstallation extends Error {}

/** It has not heard of a migration that the primary has had. */
class OlderSchema extends Error {
  override readonly name = 'OlderSchema';
}

/** Rejects where something is not done in time; it goes on unheard. */
async function inTime<Done>(work: Promise<Done>): Promise<Done> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The standby does not answer.', 'TimeoutError'));
    }, PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A standby, which is in one of these:
 * - out of use: not looked for yet, or resting since it failed. The next request after that looks for it;
 * - looked for, by one request: its pool is opened, and it is asked whose it is, and of which version. The others go to the
 *   primary;
 * - in use: every request asks it, until it fails at one; then its pool is closed, and it rests;
 * - refused, as the standby of another installation: never asked again.
 */
class Standby {
  private pool: Database | null = null;
  /** The moment from which it may be looked for: never, while somebody does and once it is refused or closed. */
  private restsUntil = -Infinity;
  /** Whether the log's last word is that it is away. */
  private away = false;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly log: Log,
    private readonly now: () => number,
  ) {}

  /** What the standby answers; null where it is not to be asked, or fails at it. */
  async ask<Answer>(
    read: (reader: Database) => Promise<Answer>,
    installation: string,
  ): Promise<{ readonly answer: Answer } | null> {
    // One that is found late serves those who come then.
    const pool = await inTime(this.find(installation)).catch(() => null);
    if (pool === null) return null;
    try {
      const answer = await inTime(read(pool));
      // Not before: one that fails at what it is asked may be found every time.
      if (this.away) this.log('statistics-standby-back');
      this.away = false;
      return { answer };
    } catch (error) {
      this.leave(pool, error);
      return null;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.restsUntil = Infinity;
    const { pool } = this;
    this.pool = null;
    await pool?.destroy();
  }

  private async find(installation: string): Promise<Database | null> {
    if (this.pool !== null || this.now() < this.restsUntil) return this.pool;
    this.restsUntil = Infinity;
    try {
      const found = await this.open(installation);
      if (this.closed) await found.destroy();
      else this.pool = found;
    } catch (error) {
      if (error instanceof AnotherInstallation) this.log('statistics-standby-refused');
      else if (!this.closed) this.rest(error);
    }
    return this.pool;
  }

  private async open(installation: string): Promise<Database> {
    const { url } = this;
    const pool = await connect({ url, statementTimeout: PATIENCE, patience: PATIENCE });
    try {
      if ((await readInstallationId(pool)) !== installation) throw new AnotherInstallation();
      if ((await schemaState(pool)) === 'older') throw new OlderSchema();
      return pool;
    } catch (error) {
      this.drop(pool);
      throw error;
    }
  }

  private leave(pool: Database, error: unknown): void {
    // Another request has left it already, and may even have found it anew.
    if (this.pool !== pool) return;
    this.pool = null;
    this.drop(pool);
    this.rest(error);
  }

  private rest(error: unknown): void {
    this.restsUntil = this.now() + REST;
    if (!this.away) this.log('statistics-standby-away', describeError(error));
    this.away = true;
  }

  /** Closes its connections. Those that hang are cut, and whatever still waits on one asks the primary. */
  private drop(pool: Database): void {
    void pool.destroy().catch(() => undefined);
  }
}

/** How a process reads published numbers, and how it lets go. */
export interface Readings {
  readonly reading: Reading;
  readonly close: () => Promise<void>;
}

/**
 * Reads from the standby as long as it answers, else from the primary. It is looked for when something is first read, so
 * that a process starts while it is away. A failure of the primary is the caller's.
 * @param now milliseconds on a clock that never goes back
 */
export function readingFrom(
  primary: Database,
  url: string | null,
  log: Log,
  now: () => number = () => performance.now(),
): Readings {
  if (url === null) return { reading: readingPrimary(primary), close: () => Promise.resolve() };
  const standby = new Standby(url, log, now);
  let installation: string | null = null;
  const reading: Reading = async (read) => {
    installation ??= await readInstallationId(primary);
    const answered = await standby.ask(read, installation);
    return answered === null ? read(primary) : answered.answer;
  };
  return { reading, close: () => standby.close() };
}
