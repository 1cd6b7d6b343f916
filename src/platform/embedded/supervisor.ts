import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Binaries } from './binaries.js';
import { cleanEnvironment, runAs, type Identity } from './identity.js';

/*
 * The small process between Tyst and PostgreSQL. Its standard input is a pipe that the kernel closes when
 * Tyst ends, however it ends; then it stops the server: fast, after 10 s without ceremony, after 20 s by
 * force. It is handed to `node -e` as text, so it needs no file and runs the same from sources and from a
 * build. Signals do not end it: a Ctrl-C or a service manager that signals every process must not take the
 * database from under a Tyst that is still answering requests.
 */
const SOURCE = `
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { postgres, pgCtl, args, options, socketDirectory } = JSON.parse(process.argv[1]);
process.title = 'tyst-database-supervisor';
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
const server = spawn(postgres, args, { ...options, stdio: ['ignore', 2, 2], windowsHide: true });
const end = (code) => {
  try { if (socketDirectory) fs.rmdirSync(socketDirectory); } catch {}
  process.exit(code);
};
server.on('error', (error) => {
  fs.writeSync(2, 'FATAL:  ' + error.message + '\\n');
  end(1);
});
server.on('exit', () => end(0));
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  if (process.platform === 'win32') {
    spawnSync(pgCtl, ['stop', '-D', options.cwd, '-m', 'fast', '-t', '20'], { windowsHide: true });
    server.kill();
    return;
  }
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), 10000);
  setTimeout(() => server.kill('SIGKILL'), 20000);
};
process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
`;

/** A server process to be held. */
interface Supervised {
  binaries: Binaries;
  args: string[];
  cluster: string;
  identity: Identity | null;
  /** A descriptor of the open log file. */
  log: number;
  /** Removed when the server has ended; null when the socket is in the cluster. */
  socketDirectory: string | null;
}

/** A held server. */
export interface Supervision {
  /** Resolves when the supervisor has ended, which is after the server unless the supervisor itself was killed. */
  ended: Promise<void>;
  /** Asks for the end; `ended` tells when it has come. */
  end: () => void;
}

/** Starts a server under a supervisor. Why it did not start stands in the log. */
export function supervise(server: Supervised): Supervision {
  const order = {
    postgres: server.binaries.postgres,
    pgCtl: server.binaries.pgCtl,
    args: server.args,
    options: { ...runAs(server.identity), cwd: server.cluster, env: cleanEnvironment() },
    socketDirectory: server.socketDirectory,
  };
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--input-type=commonjs', '-e', SOURCE, JSON.stringify(order)],
    {
      stdio: ['pipe', 'ignore', server.log],
      env: cleanEnvironment(),
      // A session of its own, out of reach of the terminal's Ctrl-C.
      detached: true,
      windowsHide: true,
    },
  );
  child.stdin?.on('error', () => {
    // The supervisor is gone; `ended` says so.
  });
  return {
    ended: once(child, 'exit').then(
      () => undefined,
      () => undefined,
    ),
    end: () => {
      child.stdin?.end();
    },
  };
}
