/**
 * The worked example of docs/privacy.md: one made-up call, taken the whole way through the real application, on a
 * quiet line and on a busy one. What the document says of it is compared with what happens here.
 */
import { createHash } from 'node:crypto';
import { unpackCall, type Answers } from '../../src/contract/call.js';
import { askedUnder } from '../../src/contract/counted.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Preset } from '../../src/contract/plan.js';
import type { PeriodSummary, PublishedTable } from '../../src/contract/statistics.js';
import { demoCalls } from '../../src/demo/calls.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { storeCall } from '../../src/intake/store.js';
import { readCounters } from '../../src/keeping/counters-store.js';
import { openCounters } from '../../src/keeping/counters.js';
import { findPublicKey, readInstallation } from '../../src/keeping/key-store.js';
import { readKey, type NightKey } from '../../src/keeping/keys.js';
import { openerOf } from '../../src/keeping/opener.js';
import { findQuarter } from '../../src/keeping/quarter-store.js';
import { openQueries } from '../../src/keeping/quarter.js';
import { readAudit } from '../../src/statistics/read.js';
import { answersOf } from '../../src/web/call/draft.js';
import { formOf } from '../../src/web/call/form-vocabulary.js';
import { startApp, type TestApp } from '../support/app.js';
import { aConversation, codesOf, vocabulary } from '../support/calls.js';
import type { TestDatabase } from '../support/database.js';
import { closeOn, sealBefore } from '../support/keeping.js';
import { seededRandom } from '../../bench/seeded-random.js';

const QUARTER = '2026-Q4';
const DAY = '2026-11-11';
const NIGHT = '2026-11-12';
const CLOSING_DAY = '2027-01-07';

/** The call: a parent in Värmland, about a boy of 16 or 17. */
export const answers: Answers = aConversation();

/** What the form of a line sends of it: the answers to what its plan counts. */
export function sentUnder(preset: Preset): Answers {
  const chosen = Object.entries(answers).map(([id, codes]) => [id, [codes].flat()] as const);
  return answersOf(formOf(askedUnder(presetPlan(preset), vocabulary)), Object.fromEntries(chosen));
}

/** The receipt that the browser made, were it not for an example. */
export const receipt = createHash('sha256')
  .update('an example')
  .digest()
  .subarray(0, 16)
  .toString('base64url');

export interface IntakeRow {
  readonly receipt_hash: string;
  readonly key_id: string;
  readonly day: string;
  readonly month: string;
  readonly envelope: Buffer;
}

/** A quarter's counters by the place of their query, and which cell of which table each query counts. */
export interface Counted {
  readonly values: ReadonlyMap<number, number>;
  readonly queryOf: (table: string, row: number) => number;
}

export interface Example {
  readonly intake: readonly IntakeRow[];
  /** The numbers in the envelope, which the key of that night opens. */
  readonly inside: readonly number[];
  /** The counters before the call's night, first shares alone, and after it. */
  readonly before: Counted;
  readonly after: Counted;
  readonly memory: readonly { readonly receipt_hash: string; readonly forget_on: string }[];
  /** Every call of the quarter, ours first: what nobody ever sees. */
  readonly calls: readonly Answers[];
  readonly period: PeriodSummary;
  /** The tables asked for, as the statistics page gets them, and their noisy answers as `tyst audit` prints them. */
  readonly tables: Readonly<Record<string, PublishedTable>>;
  readonly noisy: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Rows of intake after the night, and after the close; counters after the close. */
  readonly left: { readonly afterNight: number; readonly rows: number; readonly counters: number };
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
    `SELECT encode(receipt_hash, 'hex') AS receipt_hash, key_id, day::text, month, envelope FROM intake.call`,
  );

async function keyOf({ keeper, keys }: TestDatabase): Promise<NightKey> {
  const [named, { id }] = [await findPublicKey(keeper), await readInstallation(keeper)];
  const key = await readKey(keys, named?.id ?? '', id);
  if (typeof key === 'string') throw new Error(`The key of the night is ${key}.`);
  return key;
}

