/**
 * Handlers on shift: they log calls through the address of the pages, send again with the same receipt as the browser
 * does, amend and withdraw some, and now and then leave before there is an answer. What was answered is remembered, so
 * that it is known what must have been counted.
 */
import { randomInt } from 'node:crypto';
import type { Answers } from '../../../src/contract/call.js';
import { anyCall, aReceipt } from '../../support/calls.js';
import { until } from '../../support/until.js';

/** What became of a call, by what its handler was told. */
export type Told = 'acknowledged' | 'withdrawn' | 'unheard';

export interface Logged {
  readonly receipt: string;
  told: Told;
  /** The answers that may be counted: one, or two where nobody heard whether an amendment came before the seal. */
  possible: Answers[];
}

/** One answer to one request. */
export interface Answered {
  /** On the clock of this process, in milliseconds. */
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly acknowledged: boolean;
}

/** What never happens, and how often it did. */
export interface Wrongs {
  /** Answers 401: somebody was signed out. */
  signedOut: number;
  /** Answers that say that an acknowledged call was not there any more. */
  missing: number;
  /** Answers that the contract does not have here. */
  unexpected: string[];
}

interface Signed {
  readonly cookie: string;
  /** The web process that answered last. */
  servedBy: string;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds that a handler rests between two calls, at most: the load is bounded by it. */
const REST = 60;
/** Milliseconds before a request is given up and sent again. */
const PATIENCE = 20_000;
/** Seconds that a call is sent again and again before all is given up. */
const LAST = 120;

export class Handlers {
  readonly calls: Logged[] = [];
  readonly answered: Answered[] = [];
  readonly wrongs: Wrongs = { signedOut: 0, missing: 0, unexpected: [] };
  /** Requests that had no answer, and answers 503: what a browser sends again. */
  resent = 0;
  /** How often a handler's next request was answered by another web process than the one before. */
  moves = 0;
  /** Whether some calls are amended and withdrawn. */
  changes = true;
  private working = false;
  private shift: Promise<unknown> = Promise.resolve();
  private signed: Signed[] = [];
  private readonly served = new Map<string, number>();

  constructor(
    private readonly pages: string,
    /** Handlers at work at once for each of those that are signed in: one has several windows. */
    private readonly windows: number,
  ) {}

