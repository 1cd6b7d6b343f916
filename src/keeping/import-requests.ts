/**
 * The keeper's side of an import from the web: it opens the envelopes that lie in `desk.import_request`, in memory, and
 * imports what is in them as `tyst import` does. Its key is never written down, and is another one after each round
 * in which it was used: what was in an envelope cannot be read again, wherever a copy of the envelope has stayed.
 */
import type { DataSource, EntityManager } from 'typeorm';
import { importOrderSchema, type ImportOrder, type ImportOutcome } from '../contract/import.js';
import type { Clock } from '../platform/clock.js';
import { CommandError } from '../platform/command-error.js';
import { newRecipient, type OpenedEnvelope } from '../platform/envelope.js';
import { actorOf } from '../platform/event-log.js';
import { describeError, type Log } from '../platform/log.js';
import { FileRefused, type ImportError } from './import-error.js';
import { importCalls, ImportRefused, type Imported } from './import.js';
import type { Desk } from './quarter.js';

export interface ImportRequestDependencies {
  readonly keeper: DataSource;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that have passed since some moment; the process's own clock unless given. */
  readonly elapsed?: () => number;
}

interface Request {
  readonly id: string;
  readonly envelope: Buffer;
}

/** Any answer with the first twenty errors fits; so its size says nothing. */
const LEAST_ANSWER = 16 * 2 ** 10;

/** Milliseconds after which an answer that nobody has fetched is thrown away. */
const UNFETCHED = 60_000;

const NEWLINE = 0x0a;

/** The order, a line of JSON, and the file behind it. */
function readOrder(message: Buffer): { readonly order: ImportOrder; readonly file: Buffer } {
  const end = message.indexOf(NEWLINE);
  const order = importOrderSchema.parse(JSON.parse(message.toString('utf8', 0, end)));
  return { order, file: message.subarray(end + 1) };
}

const reportOf = ({ months, ...counts }: Imported): ImportOutcome => ({
  report: { ...counts, months: [...months] },
});

const pathOf = ({ line, column }: ImportError): string => `lines.${line}${column === '' ? '' : `.${column}`}`;

/** What is told of an import that came to nothing. */
function outcomeOf(error: unknown, log: Log): ImportOutcome {
  if (error instanceof ImportRefused) {
    const errors = error.errors.map((one) => ({ path: pathOf(one), code: one.code }));
    return { errors: error.more > 0 ? [...errors, { path: 'file', code: 'more-errors' }] : errors };
  }
  if (error instanceof FileRefused)
    return { errors: [{ path: error.line === null ? 'file' : `lines.${error.line}`, code: error.code }] };
  // A month that closed meanwhile, or a plan that was changed by hand: the words are ours.
  log('import-failed', error instanceof CommandError ? { reason: error.message } : describeError(error));
  return { failed: true };
}

/** Files from the web, as long as this process is the keeper. */
export class ImportRequests {
  private recipient = newRecipient();
  /** Answers that lay there, and since when on the process's own clock. */
  private readonly unfetched = new Map<string, number>();

  constructor(private readonly dependencies: ImportRequestDependencies) {}

  /** Publishes the key. What a keeper before this one has left, nobody can open any more. */
  async begin(): Promise<void> {
    await this.dependencies.keeper.query(
      `UPDATE desk.import_request SET state = 'refused', envelope = NULL WHERE state IN ('waiting', 'taken')`,
    );
    await this.publishKey();
  }

  /** Imports every file that waits, one after the other. Throws only when the database cannot be reached. */
  async handle(): Promise<void> {
    let used = false;
    for (let request = await this.take(); request !== null; request = await this.take()) {
      used = true;
      await this.carryOut(request);
    }
    if (used) {
      this.recipient = newRecipient();
      await this.publishKey();
    }
    await this.forgetUnfetched();
  }

  private async publishKey(): Promise<void> {
    await this.dependencies.keeper.query(
      `INSERT INTO desk.import_key (public_key) VALUES ($1)
       ON CONFLICT (only_one) DO UPDATE SET public_key = excluded.public_key`,
      [this.recipient.publicKey],
    );
  }

  private async take(): Promise<Request | null> {
    const [[request]]: [Request[], number] = await this.dependencies.keeper.query(
      `UPDATE desk.import_request SET state = 'taken' WHERE state = 'waiting'
       AND id = (SELECT id FROM desk.import_request WHERE state = 'waiting' ORDER BY id LIMIT 1)
       RETURNING id, envelope`,
    );
    return request ?? null;
  }

  private async carryOut({ id, envelope }: Request): Promise<void> {
    const { keeper, log } = this.dependencies;
    const opened = this.recipient.open(envelope, id);
    if (opened === null) {
      await keeper.query(
        `UPDATE desk.import_request SET state = 'refused', envelope = NULL WHERE id = $1 AND state = 'taken'`,
        [id],
      );
      return;
    }
    const answer = async (manager: EntityManager, outcome: ImportOutcome): Promise<boolean> => {
      const [, answered]: [unknown, number] = await manager.query(
        `UPDATE desk.import_request SET state = 'answered', envelope = NULL, answer = $2
         WHERE id = $1 AND state = 'taken'`,
        [id, opened.reply(Buffer.from(JSON.stringify(outcome)), LEAST_ANSWER)],
      );
      return answered > 0;
    };
    const outcome = await this.import(opened, answer).catch((error: unknown) => outcomeOf(error, log));
    // Where the import was stored it was answered with it, and this changes nothing.
    await answer(keeper.manager, outcome);
  }

  private async import(
    { message }: OpenedEnvelope,
    answer: (manager: EntityManager, outcome: ImportOutcome) => Promise<boolean>,
  ): Promise<ImportOutcome> {
    const { keeper, desk, clock } = this.dependencies;
    const { order, file } = readOrder(message);
    const dependencies = {
      keeper,
      desk,
      today: clock.local().day,
      actor: actorOf({ username: order.requestedBy }),
    };
    const { dryRun, drop } = order;
    const imported = await importCalls(dependencies, file, {
      dryRun,
      drop,
      async alongside(manager, stored) {
        // Another keeper has come, and has said that nothing was stored: so be it.
        if (!(await answer(manager, reportOf(stored)))) throw new CommandError('The request is gone.');
      },
    });
    return reportOf(imported);
  }

  private async forgetUnfetched(): Promise<void> {
    const { keeper, elapsed = () => performance.now() } = this.dependencies;
    const rows: { id: string }[] = await keeper.query(
      `SELECT id FROM desk.import_request WHERE state IN ('answered', 'refused')`,
    );
    const now = elapsed();
    const there = new Set(rows.map(({ id }) => id));
    for (const id of this.unfetched.keys()) if (!there.has(id)) this.unfetched.delete(id);
    for (const id of there) if (!this.unfetched.has(id)) this.unfetched.set(id, now);
    const old = [...this.unfetched].filter(([, since]) => now - since >= UNFETCHED).map(([id]) => id);
    if (old.length > 0) await keeper.query('DELETE FROM desk.import_request WHERE id = ANY($1)', [old]);
  }
}
