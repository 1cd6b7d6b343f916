import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { CommandError } from '../../src/platform/command-error.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { aReceipt, codesOf } from '../support/calls.js';
import type { TestDatabase } from '../support/database.js';
import { sealBefore } from '../support/keeping.js';
import { answersOf } from './support/asked.js';
import { never, type Attack, type Figure } from './support/figures.js';
import { callsLike, QUARTER, type Call } from './support/line.js';
import { countedIn } from './support/opened.js';
import { aSealedQuarter } from './support/quarter.js';

const plan = presetPlan('small');
const COPIES = 1_000;
const DAY = '2026-12-30';
const NIGHT = '2026-12-31';

const random = () => seededRandom('N5 first share');

/** How many queries hold something else than what these calls add. */
async function miscounted(database: TestDatabase, calls: readonly Call[]): Promise<number> {
  const answers = answersOf(plan, calls);
  const counted = await countedIn(database, QUARTER, random());
  return counted.filter((value, query) => value !== answers[query]).length;
}

const put = ({ intake }: TestDatabase, { answers }: Call) =>
  storeCall(intake, { receipt: aReceipt(), day: DAY, month: '2026-12', codes: codesOf(answers) });

/** Whoever holds the database copies rows: under other receipts, to other months, to keys that are no more. */
async function copiedRows(database: TestDatabase, call: Call, before: readonly Call[]): Promise<Figure[]> {
  await put(database, call);
  const otherKey = randomBytes(16).toString('hex');
  await database.owner.transaction(async (transaction) => {
    // Past the foreign key too, which would refuse a key that is not tonight's.
    await transaction.query(`SET LOCAL session_replication_role = 'replica'`);
    await transaction.query(
      `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope)
       SELECT sha256(convert_to('copy ' || copy, 'UTF8')), CASE WHEN copy % 4 = 3 THEN $1 ELSE key_id END, day,
         CASE WHEN copy % 4 = 2 THEN '2026-11' ELSE month END, envelope
       FROM intake.call, generate_series(1, ${COPIES}) AS copy`,
      [otherKey],
    );
  });
  const logged: string[] = [];
  await sealBefore(database, NIGHT, {
    log: (event, facts = {}) => {
      logged.push(JSON.stringify({ event, ...facts }));
    },
  });
  const [row]: { rows: number; receipts: number }[] = await database.owner.query(
    `SELECT (SELECT count(*) FROM intake.call)::int AS rows, (SELECT count(*) FROM intake.receipt_memory
      WHERE receipt_hash IN (SELECT sha256(convert_to('copy ' || copy, 'UTF8')) FROM generate_series(1, ${COPIES}) AS copy))::int AS receipts`,
  );
  return [
    never(`queries that ${COPIES} copies of a row moved`, await miscounted(database, [...before, call])),
    never(
      'copies that stayed, or whose receipts are remembered',
      (row?.rows ?? NaN) + (row?.receipts ?? NaN),
    ),
    never(
      'lines of the log that say more of them than that a call did not open',
      logged.join() === '{"event":"call-did-not-open"}' ? 0 : 1,
    ),
  ];
}

/** All that a refused night must leave alone. */
async function standing({ owner, keys }: TestDatabase): Promise<string> {
  const rows = await Promise.all(
    [
      'SELECT * FROM intake.key',
      'SELECT * FROM intake.call ORDER BY receipt_hash',
      'SELECT * FROM sealed.counters ORDER BY quarter',
      'SELECT * FROM published.quarter_plan ORDER BY quarter',
      'SELECT * FROM intake.receipt_memory ORDER BY receipt_hash',
    ].map((sql) => owner.query<unknown>(sql)),
  );
  return JSON.stringify([rows, readdirSync(keys.path)]);
}

interface Blob {
  readonly quarter: string;
  readonly key_id: string;
  readonly blob: Buffer;
}

const blobs = ({ owner }: TestDatabase): Promise<Blob[]> =>
  owner.query('SELECT quarter, key_id, blob FROM sealed.counters ORDER BY quarter');

