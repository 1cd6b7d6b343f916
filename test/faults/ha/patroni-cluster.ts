/**
 * A PostgreSQL cluster under Patroni on loopback, with etcd to decide who leads, and one address that always leads to the
 * leader. Everything lies in one folder and ends with this process's children.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { runAs, type Identity } from '../../../src/platform/embedded/identity.js';
import { quietPort } from '../../support/quiet-port.js';
import { until } from '../../support/until.js';

const PASSWORD = 'of the patroni cluster';
const PROGRAMS = '/usr/lib/postgresql/15/bin';

const clusterSchema = z.object({
  members: z.array(z.object({ name: z.string(), role: z.string(), state: z.string() })),
});
type Member = z.infer<typeof clusterSchema>['members'][number];

export interface Node {
  readonly name: string;
  readonly port: number;
  /** Whether Patroni says that it leads: what a load balancer asks. */
  readonly leads: () => Promise<boolean>;
  /** What Patroni on this node says of all of them; an empty list where it does not answer. */
  readonly members: () => Promise<Member[]>;
  /** Starts Patroni, which starts the server. */
  readonly start: () => void;
  /** Sends a signal to Patroni and to nobody else. */
  readonly signalPatroni: (signal: NodeJS.Signals) => void;
  /** Ends Patroni and every process of its server at once, as a power cut does. */
  readonly cutPower: () => Promise<void>;
  /** Runs a statement as the superuser, on this node whoever leads. */
  readonly query: (sql: string, database?: string) => Promise<Record<string, unknown>[]>;
}

export interface PatroniCluster {
  readonly nodes: readonly Node[];
  /** The address of whoever leads. */
  readonly leaderPort: number;
  readonly password: string;
  readonly leader: () => Promise<Node | null>;
  /** The nodes of a role, by their names, as Patroni has them: `sync_standby` is one that commits wait for. */
  readonly namesOf: (role: 'replica' | 'sync_standby') => Promise<string[]>;
  /** Runs `patronictl` with some arguments. Throws where it refuses. */
  readonly control: (...args: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How Patroni speaks to etcd: the older API, or the newer one. */
export type Protocol = 'etcd' | 'etcd3';

interface Place {
  readonly folder: string;
  readonly protocol: Protocol;
  readonly identity: Identity | null;
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
      });

/** Whether there is such a process; one that has ended and is not reaped does not run. */
function runs(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** Processes whose command line has this folder in it. */
const processesOf = (folder: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && runs(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    });

/** Kills a process if it is there. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function launch(command: readonly string[], log: string, { folder, identity }: Place): ChildProcess {
  const [program = '', ...args] = command;
  const file = openSync(log, 'a');
  return spawn(program, args, {
    ...runAs(identity),
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', file, file],
  });
}

async function startEtcd(place: Place): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const [client, peer] = [await quietPort(), await quietPort()];
  const [clientUrl, peerUrl] = [client, peer].map((port) => `http://127.0.0.1:${port}`);
  const child = launch(
    [
      ...['/usr/bin/etcd', '--enable-v2', '--data-dir', join(place.folder, 'etcd')],
      ...['--listen-client-urls', clientUrl ?? '', '--advertise-client-urls', clientUrl ?? ''],
      ...['--listen-peer-urls', peerUrl ?? '', '--initial-advertise-peer-urls', peerUrl ?? ''],
      ...['--initial-cluster', `default=${peerUrl ?? ''}`],
    ],
    join(place.folder, 'etcd.log'),
    place,
  );
  const healthy = async () => (await fetch(`${clientUrl ?? ''}/health`)).ok;
  await until(() => healthy().catch(() => false), 30);
  return { child, address: `127.0.0.1:${client}` };
}

/** What matters to Tyst: commits wait for a standby, and where there is none they go on waiting. */
const SETTINGS = {
  synchronous_mode: true,
  synchronous_mode_strict: true,
  postgresql: {
    use_pg_rewind: true,
    use_slots: true,
    parameters: { synchronous_commit: 'on', fsync: 'on', wal_log_hints: 'on', max_connections: 60 },
  },
};

const ask = (port: number, path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(2_000) });

async function makeNode(name: string, etcd: string, place: Place): Promise<Node> {
  const home = join(place.folder, name);
  mkdirSync(home, { mode: 0o700 });
  const [port, restPort] = [await quietPort(), await quietPort()];
  const login = (username: string) => ({ username, password: PASSWORD });
  const configuration = {
    scope: 'tyst',
    name,
    restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
    [place.protocol]: { host: etcd },
    bootstrap: { dcs: SETTINGS, initdb: [{ encoding: 'UTF8' }, { locale: 'C' }] },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(home, 'cluster'),
      bin_dir: PROGRAMS,
      pgpass: join(home, 'pgpass'),
      authentication: {
        superuser: login('postgres'),
        replication: login('replicator'),
        rewind: login('rewinder'),
      },
      parameters: { unix_socket_directories: home },
      pg_hba: [
        'host all all 127.0.0.1/32 scram-sha-256',
        'local all all scram-sha-256',
        'host replication replicator 127.0.0.1/32 scram-sha-256',
      ],
    },
  };
  const file = join(home, 'patroni.json');
  writeFileSync(file, JSON.stringify(configuration, null, 2));
  if (place.identity !== null)
    for (const path of [home, file]) chownSync(path, place.identity.uid, place.identity.gid);
  let patroni: ChildProcess | null = null;
  const pidFile = join(home, 'cluster/postmaster.pid');
  const query: Node['query'] = async (sql, database = 'postgres') => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: PASSWORD, database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  return {
    ...{ name, port, query },
    leads: () =>
      ask(restPort, 'primary').then(
        ({ status }) => status === 200,
        () => false,
      ),
    members: () =>
      ask(restPort, 'cluster').then(
        async (reply) => clusterSchema.parse(await reply.json()).members,
        () => [],
      ),
    start: () => {
      patroni = launch(['/usr/bin/patroni', file], join(home, 'patroni.log'), place);
    },
    signalPatroni: (signal) => patroni?.kill(signal),
    cutPower: async () => {
      patroni?.kill('SIGKILL');
      if (patroni !== null) await ended(patroni);
      // Its children end when it does not answer any more. One that is only starting has not written its number yet.
      await until(() => {
        const postmaster = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
        if (postmaster > 0 && runs(postmaster)) kill(postmaster, 'SIGKILL');
        return postmaster === 0 || !runs(postmaster);
      }, 60);
    },
  };
}