  async signIn(username: string, password: string): Promise<void> {
    const reply = await fetch(`${this.pages}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (reply.status !== 200) throw new Error(`signing in: ${reply.status} ${await reply.text()}`);
    const cookie = (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    this.signed.push({ cookie, servedBy: reply.headers.get('X-Served-By') ?? '' });
  }

  /** Begins to work; `rest` ends it. */
  begin(): void {
    this.working = true;
    const window = async (signed: Signed) => {
      while (this.working) {
        await this.log(signed);
        await pause(randomInt(REST));
      }
    };
    const windows = this.signed.flatMap((signed) => Array.from({ length: this.windows }, () => signed));
    this.shift = Promise.all(windows.map(window));
    this.shift.catch(() => undefined);
  }

  /** Brings to an end what was begun. */
  async rest(): Promise<void> {
    this.working = false;
    await this.shift;
  }

  /** Waits until so many more calls than now are acknowledged. */
  async untilMore(calls: number, seconds = 90): Promise<void> {
    const goal = this.acknowledged + calls;
    await until(() => this.acknowledged >= goal, seconds);
  }

  get acknowledged(): number {
    return this.calls.filter(({ told }) => told === 'acknowledged').length;
  }

  /** One call from its beginning to its end. */
  async log(signed = this.one()): Promise<void> {
    const call = this.newCall();
    const kind = randomInt(100);
    if (kind < 6) {
      // Left without an answer: it may be stored, once, or not.
      const status = await this.send(signed, 'PUT', call, call.possible[0], randomInt(1, 12));
      if (status !== null && status < 300) call.told = 'acknowledged';
      return;
    }
    await this.store(signed, call);
    if (!this.changes) return;
    if (kind < 20) await this.amend(signed, call, anyCall(randomInt));
    else if (kind < 30) await this.withdraw(signed, call);
  }

  /** One call that is stored, and nothing else: two requests never overlap. */
  async logInPeace(signed: Signed): Promise<void> {
    await this.store(signed, this.newCall());
  }

  /** A call with these versions, the last of them withdrawn where that is said; for calls that are planted. */
  async plant(versions: readonly Answers[], withdrawn: boolean): Promise<Logged> {
    const signed = this.one();
    const [first, ...others] = versions;
    const call = this.newCall(first);
    await this.store(signed, call);
    for (const version of others) await this.amend(signed, call, version);
    if (withdrawn) await this.withdraw(signed, call);
    return call;
  }

  /** Sends a call once more, whatever became of it; the answer's status. */
  async again({ receipt, possible }: Logged): Promise<number> {
    const reply = await this.request(this.one(), 'PUT', receipt, possible[0]);
    return reply.status;
  }

  /** A call that is sent once, and not again whatever is answered; the answer's status. */
  async tryOnce(): Promise<number | null> {
    const call = this.newCall();
    const [answers] = call.possible;
    const status = await this.send(this.one(), 'PUT', call, answers);
    if (status !== null && status < 300) call.told = 'acknowledged';
    return status;
  }

  /** One handler, always the same. */
  get first(): Signed {
    return this.one(0);
  }

  /** How many requests a web process has answered. */
  servedBy(place: number): number {
    return this.served.get(`web${place + 1}`) ?? 0;
  }

  private one(place = randomInt(this.signed.length)): Signed {
    const signed = this.signed[place];
    if (signed === undefined) throw new Error('Nobody is signed in.');
    return signed;
  }

  private newCall(answers = anyCall(randomInt)): Logged {
    const call: Logged = { receipt: aReceipt(), told: 'unheard', possible: [answers] };
    this.calls.push(call);
    return call;
  }

  /** 409 says that it is counted: an attempt before this one had come through. */
  private async store(signed: Signed, call: Logged): Promise<void> {
    await this.deliver(signed, 'PUT', call, call.possible[0]);
    call.told = 'acknowledged';
  }

  private async amend(signed: Signed, call: Logged, answers: Answers): Promise<void> {
    const { status, unheard } = await this.deliver(signed, 'PUT', call, answers);
    // Stored as new it was not there any more, though it was acknowledged.
    if (status === 201) this.wrongs.missing += 1;
    if (status !== 409) call.possible = [answers];
    else if (unheard) call.possible.push(answers);
  }

  private async withdraw(signed: Signed, call: Logged): Promise<void> {
    const { status, unheard } = await this.deliver(signed, 'DELETE', call);
    if (status === 404 && !unheard) this.wrongs.missing += 1;
    if (status !== 409) call.told = 'withdrawn';
  }

  /** Sends until there is an answer that is one; whether any attempt before it was not heard of. */
  private async deliver(
    signed: Signed,
    method: 'PUT' | 'DELETE',
    call: Logged,
    answers?: Answers,
  ): Promise<{ readonly status: number; readonly unheard: boolean }> {
    const deadline = performance.now() + LAST * 1_000;
    for (let unheard = false; performance.now() < deadline;) {
      const status = await this.send(signed, method, call, answers);
      if (status !== null && status < 500 && status !== 401 && status !== 429) return { status, unheard };
      // 503 too: the database may have gone away after it had written.
      unheard = true;
      this.resent += 1;
      await pause(randomInt(50, 250));
    }
    throw new Error('Nobody answered any more.');
  }

  /** One attempt; null where no answer came. */
  private async send(
    signed: Signed,
    method: 'PUT' | 'DELETE',
    { receipt }: Logged,
    answers?: Answers,
    patience = PATIENCE,
  ): Promise<number | null> {
    const sentAt = performance.now();
    try {
      const reply = await this.request(signed, method, receipt, answers, patience);
      const { status } = reply;
      const acknowledged = [200, 201, 204].includes(status);
      this.answered.push({ sentAt, answeredAt: performance.now(), acknowledged });
      if (status === 401) this.wrongs.signedOut += 1;
      else if (!acknowledged && ![404, 409, 429, 502, 503, 504].includes(status))
        this.wrongs.unexpected.push(`${method} ${status}`);
      return status;
    } catch {
      return null;
    }
  }

  private async request(
    signed: Signed,
    method: 'PUT' | 'DELETE',
    receipt: string,
    answers?: Answers,
    patience = PATIENCE,
  ): Promise<Response> {
    const reply = await fetch(`${this.pages}/api/v1/calls/${receipt}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: signed.cookie },
      ...(answers === undefined ? {} : { body: JSON.stringify({ answers }).padEnd(1_024) }),
      signal: AbortSignal.timeout(patience),
    });
    await reply.arrayBuffer();
    const servedBy = reply.headers.get('X-Served-By');
    if (servedBy !== null) {
      this.served.set(servedBy, (this.served.get(servedBy) ?? 0) + 1);
      if (servedBy !== signed.servedBy) this.moves += 1;
      signed.servedBy = servedBy;
    }
    return reply;
  }
}
