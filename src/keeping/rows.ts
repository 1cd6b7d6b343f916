/** The rows of intake on their way through a turn: the finished ones are counted, the others sealed anew. */
import { callName, CALL_BYTES, unpackCall } from '../contract/call.js';
import type { Month } from '../contract/period.js';
import { sealEnvelope } from '../platform/envelope.js';
import type { IntakeRow } from './intake-store.js';
import type { Ledger } from './ledger.js';
import type { Open } from './opener.js';

/** The public half of the key to which rows are sealed anew. */
interface NextKey {
  readonly id: string;
  readonly publicKey: Buffer;
}

export class Rows {
  private readonly anew = new Map<string, Omit<IntakeRow, 'finished'>>();
  /** Receipts of finished rows that were seen and are not counted after all. */
  readonly taken: Buffer[] = [];
  /** Receipts of finished rows that came after the others were seen. */
  readonly added: Buffer[] = [];
  /** Of what months there are rows that did not open, or came too late: they are dropped, their receipts not remembered. */
  readonly dropped = new Set<Month>();

  constructor(
    private readonly open: Open,
    private readonly next: NextKey,
    private readonly ledger: Ledger,
  ) {}

  /** What stays, under the next key. */
  get staying(): Omit<IntakeRow, 'finished'>[] {
    return [...this.anew.values()];
  }

  /** Takes rows as they are seen before the lock. */
  async see(rows: readonly IntakeRow[]): Promise<void> {
    for (const row of await this.take(rows, 1)) this.taken.push(row.receiptHash);
  }

  /** Takes rows back that are not there any more, or not as they were seen. */
  async takeBack(rows: readonly IntakeRow[]): Promise<void> {
    await this.take(rows, -1);
    this.taken.push(...finishedOf(rows));
  }

  /** Takes rows that came since, or have changed. */
  async come(rows: readonly IntakeRow[]): Promise<void> {
    const failed = new Set(await this.take(rows, 1));
    this.added.push(...finishedOf(rows.filter((row) => !failed.has(row))));
  }

  /** The rows that were dropped. */
  private async take(rows: readonly IntakeRow[], by: 1 | -1): Promise<IntakeRow[]> {
    const packed = await this.open(rows);
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
    const { envelope } = sealEnvelope(publicKey, packed, {
      name: callName(hash, month, keyId),
      least: CALL_BYTES,
    });
    this.anew.set(hash, { receiptHash, keyId, day, month, envelope });
    return true;
  }
}

const finishedOf = (rows: readonly IntakeRow[]): Buffer[] =>
  rows.flatMap(({ finished, receiptHash }) => (finished ? [receiptHash] : []));
