/** A keeper's database whose server process dies under it at a chosen statement. */
import { EntityManager, type DataSource, type QueryRunner } from 'typeorm';

/** What a statement was, and its parameters. */
interface Seen {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

interface Crashing {
  readonly keeper: DataSource;
  /** How many statements were sent. */
  readonly statements: () => number;
}

interface Options {
  readonly owner: DataSource;
  /** Whether the process dies just before this statement, the first being number 1. */
  readonly diesAt: (statement: number, seen: Seen) => boolean;
}

type Query = (sql: string, parameters?: unknown[], structured?: boolean) => Promise<unknown>;

/**
 * The data source with every statement counted, BEGIN and COMMIT among them. When the time comes the process that serves
 * the connection is ended by the server, as a crash or a lost connection would end it.
 */
export function crashing(keeper: DataSource, { owner, diesAt }: Options): Crashing {
  let statements = 0;
  const counted =
    (query: Query): Query =>
    async (sql, parameters = [], structured = false) => {
      statements += 1;
      if (diesAt(statements, { sql, parameters })) {
        const [row] = (await query('SELECT pg_backend_pid() AS pid')) as { pid: number }[];
        await owner.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
      }
      return query(sql, parameters, structured);
    };
  const lend: DataSource['createQueryRunner'] = (mode) => {
    const runner: QueryRunner = keeper.createQueryRunner(mode);
    Reflect.set(runner, 'query', counted(runner.query.bind(runner)));
    return runner;
  };
  const source: DataSource = new Proxy(keeper, {
    get: (target, name) => {
      if (name === 'createQueryRunner') return lend;
      if (name === 'manager') return manager;
      return Reflect.get(target, name) as unknown;
    },
  });
  const manager = new EntityManager(source);
  return { keeper: source, statements: () => statements };
}

/**
 * A keeper's database whose server process dies once, late in a close, when what was drawn may have reached the disk;
 * and what was drawn.
 */
export function dyingWhileDrawing(keeper: DataSource, owner: DataSource) {
  const drawn: number[][] = [];
  let dead = false;
  const crash = crashing(keeper, {
    owner,
    diesAt: (_statement, { sql, parameters }) => {
      if (dead) return false;
      if (sql.startsWith('INSERT INTO published.noisy_answer')) drawn.push(parameters[1] as number[]);
      dead = drawn.length > 0 && sql.startsWith('INSERT INTO desk.event');
      return dead;
    },
  });
  return { keeper: crash.keeper, drawn };
}
