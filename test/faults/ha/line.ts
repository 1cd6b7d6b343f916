/** One line of support as it is run: a primary, an address that leads to it, two web processes, a keeper, and handlers. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { monthOfDay, quarterOfMonth, type Month, type Quarter } from '../../../src/contract/period.js';
import type { Counters } from '../../../src/keeping/counters.js';
import { clockIn } from '../../../src/platform/clock.js';
import { connect } from '../../../src/platform/database.js';
import { NOON } from '../../support/noon.js';
import type { Keepable } from '../../support/keeping.js';
import { openedCounters } from '../../support/opened.js';
import { startAddresses, type Addresses } from './address.js';
import { Server, serversFolder } from './cluster.js';
import { Handlers } from './handlers.js';
import { endAll, type Outcome } from './processes.js';
import { Tyst } from './tyst.js';

const OWNER_PASSWORD = 'of the owner';
const PASSWORD = 'en lång och god lösenfras';
/** Handlers that are signed in, and windows that each has open. */
const [PEOPLE, WINDOWS] = [4, 3];

export class Line {
  /** How many standbys there have been: each has a name of its own. */
  private standbys = 0;

  private constructor(
    readonly folder: string,
    public primary: Server,
    readonly addresses: Addresses,
    readonly tyst: Tyst,
    readonly handlers: Handlers,
  ) {}

  /** This month and quarter, in the time zone that Tyst runs in. */
  readonly month: Month = monthOfDay(clockIn(NOON).local().day);
  readonly quarter: Quarter = quarterOfMonth(this.month);

  /** Everything up and running, the quarter begun, people signed in, and nobody at work yet. */
  static async begin(): Promise<Line> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tyst-ha-')));
    chmodSync(folder, 0o755);
    const servers = join(folder, 'servers');
    serversFolder(servers);
    const primary = await Server.at(servers, 'first');
    await primary.create();
    await primary.query(`CREATE ROLE tyst_owner LOGIN CREATEROLE PASSWORD '${OWNER_PASSWORD}'`);
    await primary.query('CREATE DATABASE tyst OWNER tyst_owner');
    const tyst = await Tyst.at(folder);
    const addresses = await startAddresses(folder, primary.port, tyst.webPorts);
    const { databasePort, pages } = addresses;
    tyst.databaseUrl = `postgres://tyst_owner:${encodeURIComponent(OWNER_PASSWORD)}@127.0.0.1:${databasePort}/tyst`;
    const line = new Line(folder, primary, addresses, tyst, new Handlers(pages, WINDOWS));
    await tyst.begin();
    await line.done('web', ['plan', 'set', line.quarter, '--preset', 'medium']);
    await line.done('keeper', ['seal']);
    for (let person = 1; person <= PEOPLE; person += 1) {
      const username = `handler${person}`;
      const add = ['user', 'add', '--username', username, '--role', 'handler', '--password-stdin'];
      await line.done('web', add, `${PASSWORD}\n`);
      await line.handlers.signIn(username, PASSWORD);
    }
    return line;
  }

  /** A command that must come to a good end. */
  async done(who: 'web' | 'keeper', args: readonly string[], input = ''): Promise<Outcome> {
    const outcome = await this.tyst.launch(who, args, { input }).ended;
    if (outcome.code !== 0)
      throw new Error(`tyst ${args.join(' ')} ended with ${String(outcome.code)}: ${outcome.stderr}`);
    return outcome;
  }

  /** A new standby of the primary; with `waitedFor` a commit waits for it. */
  async standby(waitedFor: boolean): Promise<Server> {
    this.standbys += 1;
    const standby = await this.primary.standby(join(this.folder, 'servers'), `standby${this.standbys}`);
    if (waitedFor) await this.primary.waitFor(standby);
    return standby;
  }

  /** The standby takes over from a primary that is gone, and the address follows. */
  async takeOver(standby: Server): Promise<void> {
    await standby.promote();
    await this.addresses.lead(standby.port);
    this.primary = standby;
  }

  /** The database of a server, as its superuser sees it who has the key directory too. */
  async look<Result>(
    work: (machine: Keepable & { readonly owner: DataSource }) => Promise<Result>,
    server = this.primary,
    database = 'tyst',
  ): Promise<Result> {
    const owner = await connect({ url: server.url(database), poolSize: 1 });
    try {
      return await work({ owner, keeper: owner, keys: { path: this.tyst.keyDirectory, named: true } });
    } finally {
      await owner.destroy();
    }
  }

  /** The quarter's counters, open: the first share of the noise and what was counted. */
  counters(): Promise<Counters> {
    return this.look((machine) => openedCounters(machine, this.quarter));
  }

  async end(): Promise<void> {
    await this.handlers.rest().catch(() => undefined);
    await endAll();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  }
}
