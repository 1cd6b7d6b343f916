/**
 * haproxy before everything: one address of the database that follows the primary, as Patroni or keepalived give one, and
 * one of the pages, behind which the web processes take turns.
 */
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { quietPort } from '../../support/quiet-port.js';
import { until } from '../../support/until.js';
import { start } from './processes.js';
import { HAPROXY, users } from './programs.js';

export interface Addresses {
  readonly databasePort: number;
  /** Where the pages are asked for. */
  readonly pages: string;
  /** Leads new connections to another server, and ends those to the one before. */
  readonly lead: (port: number) => Promise<void>;
}

const settings = (
  socket: string,
  database: number,
  pages: number,
  primary: number,
  webs: readonly number[],
) => `
global
  stats socket ${socket} level admin
defaults
  timeout connect 2s
  timeout client 1h
  timeout server 1h
frontend database
  mode tcp
  bind 127.0.0.1:${database}
  default_backend primary
backend primary
  mode tcp
  retries 0
  server primary 127.0.0.1:${primary}
frontend pages
  mode http
  bind 127.0.0.1:${pages}
  default_backend webs
backend webs
  mode http
  balance roundrobin
  option forwardfor
  option redispatch
  option httpchk GET /health/live
  http-response set-header X-Served-By %s
  default-server check inter 500ms fall 2 rise 1
${webs.map((port, place) => `  server web${place + 1} 127.0.0.1:${port}`).join('\n')}
`;

/** Says something to the running proxy, and gives its answer. */
function tell(socket: string, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(socket)
      .setEncoding('utf8')
      .on('data', (text: string) => {
        answer += text;
      })
      .on('close', () => {
        resolve(answer);
      })
      .on('error', reject)
      .end(`${words}\n`);
  });
}

/** Starts the proxy. */
export async function startAddresses(
  folder: string,
  primary: number,
  webs: readonly number[],
): Promise<Addresses> {
  const place = join(folder, 'proxy');
  mkdirSync(place, { mode: 0o700 });
  const [socket, file] = [join(place, 'socket'), join(place, 'haproxy.cfg')];
  const [databasePort, pagesPort] = [await quietPort(), await quietPort()];
  writeFileSync(file, settings(socket, databasePort, pagesPort, primary, webs));
  for (const path of [place, file]) chownSync(path, users.proxy.uid, users.proxy.gid);
  const proxy = start(HAPROXY, ['-db', '-f', file], { user: users.proxy });
  await until(() => {
    if (proxy.hasEnded()) throw new Error(`haproxy does not start: ${proxy.said()}`);
    return tell(socket, 'show info').then(Boolean, () => false);
  }, 30);
  const lead = async (port: number) => {
    const answer = await tell(socket, `set server primary/primary addr 127.0.0.1 port ${port}`);
    if (!/changed|no need/i.test(answer)) throw new Error(`haproxy: ${answer}`);
    await tell(socket, 'shutdown sessions server primary/primary');
  };
  return { databasePort, pages: `http://127.0.0.1:${pagesPort}`, lead };
}
