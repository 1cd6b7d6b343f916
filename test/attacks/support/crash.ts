/** A keeper's database whose server process dies under it at a chosen statement. */
import type { DataSource, EntityManager } from 'typeorm';

/** What a statement was, and its parameters. */
export interface Seen {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface Crashing {
  readonly keeper: DataSource;
  /** How many statements were sent. */
  readonly statements: () => number;
}

interface Options {
  readonly owner: DataSource;
  /** Whether the process dies just before this statement, the first being number 1. */
  readonly diesAt: (statement: number, seen: Seen) => boolean;
}

type Query = (sql: string, parameters?: unknown[]) => Promise<unknown>;

/**
 * The data source with every statement of a transaction, and those outside, counted. When the time comes the process
 * that serves the transaction is ended by the server, as a crash or a lost connection would end it; outside a
 * transaction the statement fails.
 */
export function crashing(keeper: DataSource, { owner, diesAt }: Options): Crashing {
  let statements = 0;
  const counted =
    (query: Query, die: (query: Query) => Promise<void>): Query =>
    async (sql, parameters = []) => {
      statements += 1;
      if (diesAt(statements, { sql, parameters })) await die(query);
      return query(sql, parameters);
    };
  const killed = async (query: Query) => {
    const [row] = (await query('SELECT pg_backend_pid() AS pid')) as { pid: number }[];
    await owner.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
  };
  const inside = (manager: EntityManager): EntityManager =>
    new Proxy(manager, {
      get: (target, name) => {
        if (name === 'query') return counted(target.query.bind(target), killed);
        return Reflect.get(target, name) as unknown;
      },
    });
  const lost = () => Promise.reject(new Error('the connection is gone'));
  const transaction = (level: 'READ COMMITTED', work: (manager: EntityManager) => Promise<unknown>) =>
    keeper.transaction(level, (manager) => work(inside(manager)));
  const source = new Proxy(keeper, {
    get: (target, name) => {
      if (name === 'transaction') return transaction;
      if (name === 'query') return counted(target.query.bind(target), lost);
      return Reflect.get(target, name) as unknown;
    },
  });
  return { keeper: source, statements: () => statements };
}

/** What a close drew for one table before it was cut short. */
export interface Drawn {
  readonly id: string;
  readonly noisy: readonly (readonly number[])[];
}

/**
 * A keeper's database whose server process dies late in the draw of a quarter, when what was drawn may have reached the
 * disk, and the draws that are long enough to be told from anything else there.
 */
export function dyingWhileDrawing(keeper: DataSource, owner: DataSource) {
  const drawn: Drawn[] = [];
  const crash = crashing(keeper, {
    owner,
    diesAt: (_statement, { sql, parameters }) => {
      if (!sql.startsWith('INSERT INTO published.noisy_table')) return false;
      const [, id, noisy] = parameters as [string, string, number[][]];
      if (noisy.length >= 6) drawn.push({ id, noisy });
      return id === 'outcome';
    },
  });
  return { keeper: crash.keeper, drawn };
}
