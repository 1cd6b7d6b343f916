/** How many calls one web process takes in a second, and two beside each other; from HTTP to the disk. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { padded } from '../src/contract/api/padding.js';
import { projectRoot } from '../src/platform/project.js';
import { aConversation, aReceipt } from '../test/support/calls.js';
import { familyNamed, familyOf, processorSeconds } from './processes.js';
import { span, together } from './repeat.js';

const PASSWORD = 'en lång och god lösenfras';
const main = join(projectRoot, 'dist/server/app/main.js');

/** Where the installation is whose web processes are measured. */
interface Place {
  readonly databaseUrl: string;
  /** The server's first process. */
  readonly postmaster: number;
  readonly dataDir: string;
  readonly secretFile: string;
  readonly keyDir: string;
}

interface Web {
  readonly child: ChildProcess;
  readonly url: string;
  readonly cookie: string;
}

/** A `tyst start` on this server; its web process is one of several, its keeper the first's or one that waits. */
async function startWeb({ databaseUrl, dataDir, secretFile, keyDir }: Place, name: string): Promise<Web> {
  const env = {
    ...{ PATH: process.env['PATH'], PORT: '0', DATABASE_URL: databaseUrl },
    ...{ TYST_DATA_DIR: join(dataDir, name), TYST_SECRET_FILE: secretFile, TYST_KEY_DIR: keyDir },
  };
  if (name === 'first') {
    const user = ['user', 'add', '--username', 'anna', '--role', 'handler', '--password-stdin'];
    const adding = spawn(process.execPath, [main, ...user], { env, stdio: ['pipe', 'ignore', 'inherit'] });
    adding.stdin.end(`${PASSWORD}\n`);
    await once(adding, 'exit');
  }
  const child = spawn(process.execPath, [main, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const greeting = /^Tyst is running at (http:\S+)$/m;
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!greeting.test(text)) await once(child.stdout, 'data', { signal: AbortSignal.timeout(60_000) });
  const url = greeting.exec(text)?.[1] ?? '';
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'anna', password: PASSWORD }),
  });
  return { child, url, cookie: (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' };
}

const body = padded(JSON.stringify({ answers: aConversation() }), 1024);

/** Sends a call, and once more where the connection had been idle and was closed: with its receipt that is harmless. */
function put(web: Web, agent: Agent, receipt = aReceipt(), again = true): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      Cookie: web.cookie,
    };
    const sent = request(`${web.url}/api/v1/calls/${receipt}`, { method: 'PUT', agent, headers }, (reply) => {
      reply.resume();
      reply.on('end', () => {
        if ([200, 201].includes(reply.statusCode ?? 0)) resolve();
        else reject(new Error(`PUT: ${String(reply.statusCode)}`));
      });
    });
    sent.on('error', (error) => {
      if (sent.reusedSocket && again) put(web, agent, receipt, false).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}

const TIMES = 3;
const CALLS = 3_000;
const SENDERS = 32;

/** Sends calls to web processes in turn. */
async function send(webs: readonly Web[], postmaster: number, print: (line: string) => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * SENDERS });
  const pids = webs.flatMap(({ child }) => familyNamed(child.pid ?? 0, 'web-process'));
  const used = () => [processorSeconds(pids), processorSeconds(familyOf(postmaster))] as const;
  const [rate, web, database]: [number[], number[], number[]] = [[], [], []];
  for (let time = 0; time <= TIMES; time += 1) {
    const before = used();
    const began = performance.now();
    await together(CALLS, SENDERS, async (index) => {
      for (const one of webs.slice(index % webs.length).slice(0, 1)) await put(one, agent);
    });
    const seconds = (performance.now() - began) / 1000;
    const after = used();
    // The first warms up.
    if (time === 0) continue;
    rate.push(CALLS / seconds);
    web.push(((after[0] - before[0]) / CALLS) * 1e6);
    database.push(((after[1] - before[1]) / CALLS) * 1e6);
  }
  agent.destroy();
  print(
    `${SENDERS} calls at a time to ${webs.length} web process(es), sender and server on the same machine:`,
  );
  print(
    `  ${span(rate, 0)} a second; processor a call: web ${span(web, 0)} µs, PostgreSQL ${span(database, 0)} µs`,
  );
}

/**
 * Measures one web process, and two. What a call takes of the processors is much the same on every machine, and says what
 * a second one is good for; the rate is not.
 */
export async function putRates(place: Place, print: (line: string) => void): Promise<void> {
  const webs: Web[] = [];
  try {
    for (const name of ['first', 'second']) {
      webs.push(await startWeb(place, name));
      await send(webs, place.postmaster, print);
    }
  } finally {
    for (const { child } of webs) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
}
