/*
 * A thousand calls are logged by eight browsers at once that retry, repeat themselves and hang up, while the web
 * process, the keeper and the database are killed under them and the calls are sealed. What a reply said is stored,
 * is stored, once.
 */
import { createHash, randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Answers } from '../../src/contract/call.js';
import { monthOfDay, quarterOfMonth, type Month } from '../../src/contract/period.js';
import { presetPlan } from '../../src/contract/presets.js';
import { callCounter } from '../../src/keeping/count-call.js';
import type { Counters } from '../../src/keeping/counters.js';
import { clockIn } from '../../src/platform/clock.js';
import { anyCall, aReceipt, codesOf, countedCodesOf, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { openedCounters, openedIntake } from '../support/opened.js';
import { NOON } from '../support/noon.js';
import { quietPort } from '../support/quiet-port.js';
import { until } from '../support/until.js';
import { postmasterOf, runs } from './embedded-support.js';
import { asOwner } from './owner.js';
import {
  addUser,
  childOf,
  familyOf,
  send,
  setWorkshop,
  signIn,
  stillRunning,
  type Outcome,
  type RunningTyst,
} from './tyst.js';

/** At least, and so many after the last blow. */
const CALLS = 1_000;
const AFTERWARDS = 100;
const BROWSERS = 8;

const workshop = setWorkshop();
const dataDir = join(workshop.folder, 'data');
// The browsers knock all the while that the web process is away: nobody else may answer them there.
const environment = { TYST_DATA_DIR: dataDir, PORT: String(await quietPort()) };

/** What the test knows of one call. */
interface Call {
  readonly receipt: string;
  /** Its answers as they were first sent, and as they were amended. */
  readonly versions: Answers[];
  /** Replies by status. */
  readonly replies: number[];
  /** The versions that the database may hold: the last one that was acknowledged, and those sent after it. */
  possible: Answers[];
}

const aCall = (answers: Answers = anyCall(randomInt)): Call => ({
  receipt: aReceipt(),
  versions: [answers],
  replies: [],
  possible: [],
});
const isAcknowledged = ({ replies }: Call) => replies.some((status) => [200, 201, 409].includes(status));
const hashOf = ({ receipt }: Call) => createHash('sha256').update(receipt).digest('hex');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A line of browsers at one address. */
class Traffic {
  readonly calls: Call[] = [];
  /** How many calls there are to be. */
  goal = Infinity;
  inFlight = 0;
  done = 0;
  lost = 0;

  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  /** Sends a version of a call once. Null when no reply came. */
  private async put(call: Call, answers: Answers, timeout?: number): Promise<number | null> {
    call.possible.push(answers);
    this.inFlight += 1;
    try {
      const reply = await send(this.url, 'PUT', `/api/v1/calls/${call.receipt}`, {
        body: { answers },
        cookie: this.cookie,
        signal: AbortSignal.timeout(timeout ?? 30_000),
      });
      call.replies.push(reply.status);
      await reply.arrayBuffer().catch(() => undefined);
      return reply.status;
    } catch {
      this.lost += 1;
      return null;
    } finally {
      this.inFlight -= 1;
    }
  }

  /** Sends it until the server says what became of it, the first times in a hurry if `haste` says so. */
  private async deliver(call: Call, answers: Answers, haste = 0): Promise<void> {
    const deadline = performance.now() + 90_000;
    for (let attempt = 0; performance.now() < deadline; attempt += 1) {
      const status = await this.put(call, answers, attempt < haste ? randomInt(1, 16) : undefined);
      if (status !== null && status !== 503) {
        if (status !== 409) call.possible = [answers];
        return;
      }
      await pause(randomInt(20, 120));
    }
    throw new Error('The system did not come back.');
  }

  private async one(): Promise<void> {
    const kind = randomInt(100);
    const call = aCall();
    this.calls.push(call);
    const [answers = {}] = call.versions;
    if (kind < 40) return this.deliver(call, answers);
    if (kind < 60) return this.deliver(call, answers, randomInt(1, 5));
    if (kind < 80) {
      // The same receipt twice in flight.
      await Promise.all([this.deliver(call, answers), this.deliver(call, answers, randomInt(2))]);
      return;
    }
    if (kind < 92) {
      await this.deliver(call, answers);
      const amended = amend(answers);
      call.versions.push(amended);
      return this.deliver(call, amended, randomInt(2));
    }
    if (kind < 96) {
      // Given up without a reply: it may be stored, once, or not.
      await this.put(call, answers, randomInt(1, 10));
      return;
    }
    return this.deliver(call, { ...answers, kind: 'no such code' });
  }

  async run(): Promise<void> {
    const browser = async () => {
      while (this.calls.length < this.goal) {
        await this.one();
        this.done += 1;
      }
    };
    await Promise.all(Array.from({ length: BROWSERS }, browser));
  }
}

/** The same call from another county of that part of the country: a sealed call says no more in this plan. */
function amend(answers: Answers): Answers {
  const codes = vocabulary.dimensions.find(({ id }) => id === 'area')?.codes ?? [];
  const parent = codes.find(({ id }) => id === answers['area'])?.parent;
  const other = codes.find((code) => code.parent === parent && code.id !== answers['area']);
  return parent === undefined || other === undefined ? answers : { ...answers, area: other.id };
}

type Blow = 'web' | 'keeper' | 'database' | 'seal';

/** When what happens, by how many calls are done. */
const blows: readonly (readonly [number, readonly Blow[]])[] = [
  [50, ['web']],
  [140, ['database']],
  [230, ['seal', 'keeper']],
  [330, ['database']],
  [420, ['web']],
  [500, ['seal']],
  [560, ['seal', 'database']],
  [660, ['web', 'keeper']],
  [760, ['seal', 'web']],
  [850, ['database', 'web']],
];

/** The number of the running database; undefined between two. */
function postmaster(): number | undefined {
  try {
    const pid = postmasterOf(dataDir);
    return runs(pid) ? pid : undefined;
  } catch {
    // PostgreSQL itself replaces the file of the one before.
    return undefined;
  }
}

/** Strikes while requests are in flight, and waits until what was struck is back; then the traffic comes to its end. */
async function strike(tyst: RunningTyst, traffic: Traffic, seals: Promise<Outcome>[]): Promise<number> {
  const pidOf = {
    web: () => childOf(tyst.pid, 'web-process.js'),
    keeper: () => childOf(tyst.pid, 'keeper-process.js'),
    database: postmaster,
  };
  const kill = async (blow: 'web' | 'keeper' | 'database') => {
    await until(() => pidOf[blow]() !== undefined, 60);
    await until(() => traffic.inFlight >= 3, 60);
    const pid = pidOf[blow]() ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(() => ![undefined, pid].includes(pidOf[blow]()), 90);
  };
  let kills = 0;
  const strikeTogether = (together: readonly Blow[]) =>
    Promise.all(
      together.map(async (blow) => {
        if (blow === 'seal') {
          seals.push(workshop.tyst(['seal', '--today'], environment));
          // Node needs a moment before it gets to work.
          await pause(400);
          return;
        }
        if (together.includes('seal')) await pause(randomInt(300, 700));
        await kill(blow);
        kills += 1;
      }),
    );
  try {
    for (const [from, together] of blows) {
      await until(() => traffic.done >= from, 120);
      await strikeTogether(together);
    }
    // What comes after the last seal is in the intake at the end.
    await Promise.all(seals);
  } finally {
    traffic.goal = Math.max(CALLS, traffic.calls.length + AFTERWARDS);
  }
  return kills;
}

/** The database as whoever also has the key directory can read it. */
const readable = (owner: DataSource) => ({
  keeper: owner,
  keys: { path: join(dataDir, 'night'), named: false },
});

/** Everything that is stored of calls that came one by one. */
async function readStored(owner: DataSource) {
  const intake: { hash: string }[] = await owner.query(
    `SELECT encode(receipt_hash, 'hex') AS hash FROM intake.call ORDER BY receipt_hash`,
  );
  const opened = await openedIntake(readable(owner));
  const memory: { hash: string }[] = await owner.query(
    `SELECT encode(receipt_hash, 'hex') AS hash FROM intake.receipt_memory`,
  );
  return {
    intake: intake.map(({ hash }, index) => ({ hash, codes: opened[index] ?? [] })),
    remembered: memory.map(({ hash }) => hash),
  };
}

/** What is kept of answers. */
const keptOf = (answers: Answers) => countedCodesOf(answers, presetPlan('medium'));

/** What counters say when these calls have come to them. */
function withCalls({ quarter, values }: Counters, month: Month, calls: readonly Call[]): Map<number, number> {
  const count = callCounter(quarter);
  const all = new Map(values);
  for (const {
    versions: [answers = {}],
  } of calls)
    count({ month, codes: codesOf(answers) }, (query, by) => all.set(query, (all.get(query) ?? NaN) + by));
  return all;
}

describe('a thousand calls, while everything is killed', () => {
  test('every acknowledged call is stored once, none twice, and everything comes back by itself', async () => {
    const tyst = await workshop.start(environment);
    const month = monthOfDay(clockIn(NOON).local().day);
    const quarter = quarterOfMonth(month);
    const planned = await workshop.tyst(['plan', 'set', quarter, '--preset', 'medium'], environment);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    // The quarter begins, with its first share of noise.
    expect(await workshop.tyst(['seal'], environment)).toMatchObject({ code: 0, stderr: '' });
    const counters = (owner: DataSource) => openedCounters(readable(owner), quarter);
    const begun = await asOwner(dataDir, counters);
    expect(await addUser(workshop, environment, 'handler', 'handler')).toMatchObject({ code: 0 });
    const traffic = new Traffic(tyst.url, await signIn(tyst.url, 'handler'));

    const seals: Promise<Outcome>[] = [];
    const [kills] = await Promise.all([strike(tyst, traffic, seals), traffic.run()]);
    expect(kills).toBe(11);
    expect(traffic.lost).toBeGreaterThan(50);
    for (const { code, stderr } of await Promise.all(seals)) {
      // The database may have been killed under it; then it says so in one line, after what it logged.
      const lines = stderr.trim().split('\n');
      expect([code, code === 0 ? stderr : lines.at(-1)]).toEqual(
        code === 0 ? [0, ''] : [1, expect.stringMatching(/^tyst: /)],
      );
    }
    // Once more when the last reply is out: what was acknowledged is on the disk, not in anybody's memory.
    const last = postmaster() ?? 0;
    process.kill(last, 'SIGKILL');
    await until(() => ![undefined, last].includes(postmaster()), 90);

    await asOwner(dataDir, async (owner) => {
      const { intake, remembered } = await readStored(owner);
      const byHash = new Map(traffic.calls.map((call) => [hashOf(call), call]));
      const stored = [...intake.map(({ hash }) => hash), ...remembered];
      // Each in one place, and none that nobody sent.
      expect(new Set(stored).size).toBe(stored.length);
      expect(stored.filter((hash) => !byHash.has(hash))).toEqual([]);
      const calls = traffic.calls.map((call) => ({ call, stored: stored.includes(hashOf(call)) }));
      expect(calls.length).toBeGreaterThanOrEqual(CALLS);
      expect(calls.filter(({ call, stored }) => isAcknowledged(call) && !stored)).toEqual([]);
      expect(calls.filter(({ call, stored }) => call.replies.includes(422) && stored)).toEqual([]);
      expect(stored.length).toBeGreaterThan(calls.length * 0.85);
      // Nothing but what the contract has, and a call is new only once.
      const statuses = new Set(traffic.calls.flatMap(({ replies }) => replies));
      expect([...statuses].filter((status) => ![200, 201, 409, 422, 503].includes(status))).toEqual([]);
      for (const { replies } of traffic.calls)
        expect(replies.filter((status) => status === 201).length).toBeLessThanOrEqual(1);

      // What is not counted yet says what was sent last; what is counted is, to the last call, what was sent.
      expect(intake.length).toBeGreaterThan(50);
      for (const { hash, codes } of intake) {
        const possible = byHash.get(hash)?.possible.map((answers) => keptOf(answers).join()) ?? [];
        expect(possible).toContain(codes.join());
      }
      expect(remembered.length).toBeGreaterThan(100);
      const gone = remembered.flatMap((hash) => byHash.get(hash) ?? []);
      expect((await counters(owner)).values).toEqual(withCalls(begun, month, gone));
    });

    // Its log has lines of our own only, and it stops in order after all that.
    const lines = tyst.stderr().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('event');
    const family = familyOf(tyst.pid);
    expect(await tyst.stop()).toMatchObject({ code: 0 });
    await until(() => stillRunning(family).length === 0, 30);
  });
});
