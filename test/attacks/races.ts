import type { DataSource } from 'typeorm';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../src/intake/store.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { aReceipt, codesOf } from '../support/calls.js';
import type { TestDatabase } from '../support/database.js';
import { sealBefore } from '../support/keeping.js';
import { until } from '../support/until.js';
import { chance } from './support/chance.js';
import { never, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, QUARTER, type Call } from './support/line.js';
import { answersOf } from './support/asked.js';
import { countedIn } from './support/opened.js';
import { aSealedQuarter } from './support/quarter.js';

const SEED = 'N6 races';
const plan = presetPlan('small');
const MONTH = '2026-12';
const TODAY = '2026-12-15';
/** Seals with this day take today's calls too, so that every one of them races. */
const TOMORROW = '2026-12-16';

const sizes: Record<Size, { readonly seals: number; readonly dumps: number }> = {
  test: { seals: 8, dumps: 1 },
  full: { seals: 60, dumps: 4 },
};

const random = () => seededRandom(`${SEED} first share`);

/** What was acknowledged: of each receipt the call that counts. */
type Acknowledged = Map<string, Call>;

const incoming = (receipt: string, { answers }: Call) => ({
  receipt,
  day: TODAY,
  month: MONTH,
  codes: codesOf(answers),
});

/**
 * What a handler does with one call, in whichever process the web server picks: it is put, often once more because the
 * answer was slow, perhaps amended, perhaps withdrawn. What was acknowledged last is what counts.
 */
async function oneCall(
  pools: readonly DataSource[],
  calls: readonly Call[],
  below: (n: number) => number,
  acknowledged: Acknowledged,
): Promise<void> {
  const pool = () => pools[below(pools.length)] ?? pools[0];
  const call = () => ({ ...(calls[below(calls.length)] ?? calls[0]), month: MONTH }) as Call;
  const receipt = aReceipt();
  const put = async (one: Call) => {
    const [first, second] = [pool(), pool()];
    if (first === undefined || second === undefined) throw new RangeError('no pools');
    const tries = below(2) === 0 ? [first] : [first, second];
    const outcomes = await Promise.all(tries.map((intake) => storeCall(intake, incoming(receipt, one))));
    if (outcomes.some((outcome) => outcome === 'stored' || outcome === 'replaced'))
      acknowledged.set(receipt, one);
  };
  await put(call());
  if (below(3) === 0) await put(call());
  const intake = pool();
  if (below(3) === 0 && intake !== undefined && (await withdrawCall(intake, receipt)) === 'withdrawn')
    acknowledged.delete(receipt);
}

interface Traffic {
  /** How many calls have been put, and answered. */
  readonly answered: () => number;
  readonly stop: () => Promise<void>;
}

/** Handlers who save one call after the other until they are told to stop. */
function handlersAtWork(pools: readonly DataSource[], acknowledged: Acknowledged): Traffic {
  const calls = callsLike(200, 51);
  let [working, answered] = [true, 0];
  const handlers = Array.from({ length: 4 }, async (_, handler) => {
    const { below } = chance(`${SEED} handler ${handler}`);
    while (working) {
      await oneCall(pools, calls, below, acknowledged);
      answered += 1;
    }
  });
  const stop = async () => {
    working = false;
    await Promise.all(handlers);
  };
  return { answered: () => answered, stop };
}

/** What was found wrong beside a dump. */
interface Dumped {
  waited: number;
  early: number;
}

/**
 * Reads everything in one snapshot, as a dump does, and meanwhile lets the night come. Calls must go on being saved while
 * the dump lasts, and the night must wait for it.
 */
async function besideADump(database: TestDatabase, traffic: Traffic, found: Dumped): Promise<void> {
  let sealed = false;
  const sealing = await database.owner.transaction('REPEATABLE READ', async (dump) => {
    const tables: { name: string }[] = await dump.query(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk')`,
    );
    await dump.query(`LOCK TABLE ${tables.map(({ name }) => name).join(', ')} IN ACCESS SHARE MODE`);
    const night = sealBefore(database, TOMORROW).then(() => {
      sealed = true;
    });
    // The night stands at the table's door, again and again; calls are saved past it all the while.
    await until(() => nightHasAsked(database), 30);
    const before = traffic.answered();
    await until(() => traffic.answered() >= before + 40, 30).catch(() => {
      found.waited += 1;
    });
    found.early += sealed ? 1 : 0;
    for (const { name } of tables) await dump.query(`SELECT * FROM ${name}`);
    // Not awaited within: a night that waits for the dump would be waited for by it.
    return { night };
  });
  await sealing.night;
}

/** Whether somebody has asked for intake.call alone, and waits. */
async function nightHasAsked({ owner }: TestDatabase): Promise<boolean> {
  const rows: unknown[] = await owner.query(
    `SELECT 1 FROM pg_locks WHERE relation = 'intake.call'::regclass AND mode = 'AccessExclusiveLock' AND NOT granted
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows.length > 0;
}

async function race(database: TestDatabase, size: Size): Promise<{ figures: Figure[]; notes: string[] }> {
  const { seals, dumps } = sizes[size];
  const url = roleUrl(database.installation, 'intake');
  const other = await connect({ url, poolSize: 4 });
  const acknowledged: Acknowledged = new Map();
  const traffic = handlersAtWork([database.intake, other], acknowledged);
  const found: Dumped = { waited: 0, early: 0 };
  try {
    for (let night = 0; night < seals; night += 1) {
      const before = traffic.answered();
      await sealBefore(database, TOMORROW);
      // Some calls between two nights, so that each finds a key that it knows and that is dead.
      await until(() => traffic.answered() > before + 5, 30);
    }
    for (let dump = 0; dump < dumps; dump += 1) await besideADump(database, traffic, found);
  } finally {
    await traffic.stop();
    await other.destroy();
  }
  await sealBefore(database, TOMORROW);
  const calls = [...acknowledged.values()];
  const answers = answersOf(plan, calls);
  const counted = await countedIn(database, QUARTER, random());
  const [row]: { n: number }[] = await database.owner.query('SELECT count(*)::int AS n FROM intake.call');
  return {
    figures: [
      never(
        'queries that hold something else than each acknowledged call once',
        counted.filter((value, query) => value !== answers[query]).length,
      ),
      never('rows left after the last night', row?.n ?? NaN),
      never(`dumps, of ${dumps}, beside which calls were not saved before the dump ended`, found.waited),
      never('nights that did not wait for a dump', found.early),
    ],
    notes: [
      `${traffic.answered()} calls were put, with retries, amendments and withdrawals, during ${seals} nights and ${dumps} dumps; ` +
        `${calls.length} were acknowledged in the end.`,
    ],
  };
}

/** N6: is a call lost or counted twice when everything happens at once? */
export const races: Attack = {
  id: 'N6',
  title: 'Races',
  words:
    'Handlers save calls through two pools, as two web processes do, each of which remembers the key of the night; they save ' +
    'again when an answer is slow, amend and withdraw. Meanwhile the night comes again and again and takes today’s calls too, so ' +
    'that every key dies under somebody’s hands; and a dump reads every table in one snapshot, during which calls must go on ' +
    'being saved while the night waits. In the end the counters, opened, less their first share, must hold each acknowledged call once.',
  seed: null,
  async run(size) {
    const database = await aSealedQuarter(plan, [], { random: random() });
    try {
      return await race(database, size);
    } finally {
      await database.destroy();
    }
  },
};
