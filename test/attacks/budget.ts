import { checkAnswers, encodeCall } from '../../src/contract/call.js';
import {
  planCost,
  planProblem,
  planSchema,
  planSigma2,
  presetSchema,
  withinBudget,
  type Plan,
  type PlanTable,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { deskOf } from '../../src/keeper.js';
import { close } from '../../src/keeping/close.js';
import { countStatement } from '../../src/keeping/count.js';
import { keptDimensions } from '../../src/keeping/layout.js';
import { seal } from '../../src/keeping/seal.js';
import { readNoisy, readPeriod } from '../../src/statistics/read.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { aConversation } from '../support/calls.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { chance } from './support/chance.js';
import { never, sum, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, layOut, QUARTER, vocabulary } from './support/line.js';
import { aSealedQuarter, BEFORE, closing, isRefused, publishedText } from './support/quarter.js';

const SEED = 'A10 budget';
const sizes: Record<Size, number> = { test: 40, full: 2_000 };
const RHOS = [0.5, 0.125, 0.3, 0.001];

/** Any plan that a supervisor may set: one-way and cross tables over any dimensions at any level. */
function anyPlan(pick: (n: number) => number): Plan {
  const ids = ['month', ...vocabulary.dimensions.map(({ id }) => id)];
  const level = (): PlanTable['level'] => (pick(2) === 0 ? 'leaf' : 'top');
  const tables = Array.from({ length: 1 + pick(12) }, (_, index): PlanTable => {
    const [rows = '', columns = ''] = [ids[pick(ids.length)], ids[1 + pick(ids.length - 1)]];
    const one = { id: `table-${index}`, rows, level: level() };
    return pick(2) === 0 || rows === columns ? one : { ...one, columns, columnsLevel: level() };
  });
  return { preset: 'own', rho: RHOS[pick(RHOS.length)] ?? 0.5, tables };
}

const presets = (): Plan[] =>
  presetSchema.options.flatMap((preset) => RHOS.map((rho) => presetPlan(preset, rho)));

/** Plans whose noise is too small for what their calls can do; the calls are counted, not the costs believed. */
function arithmetic(size: Size): Figure[] {
  const { below } = chance(SEED);
  const plans = [
    ...presets(),
    ...Array.from({ length: sizes[size] }, () => anyPlan(below)).filter(
      (plan) => planProblem(plan, vocabulary) === null,
    ),
  ];
  const calls = callsLike(400, 10);
  let [overspent, less, more] = [0, 0, 0];
  for (const plan of plans) {
    const layout = layOut(plan);
    const most = Math.max(...calls.map((call) => layout.cellsOf(call).length));
    if (!withinBudget(most, layout.sigma2, plan.rho)) overspent += 1;
    const sigma2 = planSigma2(plan, vocabulary);
    const cost = planCost(plan, vocabulary);
    if (withinBudget(cost, aMillionthLess(sigma2), plan.rho)) less += 1;
    if (withinBudget(cost + 1, sigma2, plan.rho)) more += 1;
  }
  return [
    never('plans under which some call spends more than rho', overspent),
    never('plans accepted with a millionth less noise than they need', less),
    never('plans accepted with one cell more than they pay for', more),
  ];
}

/** rho above 0.5, by every way in. */
async function tooMuch(): Promise<Figure> {
  const database = await aSealedQuarter(presetPlan('tiny'), []);
  try {
    const clock = standingClock(BEFORE);
    const accepted: boolean[] = [];
    for (const rho of [0.6, 0.500001, 1, 0, -0.5, Number.NaN]) {
      const plan = { ...presetPlan('tiny'), rho };
      accepted.push(planSchema.safeParse(plan).success);
      accepted.push(planProblem(plan, vocabulary) === null);
      accepted.push(withinBudget(4, { numerator: 1_000n, denominator: 1n }, rho));
      accepted.push(!(await isRefused(setPlan(database, '2027-Q1', plan, { clock, actor: 'attacks' }))));
    }
    // Past the desk, into the frozen row itself, as the owner of the database.
    await database.owner.query(`UPDATE published.quarter_plan SET plan = jsonb_set(plan, '{rho}', '0.6')`);
    accepted.push(!(await isRefused(close(closing(database.keeper), '2026-10'))));
    return never('ways in which rho above 0.5, or none, was accepted', accepted.filter(Boolean).length);
  } finally {
    await database.destroy();
  }
}

/** Writes a row past every check, as the web process's own role; and what the night makes of it. */
async function sealedFrom(database: TestDatabase, codes: readonly (number | null)[]): Promise<number[][]> {
  await database.intake
    .query('INSERT INTO intake.call (receipt_hash, day, month, codes) VALUES (sha256($1), $2, $3, $4)', [
      Buffer.from('past every check'),
      '2026-12-31',
      '2026-12',
      codes,
    ])
    .catch(() => undefined);
  await seal(database.keeper, deskOf(database.keeper), '2027-01-01', '2027-01-01');
  const rows: { codes: number[] }[] = await database.owner.query('SELECT codes FROM sealed.calls_2026_12');
  if (rows.length !== 1) throw new Error('The row of the web process did not reach the seal.');
  return rows.map((row) => row.codes);
}

/** What the keeper counts in December, exactly, in all tables together. */
async function countedAll({ keeper }: TestDatabase, plan: Plan): Promise<number> {
  const statement = countStatement(layOut(plan).shapes, keptDimensions(plan, vocabulary), ['2026-12']);
  return sum(statement.read(await keeper.query(statement.sql)).flat(2));
}

/** Rows that only a web process in the wrong hands would write: numbers repeated, missing, or of no code. */
async function oddRows(): Promise<Figure> {
  const plan = presetPlan('large');
  const three = encodeCall(aConversation({ referral: ['police', 'exit', 'helpline'] }), vocabulary);
  const before = vocabulary.dimensions.slice(
    0,
    vocabulary.dimensions.findIndex(({ id }) => id === 'referral'),
  );
  const first = sum(before.map(({ max }) => max));
  const repeated = three.map((number, slot) =>
    slot >= first && slot < first + 3 ? (three[first] ?? 0) : number,
  );
  const odd: (number | null)[][] = [
    repeated,
    three.slice(0, 6),
    three.map(() => null),
    three.map(() => 32_767),
  ];
  const call = { month: '2026-12', answers: aConversation({ referral: ['police'] }) };
  const honest = layOut(plan).cellsOf(call).length;
  let overspent = 0;
  for (const codes of odd) {
    const database = await aSealedQuarter(plan, []);
    try {
      await sealedFrom(database, codes);
      if ((await countedAll(database, plan)) > honest) overspent += 1;
    } finally {
      await database.destroy();
    }
  }
  return never('odd rows, written past every check, that entered more cells than an honest one', overspent);
}

/** A call with four referrals, where the plan pays for three. */
async function fourReferrals(): Promise<Figure> {
  const four = aConversation({ referral: ['coordinator', 'police', 'exit', 'helpline'] });
  const database = await aSealedQuarter(presetPlan('medium'), []);
  try {
    const refused = [
      checkAnswers(four, vocabulary).some(({ code }) => code === 'too-many'),
      await isRefused(Promise.resolve().then(() => encodeCall(four, vocabulary))),
    ];
    // Past the check, as the web process's own role: a row with a fourth number where a table counts three.
    const three = encodeCall(aConversation({ referral: ['coordinator', 'police', 'exit'] }), vocabulary);
    const rows = await sealedFrom(database, [...three, 7]);
    const slots = new Set(rows.map((codes) => codes.length));
    const kept = layOut(presetPlan('medium')).cellsOf({ month: '2026-12', answers: aConversation() }).length;
    // One number for each dimension that is counted, and two more for the second and third referral.
    const wide = [...slots].filter((length) => length > kept + 1).length;
    return never('ways in which a fourth referral was counted', refused.filter((no) => !no).length + wide);
  } finally {
    await database.destroy();
  }
}

const added: readonly PlanTable[] = [
  { id: 'by-hand', rows: 'concern', columns: 'environment' },
  { id: 'by-hand', rows: 'daypart' },
  { id: 'by-hand', rows: 'month', columns: 'concern' },
];

/** Adds a table to the frozen plan with the owner's rights, and closes; the numbers are those published in spite of it. */
async function addedToPlan(table: PlanTable, monthFirst: boolean): Promise<number> {
  const database = await aSealedQuarter(presetPlan('small'), callsLike(30, 11));
  try {
    if (monthFirst) await close(closing(database.keeper), '2026-10');
    await database.owner.query(
      `UPDATE published.quarter_plan SET plan = jsonb_set(plan, '{tables}', (plan -> 'tables') || $1::jsonb)`,
      [JSON.stringify([table])],
    );
    const before = await publishedText(database);
    const refused = await isRefused(close(closing(database.keeper), QUARTER));
    return refused && (await publishedText(database)) === before ? 0 : 1;
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
        `DELETE FROM published.quarter_plan`,
        `INSERT INTO published.noisy_table VALUES ('2026-Q4', 'by-hand', '{{1},{2}}')`,
        `INSERT INTO published.noisy_table VALUES ('2026-Q4', 'concern', '{{1},{2}}')`,
      ].map((sql) => isRefused(database[role].query(sql))),
    );
    const outcomes = await Promise.all(tries);
    await close(closing(database.keeper), QUARTER);
    const text = await readable(database);
    await database.keeper.query(`INSERT INTO published.noisy_table VALUES ($1, 'by-hand', '{{1},{2}}')`, [
      QUARTER,
    ]);
    return [
      never(
        'statements of any login that changed a frozen plan or put numbers in an open period',
        outcomes.filter((no) => !no).length,
      ),
      never(
        'readings that a table put beside the published ones changed',
        (await readable(database)) === text && text !== before ? 0 : 1,
      ),
    ];
  } finally {
    await database.destroy();
  }
}

const readable = async ({ reader }: TestDatabase): Promise<string> =>
  JSON.stringify([await readPeriod(reader, QUARTER), await readNoisy(reader, QUARTER)]);

/** A10: can more be spent than rho? */
export const budget: Attack = {
  id: 'A10',
  title: 'Budget',
  words:
    'Someone with rights, or with the database in hand, tries to have more counted than the noise pays for: plans with less ' +
    'noise or more tables than rho allows, rho above 0.5 by every way in, a call with four referrals where three are paid ' +
    'for, rows with numbers repeated, missing or of no code, a table added by hand to the frozen plan (before and after a month of it is out) or to the noisy tables.',
  seed: null,
  async run(size) {
    const accepted: number[] = [];
    for (const table of added)
      for (const monthFirst of [false, true]) accepted.push(await addedToPlan(table, monthFirst));
    return {
      figures: [
        ...arithmetic(size),
        await tooMuch(),
        await fourReferrals(),
        await oddRows(),
        never(
          `closes, of ${accepted.length}, with a table added by hand to the frozen plan`,
          accepted.reduce((one, other) => one + other, 0),
        ),
        ...(await addedToNumbers()),
      ],
    };
  },
};
