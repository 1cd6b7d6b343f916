/** The installation whose keeper is killed again and again, and what each kill may not do to it. */
import { rmSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { deskEntities } from '../../../src/desk/entities.js';
import { storeCall, withdrawCall } from '../../../src/intake/store.js';
import type { Desk } from '../../../src/keeping/quarter.js';
import { prepareKey, turnKey, type Keeping } from '../../../src/keeping/turn.js';
import { connect } from '../../../src/platform/database.js';
import { roleUrl } from '../../../src/platform/installation.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../../support/database.js';
import { keepingOf } from '../../support/keeping.js';
import { smallPlan } from '../../support/small.js';
import {
  addCall,
  differences,
  filesOf,
  frozenOf,
  keyFile,
  openBooks,
  type Books,
  type Values,
} from './books.js';
import { Doom, watchFiles, wayTo, type Fate } from './doom.js';

export const TODAY = '2026-10-20';
export const YESTERDAY = '2026-10-19';
export const MONTH = '2026-10';

const plan = smallPlan('small');
const desk: Desk = {
  planOf: () => Promise.resolve(plan),
  vocabularyOf: () => Promise.resolve(vocabulary),
};

/** A call that was acknowledged. */
export interface Taken {
  readonly receipt: string;
  readonly day: string;
  readonly month: string;
  readonly codes: number[];
}

/** What never happens, and how often it did. */
export interface Wrongs {
  /** Queries whose answer is not that of the acknowledged calls. */
  miscounted: number;
  /** Starts after which other files than the key lay in the directory. */
  keys: number;
  /** Receipts that were answered as if what became of their call were something else. */
  receipts: number;
  /** Rows that do not open, or that a person could not amend or withdraw. */
  stuck: number;
  /** Work that was done and of which it was said that it had failed, or the other way about. */
  untrue: number;
}

/** What a process is to do before it dies, and what is looked at when the next has started. */
export interface Trial {
  readonly run: (keeping: Keeping) => Promise<unknown>;
  /** Told whether `run` said that it was done. Notes in `expected` what must be counted now. */
  readonly after: (done: boolean, fate: Fate) => Promise<void>;
}

export class KilledLine {
  expected: Values = new Map();
  readonly wrongs: Wrongs = { miscounted: 0, keys: 0, receipts: 0, stuck: 0, untrue: 0 };
  private readonly doomedKeys: string;

  private constructor(readonly database: TestDatabase) {
    this.doomedKeys = `${database.keys.path}-doomed`;
    symlinkSync(basename(database.keys.path), this.doomedKeys);
  }

  static async begin(): Promise<KilledLine> {
    const line = new KilledLine(await freshDatabase(standingClock('2026-10-01T10:00:00Z')));
    await line.beginQuarters('2026-Q3', '2026-Q4');
    return line;
  }

  async remove(): Promise<void> {
    rmSync(this.doomedKeys);
    await this.database.destroy();
  }

  keeping(today: string = TODAY, change: Partial<Keeping> = {}): Keeping {
    return keepingOf(this.database, today, { desk, ...change });
  }

  /** Lets quarters begin, with counters that are from then on expected. */
  async beginQuarters(...quarters: string[]): Promise<void> {
    await turnKey(this.keeping(), {
      before: async ({ countersOf }) => {
        for (const quarter of quarters) await countersOf(quarter);
      },
      after: () => Promise.resolve(),
    });
    const { counters } = await this.books();
    for (const quarter of quarters)
      this.expected.set(quarter, counters.get(quarter) ?? new Map<number, number>());
  }

  books(): Promise<Books> {
    return openBooks(this.database);
  }

  /** Takes a call in, and expects it to be counted. */
  async take(day: string, month = MONTH): Promise<Taken> {
    const codes = codesOf(aConversation());
    const taken = { receipt: aReceipt(), day, month, codes };
    const outcome = await storeCall(this.database.intake, taken);
    if (outcome !== 'stored') throw new Error(`A call was not taken in: ${outcome}.`);
    addCall(this.expected, await frozenOf(this.database, month), taken, 1);
    return taken;
  }

  /** Sends a call again: it is replaced where it still lies there, and else it was counted and its receipt says so. */
  async sendAgain(call: Taken, counted: boolean): Promise<void> {
    const outcome = await storeCall(this.database.intake, call);
    if (outcome !== (counted ? 'sealed' : 'replaced')) this.wrongs.receipts += 1;
  }

  /** Amends a call that is not finished, and withdraws it. */
  async withdraw(call: Taken): Promise<void> {
    const amended = await storeCall(this.database.intake, {
      ...call,
      codes: codesOf(aConversation({ area: 'SE110' })),
    });
    const withdrawn = await withdrawCall(this.database.intake, call.receipt);
    if (amended !== 'replaced' || withdrawn !== 'withdrawn') this.wrongs.stuck += 1;
    addCall(this.expected, await frozenOf(this.database, call.month), call, -1);
  }

  /** Does something in a process that dies, or stumbles, at a step, and then starts anew. The steps there were. */
  async kill({ run, after }: Trial, at: number, fate: Fate, today = TODAY): Promise<Doom> {
    const doom = new Doom(at, fate);
    const way = await wayTo(roleUrl(this.database.installation, 'keeper'), doom);
    const keeper = await connect({ url: way.url, entities: deskEntities, poolSize: 3 });
    const keys = { path: this.doomedKeys, named: false };
    const undo = watchFiles(this.doomedKeys, doom);
    doom.begin();
    const done = await run(this.keeping(today, { keeper, keys })).then(
      () => true,
      () => false,
    );
    undo();
    await way.end();
    await keeper.destroy().catch(() => undefined);
    await prepareKey(this.keeping(today));
    await after(done, fate);
    await this.check();
    return doom;
  }

  /** Whether every acknowledged call is counted or still lies there, once, under the one key there is. */
  async check(): Promise<void> {
    const key = basename(await keyFile(this.database));
    if (filesOf(this.database).join() !== key) this.wrongs.keys += 1;
    const { counters, rows } = await this.books();
    for (const { month, codes } of rows) {
      if (codes === null) this.wrongs.stuck += 1;
      else addCall(counters, await frozenOf(this.database, month), { month, codes }, 1);
    }
    this.wrongs.miscounted += differences(counters, this.expected);
  }
}
