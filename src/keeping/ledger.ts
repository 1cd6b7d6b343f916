/** The counters of every quarter, open, in memory for the length of one turn of the key. */
import { monthsOfQuarter, quarterOfMonth, type Day, type Month, type Quarter } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import type { Transaction } from '../platform/database.js';
import { callCounter, type CallCounter } from './count-call.js';
import { deleteCounters, readCounters, writeCounters } from './counters-store.js';
import { beginCounters, lockCounters, openCounters, type Counters } from './counters.js';
import type { NightKey } from './keys.js';
import type { RandomSource } from './noise.js';
import { findQuarter, noteCountedFrom, publishedAmong } from './quarter-store.js';
import { beginQuarter, openQueries, type Desk, type FrozenQuarter } from './quarter.js';

const notTheirs = (quarter: Quarter) =>
  new CommandError(
    `The counters of ${quarter} do not open: they, the plan or the vocabulary are not what the quarter began with. Nothing was counted, closed or destroyed. Put the database back as it was.`,
  );

interface Account {
  readonly counters: Counters;
  readonly count: CallCounter;
  /** Months whose numbers are out: no call of theirs can be counted any more. */
  readonly out: ReadonlySet<string>;
}

export class Ledger {
  private readonly accounts = new Map<Quarter, Account>();
  private readonly forgotten = new Set<Quarter>();

  constructor(
    private readonly transaction: Transaction,
    private readonly desk: Desk,
    private readonly random: RandomSource,
  ) {}

  /** Opens what is there. Throws CommandError where something does not open. */
  async open(key: NightKey): Promise<void> {
    for (const { quarter, keyId, blob } of await readCounters(this.transaction)) {
      const frozen = await findQuarter(this.transaction, quarter);
      const open = frozen === null ? [] : await openQueries(this.transaction, frozen);
      const counters = frozen === null || keyId !== key.id ? null : openCounters(blob, frozen, open, key);
      if (counters === null) throw notTheirs(quarter);
      await this.add(counters);
    }
  }

  /**
   * Begins the counters anew of every quarter that had any, and of which calls are lost, and notes since when; the
   * quarters. Before its first seal a quarter has calls and no counters.
   */
  async beginAnew(today: Day, lost: ReadonlySet<Month>): Promise<Quarter[]> {
    const counted = (await readCounters(this.transaction)).map(({ quarter }) => quarter);
    const known = new Set([...counted, ...[...lost].map(quarterOfMonth)]);
    const out = await publishedAmong(this.transaction, [...known]);
    const quarters = [...known].filter((quarter) => !out.has(quarter)).sort();
    for (const quarter of quarters) {
      await this.of(quarter);
      await noteCountedFrom(this.transaction, quarter, today);
    }
    return quarters;
  }

  private async add(counters: Counters): Promise<Account> {
    const { quarter } = counters.quarter;
    const out = await publishedAmong(this.transaction, [quarter, ...monthsOfQuarter(quarter)]);
    const account = { counters, count: callCounter(counters.quarter), out };
    this.accounts.set(quarter, account);
    return account;
  }

  /** A quarter as it was frozen; it begins if it had not. */
  begin(quarter: Quarter): Promise<FrozenQuarter> {
    return beginQuarter(this.transaction, quarter, this.desk);
  }

  private async accountOf(quarter: Quarter): Promise<Account> {
    const known = this.accounts.get(quarter);
    if (known !== undefined) return known;
    const frozen = await this.begin(quarter);
    this.forgotten.delete(quarter);
    return this.add(beginCounters(frozen, await openQueries(this.transaction, frozen), this.random));
  }

  /** A quarter's counters; begun, with their first share of noise, if there were none. */
  async of(quarter: Quarter): Promise<Counters> {
    return (await this.accountOf(quarter)).counters;
  }

  /** Forgets a quarter's counters, and those that are begun after it are new ones. */
  forget(quarter: Quarter): void {
    this.accounts.delete(quarter);
    this.forgotten.add(quarter);
  }

  /** Counts a call `by` times; false where its month's numbers are out, so that it cannot be counted any more. */
  async count(month: Month, codes: ArrayLike<number>, by: 1 | -1): Promise<boolean> {
    const quarter = quarterOfMonth(month);
    const { counters, count, out } = this.accounts.get(quarter) ?? (await this.accountOf(quarter));
    if (out.has(month) || out.has(quarter)) return false;
    const { values } = counters;
    count({ month, codes }, (query, amount) => {
      values.set(query, (values.get(query) ?? NaN) + by * amount);
    });
    return true;
  }

  /** Writes everything under a key. */
  async write(key: NightKey): Promise<void> {
    for (const quarter of this.forgotten) await deleteCounters(this.transaction, quarter);
    for (const [quarter, { counters }] of this.accounts) {
      // All of it is out: a blob that stayed would be one of a key that is destroyed.
      if (counters.values.size === 0) await deleteCounters(this.transaction, quarter);
      else
        await writeCounters(this.transaction, { quarter, keyId: key.id, blob: lockCounters(counters, key) });
    }
  }
}
