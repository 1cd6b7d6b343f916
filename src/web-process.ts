/** The process that faces the network. It holds three logins, none of which can read a code of a call. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { deskEntities } from './desk/entities.js';
import { readBrief, tellParent, untilParentEnds, type Brief } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { connect, type WebDatabase } from './platform/database.js';
import { describeError, log } from './platform/log.js';

/** Milliseconds a statement may take before the request is answered 503: longer than a seal holds the intake. */
const STATEMENT_TIMEOUT = 30_000;

async function openPools(urls: Brief['urls']): Promise<WebDatabase> {
  const open = (role: string, entities: typeof deskEntities = []) =>
    connect({ url: urls[role] ?? '', entities, statementTimeout: STATEMENT_TIMEOUT });
  const pools = [open('intake'), open('reader'), open('desk', deskEntities)] as const;
  const [intake, reader, desk] = await Promise.all(pools);
  return { intake, reader, desk };
}

/** Opens the pools; where the database is away this process ends, and its parent starts it again. */
async function openPoolsOrEnd(urls: Brief['urls']): Promise<WebDatabase> {
  try {
    return await openPools(urls);
  } catch (error) {
    log('web-waits-for-database', describeError(error));
    return process.exit(1);
  }
}

const stopping = untilParentEnds();
const brief = await readBrief();
const database = await openPoolsOrEnd(brief.urls);
const server = createServer(createApp({ database, clock: clockIn(brief.timeZone), log }));

server.on('error', (error) => {
  tellParent({ kind: 'port-refused', code: 'code' in error ? String(error.code) : 'unknown' });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
server.listen(brief.port, brief.host, () => {
  tellParent({ kind: 'ready', port: (server.address() as AddressInfo).port });
});

function stop(): void {
  // What is under way is answered; then nothing holds the process.
  server.close(() => process.exit());
  server.closeIdleConnections();
  setTimeout(() => process.exit(), 5_000).unref();
}

// It may have been told to stop before it listened.
if (stopping.aborted) stop();
else stopping.addEventListener('abort', stop);
