/** The web server of a process, from its logins to its end. It holds three of them, none of which can read a code of a call. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { deskEntities } from './desk/entities.js';
import type { WebBrief } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import type { WebLogins } from './platform/credentials.js';
import { connect, type WebDatabase } from './platform/database.js';
import { errorCode } from './platform/errors.js';
import { log } from './platform/log.js';
import { readingFrom } from './platform/standby.js';
import { openWhenThere } from './platform/waiting.js';

/** Milliseconds a statement may take before the request is answered 503: longer than a seal holds the intake. */
const STATEMENT_TIMEOUT = 30_000;

/** Milliseconds that requests under way have to be answered in, once the process is to end. */
const STOP_PATIENCE = 5_000;

/** Opens a pool for each login. Rejects where one of them cannot be had; those that could are closed again. */
async function openPools(urls: WebLogins): Promise<WebDatabase> {
  const open = (url: string, entities: typeof deskEntities = []) =>
    connect({ url, entities, statementTimeout: STATEMENT_TIMEOUT });
  const opening = [open(urls.intake), open(urls.reader), open(urls.desk, deskEntities)] as const;
  try {
    const [intake, reader, desk] = await Promise.all(opening);
    return { intake, reader, desk };
  } catch (error) {
    for (const pool of await Promise.allSettled(opening))
      if (pool.status === 'fulfilled') await pool.value.destroy();
    throw error;
  }
}

/** The port could not be had; `code` is the system's. */
export class PortRefused extends Error {
  constructor(readonly code: string) {
    super('the port cannot be listened on');
  }
}

async function listen(server: Server, { host, port }: Pick<WebBrief, 'host' | 'port'>): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new PortRefused(errorCode(error));
  }
}

/** What is under way is answered, for as long as that is bearable; then nothing holds the process. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const impatience = setTimeout(() => {
    server.closeAllConnections();
  }, STOP_PATIENCE);
  await closed;
  clearTimeout(impatience);
}

interface WebEvents {
  /** Called before anything is served; what it throws ends the process. */
  readonly opened?: (database: WebDatabase) => Promise<void>;
  /** Told the port. */
  readonly listening: (port: number) => void;
}

/** Serves until the signal is aborted; a database that is away is waited for. Throws PortRefused. */
export async function serveWeb(
  { urls, standby, timeZone, host, port }: WebBrief,
  signal: AbortSignal,
  { opened, listening }: WebEvents,
): Promise<void> {
  const open = () => openPools(urls);
  const database = await openWhenThere(log, 'web-waits-for-database', open, signal);
  if (database === null) return;
  const readings = readingFrom(database.reader, standby, log);
  try {
    await opened?.(database);
    const { reading } = readings;
    const server = createServer(createApp({ database, reading, clock: clockIn(timeZone), log }));
    await listen(server, { host, port });
    listening((server.address() as AddressInfo).port);
    // It may have been told to stop before it listened.
    if (!signal.aborted) await once(signal, 'abort');
    await close(server);
  } finally {
    await readings.close();
    await Promise.all(Object.values(database).map((pool) => pool.destroy()));
  }
}
