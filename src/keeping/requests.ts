/**
 * The keeper's side of what it is asked: it opens the envelopes that lie in the database, in memory, and carries out
 * what is in them, one after the other. A file from the web is read here, and what it moves is carried out like an order
 * of a command. Its key is never written down, and is another one after each round in which it was used: what was in an
 * envelope cannot be read again, wherever a copy of the envelope has stayed.
 */
import { importOrderSchema, type ImportOrder, type ImportOutcome } from '../contract/import.js';
import type { Clock } from '../platform/clock.js';
import { CommandError } from '../platform/command-error.js';
import type { Database } from '../platform/database.js';
import { newRecipient, type OpenedEnvelope } from '../platform/envelope.js';
import { actorOf } from '../platform/event-log.js';
import { describeError, type Log } from '../platform/log.js';
import { FileRefused, type ImportError } from './import-error.js';
import { ImportRefused, readImport, type Imported } from './import.js';
import { orderSchema, type Order } from './orders.js';
import type { Outcome } from './outcome.js';
import type { Desk } from './quarter.js';
import {
  answerRequest,
  deleteRequests,
  publishRequestKey,
  refuseLeftOver,
  refuseRequest,
  requestTables,
  takeRequest,
  unfetchedRequests,
  type RequestTable,
} from './request-store.js';

export interface RequestDependencies {
  readonly keeper: Database;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** Carries an order out, in a process of its own. */
  readonly carryOut: (order: Order) => Promise<Outcome>;
  /** Milliseconds that have passed since some moment; the process's own clock unless given. */
  readonly elapsed?: () => number;
}

/** Any answer with the first twenty errors fits; so its size says nothing. */
const LEAST_ANSWER = 16 * 2 ** 10;

/** Milliseconds after which an answer that nobody has fetched is thrown away. */
const UNFETCHED = 60_000;

const NEWLINE = 0x0a;

/** The order, a line of JSON, and the file behind it. */
function readFileOrder(message: Buffer): { readonly order: ImportOrder; readonly file: Buffer } {
  const end = message.indexOf(NEWLINE);
  const order = importOrderSchema.parse(JSON.parse(message.toString('utf8', 0, end)));
  return { order, file: message.subarray(end + 1) };
}

const reportOf = ({ months, ...counts }: Imported): ImportOutcome => ({
  report: { ...counts, months: months.map(({ month }) => month) },
});

const pathOf = ({ line, column }: ImportError): string => `lines.${line}${column === '' ? '' : `.${column}`}`;

/** What is told of an import that came to nothing. */
function importOutcomeOf(error: unknown, log: Log): ImportOutcome {
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

/** Requests, as long as this process is the keeper. */
export class Requests {
  private recipient = newRecipient();
  /** Answers that lay there, and since when on the process's own clock. */
  private readonly unfetched = new Map<string, number>();

  constructor(private readonly dependencies: RequestDependencies) {}

  /** Publishes the key. What a keeper before this one has left, nobody can open any more. */
  async begin(): Promise<void> {
    const { keeper } = this.dependencies;
    for (const table of requestTables) await refuseLeftOver(keeper, table);
    await publishRequestKey(keeper, this.recipient.publicKey);
  }

  /** Carries out everything that waits, one after the other. Throws only when the database cannot be reached. */
  async handle(): Promise<void> {
    const { keeper } = this.dependencies;
    let used = false;
    for (const table of requestTables) {
      for (;;) {
        const request = await takeRequest(keeper, table);
        if (request === null) break;
        used = true;
        await this.answer(table, request);
      }
    }
    if (used) {
      this.recipient = newRecipient();
      await publishRequestKey(keeper, this.recipient.publicKey);
    }
    for (const table of requestTables) await this.forgetUnfetched(table);
  }

  private async answer(
    table: RequestTable,
    { id, envelope }: { id: string; envelope: Buffer },
  ): Promise<void> {
    const { keeper, log } = this.dependencies;
    const opened = this.recipient.open(envelope, id);
    if (opened === null) {
      await refuseRequest(keeper, table, id);
      return;
    }
    const outcome =
      table === 'desk.import_request'
        ? await this.import(id, opened).catch((error: unknown) => importOutcomeOf(error, log))
        : await this.command(id, opened);
    // Where an import was stored it was answered with it, and this changes nothing.
    await answerRequest(keeper, table, id, opened.reply(Buffer.from(JSON.stringify(outcome)), LEAST_ANSWER));
  }

  private async command(id: string, { message, reply }: OpenedEnvelope): Promise<Outcome> {
    const { data } = orderSchema.safeParse(JSON.parse(message.toString('utf8')));
    if (data === undefined) return { failed: true };
    if (data.act !== 'import') return this.dependencies.carryOut(data);
    // It would count twice if it were sent again, so it is answered where it is stored, whatever becomes of this keeper.
    const done: Outcome = { done: true };
    const bytes = reply(Buffer.from(JSON.stringify(done)), LEAST_ANSWER).toString('base64');
    return this.dependencies.carryOut({ ...data, answer: { table: 'sealed.request', id, bytes } });
  }

  private async import(id: string, { message, reply }: OpenedEnvelope): Promise<ImportOutcome> {
    const { keeper, desk, clock, carryOut } = this.dependencies;
    const { order, file } = readFileOrder(message);
    const { dryRun, again, drop } = order;
    const today = clock.local().day;
    const { imported, counted } = await readImport({ keeper, desk, today }, file, { again, drop });
    const report = reportOf(imported);
    if (dryRun || counted === null) return report;
    const bytes = reply(Buffer.from(JSON.stringify(report)), LEAST_ANSWER).toString('base64');
    const outcome = await carryOut({
      act: 'import',
      actor: actorOf({ username: order.requestedBy }),
      imported: counted,
      answer: { table: 'desk.import_request', id, bytes },
    });
    if ('done' in outcome) return report;
    if ('refused' in outcome && outcome.code !== null)
      return { errors: [{ path: 'file', code: outcome.code }] };
    return { failed: true };
  }

  private async forgetUnfetched(table: RequestTable): Promise<void> {
    const { keeper, elapsed = () => performance.now() } = this.dependencies;
    const now = elapsed();
    const there = new Set(await unfetchedRequests(keeper, table));
    const known = (id: string) => `${table} ${id}`;
    for (const key of this.unfetched.keys())
      if (key.startsWith(table) && !there.has(key.slice(table.length + 1))) this.unfetched.delete(key);
    for (const id of there) if (!this.unfetched.has(known(id))) this.unfetched.set(known(id), now);
    const old = [...there].filter((id) => now - (this.unfetched.get(known(id)) ?? now) >= UNFETCHED);
    if (old.length > 0) await deleteRequests(keeper, table, old);
  }
}
