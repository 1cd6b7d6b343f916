/** The configuration of an installation, from the environment, checked once at the start of a command. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { CommandError } from './command-error.js';
import { databaseOf } from './database.js';
import type { KeyDirectory } from './key-directory.js';

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format() !== '';
  } catch {
    return false;
  }
});

/**
 * Whether it says where a database is, and which: the roles' names begin with its name. A login can be put into a URL only
 * where that has a host, also where the way is a socket (`postgres://localhost/tyst?host=/run/postgresql`).
 */
function namesDatabase(url: string): boolean {
  try {
    return (
      /^postgres(ql)?:$/.test(new URL(url).protocol) && new URL(url).host !== '' && databaseOf(url) !== ''
    );
  } catch {
    return false;
  }
}

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  TYST_DATA_DIR: z.string().min(1).default('./data'),
  TYST_KEY_DIR: z.string().min(1).optional(),
  TYST_TIME_ZONE: timeZone.default('Europe/Stockholm'),
  DATABASE_URL: z.string().refine(namesDatabase).optional(),
  STATISTICS_DATABASE_URL: z.string().refine(namesDatabase).optional(),
  TYST_SECRET_FILE: z.string().min(1).optional(),
  TYST_CREDENTIALS_FILE: z.string().min(1).optional(),
  TYST_STRICT: z.enum(['yes', 'no']).default('no'),
});

export interface Configuration {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly keys: KeyDirectory;
  /** IANA name: whose midnight ends a day. */
  readonly timeZone: string;
  /** The owner's URL of an external PostgreSQL; null means the embedded one. */
  readonly databaseUrl: string | null;
  /** The URL of a standby of it to read statistics from; a login in it is not used. Null where there is none. */
  readonly statisticsDatabaseUrl: string | null;
  /** Absolute; the file of the secret from which the roles' passwords derive. */
  readonly secretFile: string;
  /** Absolute; the file of the logins of a process that runs alone. Null where there is none. */
  readonly credentialsFile: string | null;
  /** Whether a database server that keeps more than it has to is refused. */
  readonly strict: boolean;
}

/** Reads the configuration. Throws CommandError that names the variable, never its value. */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  // An empty variable, as compose files make them, is the same as none.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].join(', ');
    throw new CommandError(
      `These settings have a value that cannot be used: ${names}. See docs/operations.md.`,
    );
  }
  const dataDir = resolve(parsed.data.TYST_DATA_DIR);
  const { TYST_KEY_DIR: keyDir, TYST_CREDENTIALS_FILE: credentials } = parsed.data;
  return {
    port: parsed.data.PORT,
    host: parsed.data.HOST,
    dataDir,
    keys: {
      path: keyDir === undefined ? resolve(dataDir, 'night') : resolve(keyDir),
      named: keyDir !== undefined,
      remote: parsed.data.DATABASE_URL !== undefined || credentials !== undefined,
    },
    timeZone: parsed.data.TYST_TIME_ZONE,
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    statisticsDatabaseUrl: parsed.data.STATISTICS_DATABASE_URL ?? null,
    secretFile:
      parsed.data.TYST_SECRET_FILE === undefined
        ? resolve(dataDir, 'secret')
        : resolve(parsed.data.TYST_SECRET_FILE),
    credentialsFile: credentials === undefined ? null : resolve(credentials),
    strict: parsed.data.TYST_STRICT === 'yes',
  };
}

/** The address at which the web server is reached from this machine, as links print it. */
export function addressOf({ host, port }: Pick<Configuration, 'host' | 'port'>): string {
  // These two listen everywhere, and are no address that anybody could open.
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
