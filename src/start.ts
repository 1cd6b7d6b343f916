/** `tyst start`: database, schema, then the web and the keeper process, kept running until told to stop. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deskEntities } from './desk/entities.js';
import { install } from './install.js';
import type { KeeperBrief, Message, WebBrief } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { CommandError } from './platform/command-error.js';
import { webLoginsOf } from './platform/credentials.js';
import { connect } from './platform/database.js';
import { lookAtKeys, lookAtServer } from './platform/first-look.js';
import { holdInstallation, roleUrl, type Installation } from './platform/installation.js';
import { describeError, log } from './platform/log.js';
import { portRefused } from './platform/port.js';
import { RESTART_PAUSE, RestartingProcess } from './platform/restarting-process.js';
import { addressOf, type Configuration } from './platform/configuration.js';
import type { RoleName } from './platform/roles.js';
import { untilSignal } from './platform/signals.js';
import { standbyUrl } from './platform/standby.js';
import { printWelcome } from './welcome.js';

const here = fileURLToPath(new URL('.', import.meta.url));

function briefs(
  installation: Installation,
  { timeZone, dataDir, keys, host, port, statisticsDatabaseUrl }: Configuration,
): { web: WebBrief; keeper: KeeperBrief } {
  if (installation.server !== null && statisticsDatabaseUrl !== null)
    throw new CommandError(
      'STATISTICS_DATABASE_URL names a standby, and the embedded PostgreSQL has none. Leave it out, or set DATABASE_URL too.',
    );
  const url = (role: RoleName) => roleUrl(installation, role);
  return {
    web: {
      urls: webLoginsOf(url),
      standby: standbyUrl(statisticsDatabaseUrl, url('reader')),
      ...{ timeZone, host, port },
    },
    keeper: { url: url('keeper'), timeZone, dataDir, keys: { ...keys } },
  };
}

/** Starts the embedded server again whenever it ends by itself. */
async function keepServer(installation: Installation, isStopping: () => boolean): Promise<void> {
  const { server } = installation;
  if (server === null) return;
  for (;;) {
    await server.exited;
    if (isStopping()) return;
    log('database-ended');
    await pause(RESTART_PAUSE);
    if (isStopping()) return;
    try {
      await server.restart();
    } catch (error) {
      log('database-not-restarted', describeError(error));
    }
  }
}

/** What is printed when the page is there. */
async function greet(installation: Installation, configuration: Configuration, port: number): Promise<void> {
  const address = addressOf({ host: configuration.host, port });
  process.stdout.write(`\nTyst is running at ${address}\n`);
  const desk = await connect({ url: roleUrl(installation, 'desk'), entities: deskEntities, poolSize: 1 });
  try {
    await printWelcome(desk, clockIn(configuration.timeZone), address);
  } finally {
    await desk.destroy();
  }
}

/**
 * Runs until SIGINT or SIGTERM. Throws DataDirectoryInUse when another Tyst holds the data directory, and
 * CommandError when the port cannot be had, the key of the night is not there, or the database is not to be used as it
 * is (made by a newer version, on a server that TYST_STRICT refuses); all leave whatever else runs unharmed.
 */
export async function start(configuration: Configuration): Promise<void> {
  // First of all: a signal that comes while the database starts must end what has begun, in order.
  const signal = untilSignal();
  try {
    await runUntil(signal, configuration);
  } catch (error) {
    // Ctrl+C reaches the programs that make the database too; what they say then is no failure.
    if (!signal.aborted) throw error;
    log('stopped-while-starting', describeError(error));
  }
}

async function runUntil(signal: AbortSignal, configuration: Configuration): Promise<void> {
  const installation = await holdInstallation(configuration);
  let stopping = false;
  const processes: RestartingProcess[] = [];
  try {
    const brief = briefs(installation, configuration);
    await install(installation, clockIn(configuration.timeZone), {
      first: async (owner) => {
        await lookAtServer(owner, configuration, log);
        await lookAtKeys(owner, configuration, log);
      },
    });
    void keepServer(installation, () => stopping);
    const refused = new Promise<never>((_resolve, reject) => {
      // The port that the web process listens on, and whether the keeper has begun; null and false until they say so.
      let [port, begun]: [number | null, boolean] = [null, false];
      // Once: when the page is there, and what is sent from it is taken in.
      const greetOnce = () => {
        if (port !== null && begun) greet(installation, configuration, port).catch(reject);
      };
      const onWebMessage = (message: Message) => {
        // Once it has had its port it will get it again: whoever holds it now may be on its way out.
        if (message.kind === 'port-refused' && port === null)
          reject(portRefused(configuration, message.code));
        if (message.kind === 'ready' && port === null) {
          // A port that the system chose is kept when the process is started again.
          [port, brief.web.port] = [message.port, message.port];
          greetOnce();
        }
      };
      const onKeeperMessage = (message: Message) => {
        if (message.kind === 'keys-refused') reject(new CommandError(message.message));
        if (message.kind === 'ready' && !begun) {
          begun = true;
          greetOnce();
        }
      };
      processes.push(
        new RestartingProcess(join(here, 'web-process.js'), brief.web, onWebMessage),
        new RestartingProcess(join(here, 'keeper-process.js'), brief.keeper, onKeeperMessage),
      );
    });
    if (signal.aborted) return;
    for (const each of processes) each.run();
    await Promise.race([once(signal, 'abort'), refused]);
  } finally {
    stopping = true;
    await Promise.all(processes.map((each) => each.stop()));
    await installation.server?.stop();
  }
}
