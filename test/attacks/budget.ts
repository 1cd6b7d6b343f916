import { createHash } from 'node:crypto';
import { CALL_BYTES, callName, checkAnswers, encodeCall, packCall } from '../../src/contract/call.js';
import { planProblem, planSchema, tableShapes, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { withinBudgets } from '../../src/contract/budgets.js';
import { compileOlderQueries, compileQueries } from '../../src/contract/compile.js';
import { writeQueries, type Query } from '../../src/contract/queries.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import type { NightKey } from '../../src/keeping/keys.js';
import { findQuarter } from '../../src/keeping/quarter-store.js';
import { recipientOf, sealEnvelope } from '../../src/platform/envelope.js';
import { readAudit, readPeriod } from '../../src/statistics/read.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { aThousandthLess } from '../support/a-millionth-less.js';
import { aConversation, codesOf } from '../support/calls.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { sealBefore } from '../support/keeping.js';
import { apart, arithmetic, asProduced, plansFor, thrice } from './budget-arithmetic.js';
import { never, sum, type Attack, type Figure } from './support/figures.js';
import { callsLike, QUARTER, vocabulary } from './support/line.js';
import { countedIn, keyOf } from './support/opened.js';
import { aSealedQuarter, BEFORE, closePeriod, isRefused, publishedText } from './support/quarter.js';

const SEED = 'A10 budget';
/** rho above 0.5, by every way in. */
async function tooMuch(): Promise<Figure> {
  const database = await aSealedQuarter(presetPlan('tiny'), []);
  try {
    const clock = standingClock(BEFORE);
    const accepted: boolean[] = [];
    const plenty = compileOlderQueries(presetPlan('tiny'), vocabulary, QUARTER, {
      numerator: 1_000n,
      denominator: 1n,
    });
    for (const rho of [0.6, 0.500001, 1, 0, -0.5, Number.NaN]) {
      const plan = { ...presetPlan('tiny'), rho };
      accepted.push(planSchema.safeParse(plan).success);
      accepted.push(planProblem(plan, vocabulary) === null);
      accepted.push(withinBudgets(plenty, tableShapes(plan, vocabulary, QUARTER), rho));
      accepted.push(!(await isRefused(setPlan(database, '2027-Q1', plan, { clock, actor: 'attacks' }))));
    }
    // Past the desk, into the frozen row itself, as the owner of the database.
    await database.owner.query(`UPDATE published.quarter_plan SET plan = jsonb_set(plan, '{rho}', '0.6')`);
    accepted.push(!(await isRefused(closePeriod(database, '2026-10'))));
    await forgetCounters(database);
    accepted.push(!(await isRefused(closePeriod(database, '2026-10'))));
    return never('ways in which rho above 0.5, or none, was accepted', accepted.filter(Boolean).length);
  } finally {
    await database.destroy();
  }
}

/** What counting knows the first share by; without it a test could not tell what was counted. */
const random = () => seededRandom(`${SEED} first share`);

const publicHalf = ({ id, privateBytes }: NightKey) => ({
  id,
  publicBytes: recipientOf(privateBytes).publicKey,
});

/** Writes rows past every check, as the web process's own role; and by how much the night moves the queries for each. */
async function countedFrom(rows: readonly Uint8Array[]): Promise<number[]> {
  const database = await aSealedQuarter(presetPlan('large'), [], { random: random() });
  const counted: number[] = [];
  let before = await countedIn(database, QUARTER, random());
  try {
    for (const [index, packed] of rows.entries()) {
      const { id, publicBytes } = publicHalf(await keyOf(database));
      const hash = createHash('sha256').update(`past every check ${index}`).digest();
      const name = callName(hash.toString('hex'), '2026-12', id);
      const { envelope } = sealEnvelope(publicBytes, packed, { name, least: CALL_BYTES });
      await database.intake.query(
        'INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope) VALUES ($1, $2, $3, $4, $5)',
        [hash, id, '2026-12-30', '2026-12', envelope],
      );
      await sealBefore(database, '2026-12-31');
      const after = await countedIn(database, QUARTER, random());
      const moved = after.map((value, query) => Math.abs(value - (before[query] ?? NaN)));
      counted.push(sum(moved));
      before = after;
    }
    return counted;
  } finally {
    await database.destroy();
  }
}

/** Rows that only a web process in the wrong hands would write: numbers repeated, missing, or of no code. */
async function oddRows(): Promise<Figure[]> {
  const three = codesOf(aConversation({ referral: ['police', 'exit', 'helpline'] }));
  const before = vocabulary.dimensions.slice(
    0,
    vocabulary.dimensions.findIndex(({ id }) => id === 'referral'),
  );
  const first = sum(before.map(({ max }) => max));
  const repeated = three.map((number, slot) =>
    slot >= first && slot < first + 3 ? (three[first] ?? 0) : number,
  );
  const one = codesOf(aConversation({ referral: ['police'] }));
  const odd = [
    packCall(repeated),
    packCall(three.slice(0, 6)),
    packCall([...one, ...one]),
    packCall(three.map(() => 65_535)),
    packCall([]),
    Buffer.concat([packCall(three), packCall(three)]).subarray(0, 252),
    Buffer.alloc(3, 255),
  ];
  const [honest = NaN, ...counted] = await countedFrom([packCall(one), ...odd]);
  return [
    never(
      'odd rows, written past every check, that moved more than an honest one',
      counted.filter((moved) => moved > honest).length,
    ),
    never('honest rows, written past every check, that were not counted', honest > 0 ? 0 : 1),
  ];
}

/** A call with four referrals, where the plan pays for three. */
async function fourReferrals(): Promise<Figure> {
  const four = aConversation({ referral: ['coordinator', 'police', 'exit', 'helpline'] });
  const refused = [
    checkAnswers(four, vocabulary).some(({ code }) => code === 'too-many'),
    await isRefused(Promise.resolve().then(() => encodeCall(four, vocabulary))),
  ];
  // Past the check, as the web process's own role: a row with a fourth number where a table counts three.
  const three = codesOf(aConversation({ referral: ['coordinator', 'police', 'exit'] }));
  const [paid, more] = await countedFrom([packCall(three), packCall([...three, 7])]);
  return never(
    'ways in which a fourth referral was counted',
    refused.filter((no) => !no).length + (paid === more ? 0 : 1),
  );
}

/** Takes the counters away, as somebody with the owner's rights could, so that they begin again with what is frozen now. */
const forgetCounters = ({ owner }: Pick<TestDatabase, 'owner'>): Promise<unknown> =>
  owner.query('DELETE FROM sealed.counters');

/** A way to change what a quarter was frozen with. */
interface Tampering {
  readonly what: string;
  readonly change: (frozen: { plan: Plan; queries: Query[] }) => { plan: Plan; queries: readonly Query[] };
}

const tables: readonly PlanTable[] = [
  { id: 'by-hand', rows: 'concern', columns: 'environment' },
  { id: 'by-hand', rows: 'daypart' },
  { id: 'by-hand', rows: 'month', columns: 'concern' },
];

const tamperings: readonly Tampering[] = [
  ...tables.map((table) => ({
    what: `a table (${table.rows})`,
    change: ({ plan, queries }: { plan: Plan; queries: Query[] }) => {
      const more = { ...plan, tables: [...plan.tables, table] };
      return {
        plan: more,
        queries: [...queries, ...compileQueries(more, vocabulary, QUARTER).slice(queries.length)],
      };
    },
  })),
  { what: 'rho 0.6', change: ({ plan, queries }) => ({ plan: { ...plan, rho: 0.6 }, queries }) },
  {
    what: 'a query',
    change: ({ plan, queries }) => ({ plan, queries: [...queries, ...queries.slice(0, 1)] }),
  },
  {
    what: 'a weight',
    change: ({ plan, queries }) => ({
      plan,
      queries: queries.map((query) =>
        query.table === 'concern' ? { ...query, cell: query.cell + 1 } : query,
      ),
    }),
  },
  {
    what: 'a variance',
    change: ({ plan, queries }) => ({
      plan,
      queries: queries.map((query) => ({ ...query, sigma2: aThousandthLess(query.sigma2) })),
    }),
  },
  { what: 'a call over rho', change: ({ plan }) => ({ plan, queries: thrice }) },
  { what: 'two stories over 2 rho', change: ({ plan }) => ({ plan, queries: apart }) },
];

/** What a quarter stands on: what it was frozen with, and its counters. */
async function standing({ owner }: TestDatabase) {
  const [frozen]: { plan: string; queries: string }[] = await owner.query(
    'SELECT plan::text AS plan, queries::text AS queries FROM published.quarter_plan',
  );
  const counters: { quarter: string; key_id: string; blob: Buffer }[] = await owner.query(
    'SELECT quarter, key_id, blob FROM sealed.counters',
  );
  const write = (plan?: string, queries?: string) =>
    owner.query('UPDATE published.quarter_plan SET plan = $1, queries = $2', [plan, queries]);
  const restore = async () => {
    await write(frozen?.plan, frozen?.queries);
    await forgetCounters({ owner });
    for (const { quarter, key_id: id, blob } of counters)
      await owner.query('INSERT INTO sealed.counters VALUES ($1, $2, $3)', [quarter, id, blob]);
  };
  return { write, restore };
}

/**
 * Changes what is frozen with the owner's rights, before or after a month of it is out, and closes: with the counters as
 * they stand, and with none, so that they begin anew. By tampering, what is published in spite of it.
 */
async function tamperedWith(monthFirst: boolean): Promise<Map<string, number>> {
  const database = await aSealedQuarter(presetPlan('small'), callsLike(30, 11));
  const accepted = new Map<string, number>();
  try {
    if (monthFirst) await closePeriod(database, '2026-10');
    const frozen = await findQuarter(database.keeper, QUARTER);
    if (frozen === null) throw new Error('The quarter has not begun.');
    const before = await publishedText(database);
    const { write, restore } = await standing(database);
    for (const { what, change } of tamperings)
      for (const countersGone of [false, true]) {
        const { plan, queries } = change({ plan: frozen.plan, queries: [...frozen.queries] });
        await write(JSON.stringify(plan), writeQueries(queries));
        if (countersGone) await forgetCounters(database);
        const refused = await isRefused(closePeriod(database));
        await restore();
        const fine = refused && (await publishedText(database)) === before;
        accepted.set(what, (accepted.get(what) ?? 0) + (fine ? 0 : 1));
      }
    // What is restored closes: the refusals were about the tampering.
    await closePeriod(database);
    return accepted;
  } finally {
    await database.destroy();
  }
}

/** What keeps to rho is refused all the same where calls were counted by something else: more noise, or a plan that is gone. */
async function othersThanCounted(): Promise<number> {
  const database = await aSealedQuarter(presetPlan('small'), callsLike(30, 11));
  try {
    await database.owner.query(
      `UPDATE published.quarter_plan SET queries = jsonb_set(queries, '{0,sigma2}', '"1000"')`,
    );
    const changed = await isRefused(closePeriod(database));
    // The keeper's own login may forget a quarter, as it does with imports that are discarded.
    await database.keeper.query('DELETE FROM published.quarter_plan');
    const gone = await isRefused(closePeriod(database));
    return [changed, gone].filter((refused) => !refused).length;
  } finally {
    await database.destroy();
  }
}

/** Every login tries to touch plan and numbers; then a table is put beside those published. */
async function addedToNumbers(): Promise<Figure[]> {
  const database = await aSealedQuarter(presetPlan('small'), callsLike(30, 11));
  try {
    const before = await readable(database);
    const tries = (['intake', 'reader', 'desk', 'keeper'] as const).flatMap((role) =>
      [
        `UPDATE published.quarter_plan SET plan = plan`,
        ...(role === 'keeper' ? [] : [`DELETE FROM published.quarter_plan`]),
        `UPDATE published.quarter_plan SET queries = queries`,
        `INSERT INTO published.noisy_answer VALUES ('2026-Q4', 0, 1)`,
        `INSERT INTO published.noisy_answer VALUES ('2026-Q4', 9999, 1)`,
      ].map((sql) => isRefused(database[role].query(sql))),
    );
    const outcomes = await Promise.all(tries);
    await closePeriod(database);
    const text = await readable(database);
    await database.keeper.query('INSERT INTO published.noisy_answer VALUES ($1, 9999, 1)', [QUARTER]);
    return [
      never(
        'statements of any login that changed a frozen plan or put numbers in an open period',
        outcomes.filter((no) => !no).length,
      ),
      never(
        'readings that an answer put beside the published ones changed',
        (await readable(database)) === text && text !== before ? 0 : 1,
      ),
    ];
  } finally {
    await database.destroy();
  }
}

const readable = async ({ reader }: TestDatabase): Promise<string> =>
  JSON.stringify([await readPeriod(reader, QUARTER), await readAudit(reader, QUARTER)]);

/** A10: can more be spent than rho? */
export const budget: Attack = {
  id: 'A10',
  title: 'Budget',
  words:
    'Someone with rights, or with the database in hand, tries to have more counted than the noise pays for: plans with less ' +
    'noise or more queries than rho allows, rho above 0.5 by every way in, a call with four referrals where three are paid ' +
    'for, rows with numbers repeated, missing or of no code; and, in what a quarter was frozen with, a table or a query added by ' +
    'hand, a weight, a variance or rho changed, queries on which a call spends more than rho or which tell two stories apart by ' +
    'more than 2 rho, before and after a month of it is out, with its counters and with none. What calls spend is added up from ' +
    'what the keeper counts, also for the dearest call and the two stories most apart of each plan that comes with Tyst.',
  seed: null,
  async run(size) {
    const tampered = [await tamperedWith(false), await tamperedWith(true)];
    return {
      figures: [
        ...arithmetic(plansFor(size), asProduced),
        await tooMuch(),
        await fourReferrals(),
        ...(await oddRows()),
        ...tamperings.map(({ what }) =>
          never(
            `closes, of 4, after ${what} by hand`,
            sum(tampered.map((accepted) => accepted.get(what) ?? NaN)),
          ),
        ),
        never('closes, of 2, by other queries than were counted', await othersThanCounted()),
        ...(await addedToNumbers()),
      ],
    };
  },
};