/** What the key of that night finds in the call's envelope. */
async function openedCall(database: TestDatabase, [row]: readonly IntakeRow[]): Promise<number[]> {
  if (row === undefined) throw new Error('The call is not there.');
  const { receipt_hash: hash, key_id: keyId, month, envelope } = row;
  const open = openerOf(await keyOf(database));
  const [packed] = open([{ receiptHash: Buffer.from(hash, 'hex'), keyId, month, envelope }]);
  return unpackCall(packed ?? Buffer.alloc(0)) ?? [];
}

/** What the key of that night finds in the quarter's counters. */
async function openedCounters(database: TestDatabase): Promise<Counted> {
  const { keeper } = database;
  const [blob] = (await readCounters(keeper)).filter(({ quarter }) => quarter === QUARTER);
  const frozen = await findQuarter(keeper, QUARTER);
  if (blob === undefined || frozen === null) throw new Error('The quarter has not begun.');
  const open = await openQueries(keeper, frozen);
  const counters = openCounters(blob.blob, frozen, open, await keyOf(database));
  if (counters === null) throw new Error('The counters do not open.');
  const queryOf = (table: string, row: number) =>
    frozen.queries.findIndex((query) => query.table === table && query.row === row);
  return { values: counters.values, queryOf };
}

/** The other calls of the quarter go straight to intake: only ours is followed. */
async function logOthers({ intake }: TestDatabase, line: Line): Promise<Answers[]> {
  const { count, conversations } = line;
  const months = monthsOfQuarter(QUARTER);
  const others = demoCalls({ count: count - 1, months, seed: 2026, conversations });
  for (const [index, { month, answers: said }] of others.entries())
    await storeCall(intake, { receipt: `call ${String(index)}`, day: DAY, month, codes: codesOf(said) });
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
  const audited = (await readAudit(app.database.reader, QUARTER))?.queries ?? [];
  const tables: Record<string, PublishedTable> = {};
  const noisy: Record<string, number[][]> = {};
  for (const id of ids) {
    const reply = await supervisor.get(`/api/v1/statistics/periods/${QUARTER}/tables/${id}`).expect(200);
    tables[id] = reply.body as PublishedTable;
    const rows: number[][] = (noisy[id] = []);
    for (const { table, row, column, noisy: answer } of audited)
      if (table === id && row !== null && column !== null) (rows[row] ??= [])[column] = answer;
  }
  return { period, tables, noisy };
}

/** Takes the call from the request to the published numbers. The noise is repeatable, which it never is in earnest. */
export async function follow(line: Line): Promise<Example> {
  const app = await startApp(`${DAY}T19:40:00Z`);
  try {
    const { database, clock } = app;
    const { owner, desk, reader } = database;
    const change = { random: seededRandom(`an example for docs/privacy.md, ${line.preset}`) };
    await setPlan({ desk, reader }, QUARTER, presetPlan(line.preset), { clock, actor: 'supervisor' });
    // The night before: the quarter begins, and its counters get their first share of noise.
    await sealBefore(database, DAY, change);
    const before = await openedCounters(database);
    const handler = await app.as('handler');
    await handler
      .put(`/api/v1/calls/${receipt}`)
      .send({ answers: sentUnder(line.preset) })
      .expect(201);
    const intake = await readIntake(database);
    const inside = await openedCall(database, intake);

    await sealBefore(database, NIGHT, change);
    const after = await openedCounters(database);
    const afterNight = (await readIntake(database)).length;
    const memory = await owner.query<Example['memory'][number][]>(
      `SELECT encode(receipt_hash, 'hex') AS receipt_hash, forget_on::text FROM intake.receipt_memory`,
    );
    const calls = [answers, ...(await logOthers(database, line))];
    await closeOn(database, CLOSING_DAY, QUARTER, change);
    return {
      ...{ intake, inside, before, after, memory, calls },
      ...(await published(app, line)),
      left: {
        afterNight,
        rows: (await readIntake(database)).length,
        counters: (await readCounters(database.keeper)).length,
      },
    };
  } finally {
    await app.close();
  }
}
