/**
 * The processes of Tyst: two for the web and one that keeps, each user of the system with logins of its own in a file; and
 * commands beside them. The owner of the database and the secret are needed before they start, and never again.
 */
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/platform/project.js';
import { NOON } from '../../support/noon.js';
import { quietPort } from '../../support/quiet-port.js';
import { until } from '../../support/until.js';
import { users } from './programs.js';
import { start, type Started, type User } from './processes.js';

const main = join(projectRoot, 'dist/server/app/main.js');

/** Who runs a command, and with whose logins. */
type Who = 'owner' | 'web' | 'keeper';

/** Makes a folder that is closed to everybody else. */
function homeOf(path: string, user: User): string {
  if (existsSync(path)) return path;
  mkdirSync(path);
  chmodSync(path, 0o700);
  chownSync(path, user.uid, user.gid);
  return path;
}

const isServing = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );

export class Tyst {
  private readonly all: Started[] = [];
  private readonly webs: Started[] = [];
  private keeper: Started | null = null;

  private constructor(
    private readonly folder: string,
    readonly webPorts: readonly [number, number],
  ) {}

  /** Nothing runs yet: the proxy has to know the ports first. */
  static async at(folder: string): Promise<Tyst> {
    return new Tyst(folder, [await quietPort(), await quietPort()]);
  }

  /** The owner's way to the database; only for what comes before the start. */
  databaseUrl = '';

  /** Where the keys of the night lie. */
  get keyDirectory(): string {
    return homeOf(join(this.home('keeper'), 'keys-of-the-night'), users.keeper);
  }

  private home(who: Who): string {
    return homeOf(join(this.folder, who), who === 'owner' ? { uid: 0, gid: 0 } : users[who]);
  }

  private environment(who: Who): Record<string, string> {
    const common = { HOME: this.home(who), TYST_TIME_ZONE: NOON };
    const credentials = (of: 'web' | 'keeper') => ({
      TYST_CREDENTIALS_FILE: join(this.home(of), 'credentials.json'),
    });
    if (who === 'owner')
      return {
        ...common,
        DATABASE_URL: this.databaseUrl,
        TYST_SECRET_FILE: join(this.home(who), 'secret'),
        TYST_DATA_DIR: this.home(who),
      };
    // No limit to a session: a handful of them does here what a hundred do in a day.
    if (who === 'web') return { ...common, ...credentials(who), TYST_CALLS_PER_MINUTE: '0' };
    const own = { TYST_DATA_DIR: this.home(who), TYST_KEY_DIR: this.keyDirectory };
    return { ...common, ...credentials(who), ...own };
  }

  /** Starts a command. */
  launch(who: Who, args: readonly string[], { input = '', more = {} } = {}): Started {
    const user = who === 'owner' ? {} : { user: users[who] };
    const environment = { ...this.environment(who), ...more };
    return start(process.execPath, [main, ...args], { ...user, environment, input });
  }

  /** Makes schema and logins, and starts everything. */
  async begin(): Promise<void> {
    await this.asOwner(['migrate']);
    for (const who of ['web', 'keeper'] as const) {
      const { TYST_CREDENTIALS_FILE = '' } = this.environment(who);
      await this.asOwner(['credentials', who], { TYST_CREDENTIALS_FILE });
    }
    this.startKeeper();
    await Promise.all([this.startWeb(0), this.startWeb(1)]);
  }

  private async asOwner(args: readonly string[], more: Record<string, string> = {}): Promise<void> {
    const { code, stderr } = await this.launch('owner', args, { more }).ended;
    if (code !== 0) throw new Error(`tyst ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  }

  private run(who: Who, args: readonly string[], more: Record<string, string> = {}): Started {
    const started = this.launch(who, args, { more });
    this.all.push(started);
    return started;
  }

  /** Starts a web process and waits until it serves. */
  async startWeb(place: 0 | 1): Promise<void> {
    const port = this.webPorts[place];
    this.webs[place] = this.run('web', ['web'], { PORT: String(port) });
    await until(() => isServing(port), 60);
  }

  /** Kills a web process, and waits until it is gone. */
  async killWeb(place: 0 | 1): Promise<void> {
    this.webs[place]?.kill('SIGKILL');
    await this.webs[place]?.ended;
  }

  startKeeper(): void {
    this.keeper = this.run('keeper', ['keeper']);
  }

  /** Waits until the keeper has ended by itself, or ends it; how it ended. */
  async stopKeeper(): Promise<number | null> {
    this.keeper?.kill('SIGTERM');
    return (await this.keeper?.ended)?.code ?? null;
  }

  /** Everything that the processes have said. */
  said(): string {
    return this.all.map((one) => one.said()).join('');
  }
}
