import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** The OS user that the server runs as when root starts Tyst: PostgreSQL refuses to run as root. */
export interface Identity {
  uid: number;
  gid: number;
  name: string;
}

/**
 * Chooses the OS user for the server: null means "whoever runs this process". For root it is the owner of the
 * cluster, else of the data directory (so that `sudo npm start` by mistake leaves nothing its owner cannot
 * use), and where that is root too, `postgres` or else `nobody`.
 * @throws Error when root starts Tyst and there is no such user, or the cluster belongs to another user
 */
export async function chooseIdentity(data: string, cluster: string): Promise<Identity | null> {
  const owner = await stat(cluster).catch(() => null);
  const self = process.getuid?.();
  if (self === 0) return identityForRoot(data, owner);
  if (owner === null || self === undefined || owner.uid === self) return null;
  throw new Error(
    `The database in ${data} belongs to OS user ${String(owner.uid)}: start Tyst as that user, or as root.`,
  );
}

async function identityForRoot(data: string, owner: Stats | null): Promise<Identity> {
  const users = parseUsers(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (owner !== null && owner.uid !== 0) {
    const known = users.find((user) => user.uid === owner.uid);
    return { uid: owner.uid, gid: owner.gid, name: known?.name ?? String(owner.uid) };
  }
  // initdb wants a user with a name, so an unknown owner of the directory does not count.
  const { uid } = await stat(data);
  const wanted = [(user: Identity) => user.uid === uid, named('postgres'), named('nobody')];
  for (const fitting of wanted) {
    const user = users.find((candidate) => candidate.uid !== 0 && fitting(candidate));
    if (user !== undefined) return user;
  }
  throw new Error(
    "PostgreSQL does not run as root and there is no OS user 'postgres' or 'nobody': start Tyst as a normal user, or create one of the two.",
  );
}

function named(name: string): (user: Identity) => boolean {
  return (user) => user.name === name;
}

function parseUsers(passwd: string): Identity[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** The spawn options that make a child run as `identity`; Node also drops root's other groups. */
export function runAs(identity: Identity | null): { uid: number; gid: number } | Record<string, never> {
  return identity === null ? {} : { uid: identity.uid, gid: identity.gid };
}

/** The whole environment of the server's programs: PG* and NODE_* variables of the caller must not steer them. */
export function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