async function putBlob({ owner }: TestDatabase, { quarter, key_id: id, blob }: Blob): Promise<void> {
  await owner.query('UPDATE sealed.counters SET key_id = $2, blob = $3 WHERE quarter = $1', [
    quarter,
    id,
    blob,
  ]);
}

/** Puts a blob in a quarter's place, lets the night come, and puts the right one back; what went wrong. */
async function blobRefused(database: TestDatabase, right: Blob, wrong: Blob, today: string) {
  await putBlob(database, wrong);
  const before = await standing(database);
  const refusal: unknown = await sealBefore(database, today).then(
    () => null,
    (error: unknown) => error,
  );
  const said =
    refusal instanceof CommandError &&
    refusal.message.includes(`The counters of ${right.quarter} do not open`);
  const touched = (await standing(database)) === before ? 0 : 1;
  await putBlob(database, right);
  return { taken: said ? 0 : 1, touched };
}

/** With one bit turned. */
const changed = (blob: Buffer): Buffer => Buffer.from(blob.map((byte, at) => (at === 20 ? byte ^ 1 : byte)));

/** An older blob of the same quarter, as it was and under tonight's name; and one of another quarter. */
async function blobsPutBack(database: TestDatabase, calls: readonly Call[]): Promise<Figure[]> {
  const [old] = await blobs(database);
  const [late] = callsLike(1, 43);
  if (old === undefined || late === undefined) throw new Error('nothing was counted');
  await put(database, late);
  await sealBefore(database, '2027-01-02');
  const [right, other] = await blobs(database);
  if (right === undefined || other === undefined) throw new Error('two quarters were to be counted');
  const [waiting] = callsLike(1, 44);
  if (waiting !== undefined) await put(database, waiting);
  const found = [
    await blobRefused(database, right, old, '2027-01-03'),
    await blobRefused(database, right, { ...old, key_id: right.key_id }, '2027-01-03'),
    await blobRefused(database, right, { ...right, blob: other.blob }, '2027-01-03'),
    await blobRefused(database, other, { ...other, blob: right.blob }, '2027-01-03'),
    await blobRefused(database, right, { ...right, blob: changed(right.blob) }, '2027-01-03'),
  ];
  await sealBefore(database, '2027-01-03');
  const all = [...calls, late, ...(waiting === undefined ? [] : [waiting])];
  const count = (what: 'taken' | 'touched') => found.filter((one) => one[what] > 0).length;
  return [
    never(`blobs, of ${found.length} put in another's place, that were not refused`, count('taken')),
    never('refusals that touched a key, a call or a counter', count('touched')),
    never('queries that are wrong once the right blob is back', await miscounted(database, inDecember(all))),
  ];
}

/** The last calls of the quarter were put into December, whatever their own month. */
const inDecember = (calls: readonly Call[]): Call[] =>
  calls.map((call, index) => (index < ORDINARY ? call : { ...call, month: '2026-12' }));

const ORDINARY = 60;

/** N5: can whoever holds the database have something counted twice, or not at all? */
export const forgery: Attack = {
  id: 'N5',
  title: 'Forgery',
  words:
    `Whoever holds the database, and no key, copies the row of a call ${COPIES} times: under other receipts, into other months, ` +
    'to another key. Counted twice, a call would stand out of the noise. Then they put counters back that were written a night ' +
    'before, as they were and under the name of tonight’s key, counters of another quarter, and counters with one bit turned. ' +
    'The night must refuse, say why, and destroy nothing.',
  seed: null,
  async run() {
    const calls = callsLike(ORDINARY, 41);
    const database = await aSealedQuarter(plan, calls, { random: random() });
    try {
      const [drawn] = callsLike(1, 42);
      if (drawn === undefined) throw new RangeError('no calls');
      const call = { ...drawn, month: '2026-12' };
      const copied = await copiedRows(database, call, calls);
      return { figures: [...copied, ...(await blobsPutBack(database, [...calls, call]))] };
    } finally {
      await database.destroy();
    }
  },
};
