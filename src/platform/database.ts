/**
 * Connections. Each process opens one DataSource per login role it holds; `owner` is used at start-up only.
 * An address is a PostgreSQL URL without a login, so that a role's login and password are put in where needed.
 */
import { DataSource, type EntityManager, type EntitySchema } from 'typeorm';
import { migrations } from '../../migrations/index.js';

/** A pool of one login role. */
export type Database = DataSource;
/** A transaction in one. */
export type Transaction = EntityManager;
/** Where a statement is made: in a pool, or in a transaction of it. */
export type Sql = Database | Transaction;

/** A PostgreSQL URL with a login and password put in. */
export function withLogin(url: string, user: string, password: string): string {
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  return address.href;
}

/** The name of the database a URL points at. */
export const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

interface Connection {
  readonly url: string;
  /** The tables that its repositories know. Passed in: they are the desk's, and the platform knows no room. */
  readonly entities?: readonly EntitySchema[];
  /** Most connections this process may hold for the role. */
  readonly poolSize?: number;
  /** Milliseconds a statement may take; none for the keeper, whose work is long. */
  readonly statementTimeout?: number;
  /** Milliseconds to wait for a connection, and for the answer to a statement, of a server that says nothing at all. */
  readonly patience?: number;
}

/** Opens a pool. Rejects with the driver's error when the server is away or refuses the login. */
export async function connect({
  url,
  entities = [],
  poolSize = 8,
  statementTimeout,
  patience,
}: Connection): Promise<Database> {
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: [...entities],
    migrations,
    migrationsTableName: 'tyst_migration',
    poolSize,
    installExtensions: false,
    logging: false,
    applicationName: 'tyst',
    extra: {
      connectionTimeoutMillis: patience ?? 5_000,
      ...(patience === undefined ? {} : { query_timeout: patience }),
      ...(statementTimeout === undefined ? {} : { statement_timeout: statementTimeout }),
    },
  });
  try {
    return await source.initialize();
  } catch (error) {
    // A connection that was made, and lost before the pool was whole, would stay open; `destroy` knows whole ones alone.
    void source.driver.disconnect().catch(() => undefined);
    throw error;
  }
}

/** The pools of a web process. */
export type WebDatabase = Record<'intake' | 'reader' | 'desk', Database>;

/** Resolves when the server answers; rejects with the driver's error. */
export async function untilAnswered(database: Database): Promise<void> {
  await database.query('SELECT 1');
}

/** What PostgreSQL said, without any value of a row: the only parts of a database error that may be logged. */
export interface DatabaseFailure {
  readonly code: string;
  readonly constraint?: string;
  readonly table?: string;
}

function driverError(error: unknown): Record<string, unknown> | null {
  if (typeof error !== 'object' || error === null) return null;
  const inner: unknown = 'driverError' in error ? error.driverError : error;
  return typeof inner === 'object' && inner !== null ? { ...inner, ...pickCode(inner) } : null;
}

// `code` of an Error is its own property, but `message` is not enumerable: nothing of it is copied.
const pickCode = (error: object) => ('code' in error ? { code: error.code } : {});

/** The loggable part of a database error; null when the error did not come from the database or the network. */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  const inner = driverError(error);
  if (inner === null || typeof inner['code'] !== 'string') return null;
  const { code, constraint, table } = inner;
  return {
    code,
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
  };
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * A lost or timed-out connection is reported as a plain Error, by pg or, where it is lost between two statements
 * of a transaction, by TypeORM; its words are the only sign.
 */
const lostConnection =
  /connection (terminated|timeout)|timeout (exceeded|expired)|read timeout|not queryable|already released|transaction is not started/i;

/** What the server says where a lock was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Whether a statement gave up waiting for a lock. */
export const isLockedOut = (error: unknown): boolean => databaseFailure(error)?.code === LOCK_NOT_AVAILABLE;

/** Whether an error means that the database is away for now (class 08, 57P, 53, or no connection at all). */
export function isUnavailable(error: unknown): boolean {
  const failure = databaseFailure(error);
  if (failure !== null)
    return (
      networkCodes.has(failure.code) ||
      /^(08|53|57)/.test(failure.code) ||
      failure.code === LOCK_NOT_AVAILABLE
    );
  return error instanceof Error && lostConnection.test(error.message);
}