/** How often the address of the leader looks who leads, in ms: as a load balancer does. */
const LOOK = 1_000;

/** One address that leads to the leader. A connection to who leads no more is cut. */
async function leaderAddress(
  nodes: readonly Node[],
): Promise<{ readonly port: number; readonly close: () => void }> {
  let leader: Node | null = null;
  const open = new Map<Socket, Node>();
  const look = async () => {
    const leading = await Promise.all(nodes.map((node) => node.leads()));
    leader = nodes.find((_, index) => leading[index] === true) ?? null;
    for (const [socket, node] of open) if (node !== leader) socket.destroy();
  };
  const looking = setInterval(() => void look(), LOOK);
  const server = createServer((inward) => {
    if (leader === null) {
      inward.destroy();
      return;
    }
    const outward = connect(leader.port, '127.0.0.1');
    open.set(inward, leader);
    for (const [one, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        open.delete(inward);
      });
      one.pipe(other);
    }
  });
  const port = await quietPort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => {
    clearInterval(looking);
    for (const socket of open.keys()) socket.destroy();
    server.close();
  };
  return { port, close };
}

/** Starts etcd and nodes of these names; the first of them leads. */
export async function startPatroni(names: readonly string[], place: Place): Promise<PatroniCluster> {
  const etcd = await startEtcd(place);
  const nodes = await Promise.all(names.map((name) => makeNode(name, etcd.address, place)));
  const leader = async () => {
    for (const node of nodes) if (await node.leads()) return node;
    return null;
  };
  const address = await leaderAddress(nodes);
  const [first, ...others] = nodes;
  first?.start();
  await until(async () => (await leader()) !== null, 120);
  for (const node of others) node.start();
  const namesOf: PatroniCluster['namesOf'] = async (wanted) => {
    const members = (await (await leader())?.members()) ?? [];
    // From version 4 on Patroni says `streaming`.
    const at = members.filter(({ role, state }) => role === wanted && /running|streaming/.test(state));
    return at.map(({ name }) => name);
  };
  const control = async (...args: readonly string[]) => {
    const file = join(place.folder, first?.name ?? '', 'patroni.json');
    const child = spawn('/usr/bin/patronictl', ['-c', file, ...args], {
      env: { PATH: '/usr/bin:/bin', HOME: place.folder, LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await ended(child);
    if (child.exitCode !== 0) throw new Error(text);
  };
  const stop = async () => {
    address.close();
    for (const node of nodes) {
      node.signalPatroni('SIGCONT');
      await node.cutPower();
    }
    etcd.child.kill('SIGKILL');
    await ended(etcd.child);
    // A server that Patroni was about to start is nobody's child.
    await until(() => {
      const left = processesOf(place.folder);
      for (const pid of left) kill(pid, 'SIGKILL');
      return left.length === 0;
    }, 60);
  };
  return { nodes, leaderPort: address.port, password: PASSWORD, leader, namesOf, control, stop };
}
