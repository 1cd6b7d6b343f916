/** The rows of intake on their way through a turn: the finished ones are counted, the others sealed anew. */
import { callSealing, unpackCall } from '../contract/call.js';
import type { Month } from '../contract/period.js';
import { batchSealer } from '../platform/envelope.js';
import type { Changes, IntakeRow, StayingRow } from './intake-store.js';
import type { Ledger } from './ledger.js';
import type { Open } from './opener.js';

/** The public half of the key to which rows are sealed anew. */
interface NextKey {
  readonly id: string;
  readonly publicKey: Buffer;
}

export class Rows {
  private readonly anew = new Map<string, StayingRow>();
  /** By receipt hash, in the end, whether a row that changed after it was seen, or did not open, is counted. */
  private readonly counted = new Map<string, boolean>();
  private readonly sealed = batchSealer();
  /** Of what months there are rows that did not open, or came too late: they are dropped, their receipts not remembered. */
  readonly dropped = new Set<Month>();

  constructor(
    private readonly open: Open,
    private readonly next: NextKey,
    private readonly ledger: Ledger,
  ) {}

  /** What stays, under the next key. */
  get staying(): StayingRow[] {
    return [...this.anew.values()];
  }

  /** Receipts that were noted as counted and are not, and the other way round. */
  get corrections(): { readonly taken: Buffer[]; readonly added: Buffer[] } {
    const hashes = (wanted: boolean) =>
      [...this.counted].flatMap(([hash, counted]) => (counted === wanted ? [Buffer.from(hash, 'hex')] : []));
    return { taken: hashes(false), added: hashes(true) };
  }

  private note(rows: readonly IntakeRow[], counted: boolean): void {
    for (const { finished, receiptHash } of rows)
      if (finished) this.counted.set(receiptHash.toString('hex'), counted);
  }

  /** Takes rows as they are seen first: while some are counted, the next ones are opened, and more are fetched. */
  async seeAll(batches: AsyncIterable<readonly IntakeRow[]>): Promise<void> {
    let ahead: { rows: readonly IntakeRow[]; opened: ReturnType<Open> } | null = null;
    const finish = async (batch: typeof ahead) => {
      if (batch !== null) this.note(await this.takeOpened(batch.rows, await batch.opened, 1), false);
    };
    for await (const rows of batches) {
      const opened = this.open(rows);
      // What becomes of it is awaited with the next batch, or at the end.
      opened.catch(() => undefined);
      await finish(ahead);
      ahead = { rows, opened };
    }
    await finish(ahead);
  }

  /** Takes what changed since: rows that are not there any more are taken back, new ones are taken. */
  async change({ gone, come }: Changes): Promise<void> {
    await this.take(gone, -1);
    this.note(gone, false);
    const failed = new Set(await this.take(come, 1));
    this.note(come, true);
    this.note([...failed], false);
  }

  /** The rows that were dropped. */
  private async take(rows: readonly IntakeRow[], by: 1 | -1): Promise<IntakeRow[]> {
    return this.takeOpened(rows, await this.open(rows), by);
  }

  private async takeOpened(
    rows: readonly IntakeRow[],
    packed: readonly (Uint8Array | null)[],
    by: 1 | -1,
  ): Promise<IntakeRow[]> {
    const failed: IntakeRow[] = [];
    for (const [index, row] of rows.entries()) {
      const bytes = packed[index] ?? null;
      const fine =
        bytes !== null && (row.finished ? await this.count(row, bytes, by) : this.seal(row, bytes, by));
      if (!fine) failed.push(row);
    }
    if (by === 1) for (const { month } of failed) this.dropped.add(month);
    return failed;
  }

  private async count({ month }: IntakeRow, packed: Uint8Array, by: 1 | -1): Promise<boolean> {
    const codes = unpackCall(packed);
    return codes !== null && (await this.ledger.count(month, codes, by));
  }

  private seal({ receiptHash, day, month }: IntakeRow, packed: Uint8Array, by: 1 | -1): boolean {
    const hash = receiptHash.toString('hex');
    if (by === -1) return this.anew.delete(hash);
    const { id: keyId, publicKey } = this.next;
    const envelope = this.sealed(publicKey, packed, callSealing(hash, month, keyId));
    this.anew.set(hash, { receiptHash, keyId, day, month, envelope });
    return true;
  }
}
