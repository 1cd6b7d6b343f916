/** `tyst start`: database, schema, then the web and the keeper process, kept running until told to stop. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deskEntities } from './desk/entities.js';
import { firstAdministratorInvitation } from './desk/people/invitations.js';
import { forgetDraws, install, tidyAfterCrash } from './install.js';
import { messageSchema, startChild, type Brief, type Message } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { CommandError } from './platform/command-error.js';
import { connect } from './platform/database.js';
import { holdInstallation, roleUrl, type Installation } from './platform/installation.js';
import { describeError, log } from './platform/log.js';
import { addressOf, type Settings } from './platform/settings.js';
import { untilSignal } from './platform/signals.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const RESTART_PAUSE = 1_000;
const STOP_PATIENCE = 10_000;

/** A process that is started again whenever it ends, until it is stopped. */
class Kept {
  private child: ChildProcess | null = null;
  private stopped = false;

  constructor(
    private readonly entry: string,
    private readonly brief: Brief,
    private readonly onMessage: (message: Message) => void,
    /** Called when it has ended by itself, before it is started again. */
    private readonly onEnd: () => void = () => undefined,
  ) {}

  run(): void {
    const child = startChild(join(here, this.entry), this.brief);
    this.child = child;
    child.on('message', (message) => {
      const parsed = messageSchema.safeParse(message);
      if (parsed.success) this.onMessage(parsed.data);
    });
    child.on('exit', () => this.startAgain());
    child.on('error', () => {
      // Without a number it never began (no memory, too many processes), and so does not exit either.
      if (child.pid === undefined) this.startAgain();
    });
  }

  private startAgain(): void {
    this.child = null;
    if (this.stopped) return;
    log('process-ended', { process: this.entry.replace('-process.js', '') });
    this.onEnd();
    void pause(RESTART_PAUSE).then(() => {
      if (!this.stopped) this.run();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const { child } = this;
    if (child === null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
    if (child.connected) child.disconnect();
    await ended;
    clearTimeout(impatience);
  }
}

function briefs(installation: Installation, settings: Settings): { web: Brief; keeper: Brief } {
  const { timeZone, dataDir, host, port } = settings;
  const common = { timeZone, dataDir, host, port };
  const url = (role: Parameters<typeof roleUrl>[1]) => roleUrl(installation, role);
  return {
    web: { ...common, urls: { intake: url('intake'), reader: url('reader'), desk: url('desk') } },
    keeper: { ...common, urls: { keeper: url('keeper') } },
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
      await tidyAfterCrash(installation);
    } catch (error) {
      log('database-not-restarted', describeError(error));
    }
  }
}

/** The one-time link for the first administrator, printed until somebody has used it. */
async function printWelcome(installation: Installation, settings: Settings, port: number): Promise<void> {
  const url = addressOf({ host: settings.host, port });
  process.stdout.write(`\nTyst is running at ${url}\n`);
  const desk = await connect({ url: roleUrl(installation, 'desk'), entities: deskEntities, poolSize: 1 });
  try {
    const token = await firstAdministratorInvitation(desk, clockIn(settings.timeZone));
    if (token === null) return;
    process.stdout.write(
      `\nSet up the first administrator, user name admin (the link works once, for 24 hours):\n  ${url}/invitation#${token}\n\n`,
    );
  } finally {
    await desk.destroy();
  }
}

const portErrors: Record<string, string> = {
  EADDRINUSE: 'is taken by another program. Stop that program, or choose another port with PORT',
  EACCES: 'may not be used by this user. Choose a port above 1023 with PORT',
};

const portRefused = ({ host, port }: Settings, code: string) =>
  new CommandError(`Port ${port} on ${host} ${portErrors[code] ?? `cannot be listened on (${code})`}.`);

/**
 * Runs until SIGINT or SIGTERM. Throws DataDirectoryInUse when another Tyst holds the data directory, and
 * CommandError when the port cannot be had; both leave whatever else runs unharmed.
 */
export async function start(settings: Settings): Promise<void> {
  // First of all: a signal that comes while the database starts must end what has begun, in order.
  const signal = untilSignal();
  try {
    await runUntil(signal, settings);
  } catch (error) {
    // Ctrl+C reaches the programs that make the database too; what they say then is no failure.
    if (!signal.aborted) throw error;
    log('stopped-while-starting', describeError(error));
  }
}

async function runUntil(signal: AbortSignal, settings: Settings): Promise<void> {
  const installation = await holdInstallation(settings);
  let stopping = false;
  let tidied = Promise.resolve();
  const processes: Kept[] = [];
  try {
    await install(installation, clockIn(settings.timeZone));
    void keepServer(installation, () => stopping);
    const brief = briefs(installation, settings);
    const refused = new Promise<never>((_resolve, reject) => {
      let greeted = false;
      const onWebMessage = (message: Message) => {
        // Once it has had its port it will get it again: whoever holds it now may be on its way out.
        if (message.kind === 'port-refused' && !greeted) reject(portRefused(settings, message.code));
        if (message.kind === 'ready' && !greeted) {
          greeted = true;
          // A port that the system chose is kept when the process is started again.
          brief.web.port = message.port;
          printWelcome(installation, settings, message.port).catch(reject);
        }
      };
      const tidy = () => {
        // One after the other: after a long time off many periods close in a row.
        tidied = tidied
          .then(() => forgetDraws(installation))
          .catch((error: unknown) => {
            log('rewrite-failed', describeError(error));
          });
      };
      const onKeeperMessage = (message: Message) => {
        if (message.kind === 'close-ended') tidy();
      };
      processes.push(
        new Kept('web-process.js', brief.web, onWebMessage),
        // It may have been killed while it closed a period, and then tells nobody.
        new Kept('keeper-process.js', brief.keeper, onKeeperMessage, tidy),
      );
    });
    if (signal.aborted) return;
    for (const kept of processes) kept.run();
    await Promise.race([once(signal, 'abort'), refused]);
  } finally {
    stopping = true;
    await Promise.all(processes.map((kept) => kept.stop()));
    // The next start does it, should a database that is away or busy hold it up.
    await Promise.race([tidied, pause(STOP_PATIENCE, undefined, { ref: false })]);
    await installation.server?.stop();
  }
}
