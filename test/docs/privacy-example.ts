/**
 * The worked example of docs/privacy.md: one made-up call, taken the whole way through the real application, on a
 * quiet line and on a busy one. What the document says of it is compared with what happens here.
 */
import { createHash } from 'node:crypto';
import type { Answers } from '../../src/contract/call.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Preset } from '../../src/contract/plan.js';
import type { PeriodSummary, PublishedTable } from '../../src/contract/statistics.js';
import { demoCalls } from '../../src/demo/calls.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { deskOf } from '../../src/keeper.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { startApp, type TestApp } from '../support/app.js';
import { aConversation, codesOf } from '../support/calls.js';
import type { TestDatabase } from '../support/database.js';
import { seededRandom } from '../../bench/seeded-random.js';

const QUARTER = '2026-Q4';
const DAY = '2026-11-11';
const NIGHT = '2026-11-12';
const CLOSING_DAY = '2027-01-07';

/** The call: a parent in Värmland, about a boy of 16 or 17. */
export const answers: Answers = aConversation();

/** The receipt that the browser made, were it not for an example. */
export const receipt = createHash('sha256')
  .update('an example')
  .digest()
  .subarray(0, 16)
  .toString('base64url');

export interface IntakeRow {
  readonly receipt_hash: string;
  readonly day: string;
  readonly month: string;
  readonly codes: readonly number[];
}

export interface Example {
  readonly intake: readonly IntakeRow[];
  /** What is sealed of the call, which at that moment is the only one. */
  readonly sealed: readonly (readonly number[])[];
  readonly memory: readonly { readonly receipt_hash: string; readonly forget_on: string }[];
  /** Every call of the quarter, ours first: what nobody ever sees. */
  readonly calls: readonly Answers[];
  readonly period: PeriodSummary;
  /** The tables asked for, as the statistics page gets them, and their noisy integers as `tyst audit` prints them. */
  readonly tables: Readonly<Record<string, PublishedTable>>;
  readonly noisy: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Rows of intake, and tables of sealed calls, after the close. */
  readonly left: { readonly rows: number; readonly sealedTables: number };
}

export interface Line {
  readonly preset: Preset;
  /** Calls in the quarter, the example's included. */
  readonly count: number;
  /** The share of contacts that become conversations. */
  readonly conversations: number;
  readonly tables: readonly string[];
}

const readIntake = ({ owner }: TestDatabase) =>
  owner.query<IntakeRow[]>(
    `SELECT encode(receipt_hash, 'hex') AS receipt_hash, day::text, month, codes FROM intake.call`,
  );

/** The other calls of the quarter go straight to intake: only ours is followed. */
async function logOthers({ owner }: TestDatabase, line: Line): Promise<Answers[]> {
  const { count, conversations } = line;
  const months = monthsOfQuarter(QUARTER);
  const others = demoCalls({ count: count - 1, months, seed: 2026, conversations });
  for (const [index, call] of others.entries()) {
    await owner.query('INSERT INTO intake.call (receipt_hash, day, month, codes) VALUES ($1, $2, $3, $4)', [
      createHash('sha256')
        .update(`call ${String(index)}`)
        .digest(),
      DAY,
      call.month,
      codesOf(call.answers),
    ]);
  }
  return others.map((call) => call.answers);
}

async function published(
  app: TestApp,
  { tables: ids }: Line,
): Promise<Pick<Example, 'period' | 'tables' | 'noisy'>> {
  const supervisor = await app.as('supervisor');
  const { body } = await supervisor.get('/api/v1/statistics/periods').expect(200);
  const { periods } = body as { periods: PeriodSummary[] };
  const period = periods.find(({ id }) => id === QUARTER);
  if (period === undefined) throw new Error('The quarter is not published.');
  const tables: Record<string, PublishedTable> = {};
  const noisy: Record<string, number[][]> = {};
  for (const id of ids) {
    const reply = await supervisor.get(`/api/v1/statistics/periods/${QUARTER}/tables/${id}`).expect(200);
    tables[id] = reply.body as PublishedTable;
    const [row] = await app.database.owner.query<{ noisy: number[][] }[]>(
      'SELECT noisy FROM published.noisy_table WHERE period = $1 AND id = $2',
      [QUARTER, id],
    );
    noisy[id] = row?.noisy ?? [];
  }
  return { period, tables, noisy };
}

/** Takes the call from the request to the published numbers. The noise is repeatable, which it never is in earnest. */
export async function follow(line: Line): Promise<Example> {
  const app = await startApp(`${DAY}T19:40:00Z`);
  try {
    const { database, clock } = app;
    const { owner, keeper, desk, reader } = database;
    await setPlan({ desk, reader }, QUARTER, presetPlan(line.preset), { clock, actor: 'supervisor' });
    const handler = await app.as('handler');
    await handler.put(`/api/v1/calls/${receipt}`).send({ answers }).expect(201);
    const intake = await readIntake(database);

    await seal(keeper, deskOf(keeper), NIGHT, NIGHT);
    const sealed = await owner.query<{ codes: number[] }[]>('SELECT codes FROM sealed.calls_2026_11');
    const memory = await owner.query<Example['memory'][number][]>(
      `SELECT encode(receipt_hash, 'hex') AS receipt_hash, forget_on::text FROM intake.receipt_memory`,
    );
    const calls = [answers, ...(await logOthers(database, line))];
    await close(
      {
        keeper,
        desk: deskOf(keeper),
        today: CLOSING_DAY,
        actor: 'the keeper',
        forgetDraws: () => Promise.resolve(),
        random: seededRandom(`the example of docs/privacy.md, ${line.preset}`),
      },
      QUARTER,
    );
    const [left] = await owner.query<{ rows: number; sealed: number }[]>(
      `SELECT (SELECT count(*)::int FROM intake.call) AS rows,
              (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'sealed') AS sealed`,
    );
    return {
      intake,
      sealed: sealed.map(({ codes }) => codes),
      memory,
      calls,
      ...(await published(app, line)),
      left: { rows: left?.rows ?? NaN, sealedTables: left?.sealed ?? NaN },
    };
  } finally {
    await app.close();
  }
}
