/** What these scripts need of the system: PostgreSQL 15 and haproxy of its packages, and a user for the servers. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { run, type User } from './processes.js';

/** Where the package puts the programs of the server. */
export const POSTGRES_PROGRAMS = '/usr/lib/postgresql/15/bin';
export const HAPROXY = '/usr/sbin/haproxy';

/** Read by the package before it would make a cluster and start a server on it. */
const NO_CLUSTER = '/etc/postgresql-common/createcluster.d/no-main-cluster.conf';

const needed = [
  { name: 'postgresql-15', program: `${POSTGRES_PROGRAMS}/postgres` },
  { name: 'haproxy', program: HAPROXY },
];

/** Numbers that belong to nobody: the web, the keeper and the proxy run as users of their own. */
export const users = {
  web: { uid: 64_001, gid: 64_001 },
  keeper: { uid: 64_002, gid: 64_002 },
  proxy: { uid: 64_003, gid: 64_003 },
} as const;

/** The user that the package makes for the server. */
export function postgresUser(): User {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [uid, gid] = line?.split(':').slice(2, 4).map(Number) ?? [];
  if (uid === undefined || gid === undefined) throw new Error('There is no user postgres.');
  return { uid, gid };
}

/** Installs with apt what is missing. Throws, in words, where that cannot be. */
export async function installPrograms(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error(
      'These scripts start servers as other users of the system: run them as root on Linux, on a machine that may be thrown away.',
    );
  const missing = needed.filter(({ program }) => !existsSync(program));
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get'))
    throw new Error(
      `Missing: ${missing.map(({ name }) => name).join(', ')}. They are installed with apt, which is not here.`,
    );
  mkdirSync(dirname(NO_CLUSTER), { recursive: true });
  writeFileSync(NO_CLUSTER, 'create_main_cluster = false\n');
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('/usr/bin/apt-get', ['update', '-q'], { environment });
  const install = ['install', '-q', '-y', '--no-install-recommends'];
  await run('/usr/bin/apt-get', [...install, ...missing.map(({ name }) => name)], { environment });
}

/** The versions, for the report. */
export const versions = (): string[] => [
  execFileSync(`${POSTGRES_PROGRAMS}/postgres`, ['--version'], { encoding: 'utf8' }).trim(),
  (execFileSync(HAPROXY, ['-v'], { encoding: 'utf8' }).split('\n')[0] ?? '').replace(/ - .*/, ''),
];
