/** A process that is started again whenever it ends by itself, until it is stopped. */
import type { ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { messageSchema, startChild, type KeeperBrief, type Message, type WebBrief } from './child.js';
import { log } from './log.js';

/** Milliseconds before what has ended is started again. */
export const RESTART_PAUSE = 1_000;
/** Milliseconds that what is stopped has to end in. */
const STOP_PATIENCE = 10_000;

export class RestartingProcess {
  private child: ChildProcess | null = null;
  private stopped = false;

  constructor(
    /** The built entry file, absolute. */
    private readonly entry: string,
    private readonly brief: WebBrief | KeeperBrief,
    private readonly onMessage: (message: Message) => void,
  ) {}

  run(): void {
    const child = startChild(this.entry, this.brief);
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
    log('process-ended', { process: basename(this.entry, '-process.js') });
    void pause(RESTART_PAUSE).then(() => {
      if (!this.stopped) this.run();
    });
  }

  /** Asks it to end, and ends it where it does not in time. Resolves when it has ended. */
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
