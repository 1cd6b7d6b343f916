/**
 * Whether what was acknowledged is what was counted: the counters are read with the key right after they begin, when
 * they hold the first share of the noise and no call, and again at the end; the difference must be the calls, exactly.
 */
import { createHash } from 'node:crypto';
import type { Answers } from '../../../src/contract/call.js';
import type { Month } from '../../../src/contract/period.js';
import { callCounter } from '../../../src/keeping/count-call.js';
import type { Counters } from '../../../src/keeping/counters.js';
import { never, type Figure } from '../../attacks/support/figures.js';
import { codesOf } from '../../support/calls.js';
import type { Handlers, Logged } from './handlers.js';
import type { Line } from './line.js';

const hashOf = ({ receipt }: Logged) => createHash('sha256').update(receipt).digest('hex');

/** By the place of the query in the quarter's list. */
type Values = Map<number, number>;

/** What a call adds. */
function valuesOf({ quarter }: Counters, month: Month, answers: Answers): Values {
  const values: Values = new Map();
  callCounter(quarter)({ month, codes: codesOf(answers) }, (query, by) =>
    values.set(query, (values.get(query) ?? 0) + by),
  );
  return values;
}

/** Takes values away, or puts them back; whether nothing is less than nothing. */
function take(from: Values, values: Values, times: 1 | -1): boolean {
  let whole = true;
  for (const [query, value] of values) {
    const left = (from.get(query) ?? 0) - times * value;
    from.set(query, left);
    whole &&= left >= 0;
  }
  return whole;
}

/** Takes one of the possible versions of each call away, so that nothing is left; false where no choice does that. */
function choose(left: Values, calls: readonly (readonly Values[])[], at = 0): boolean {
  const versions = calls[at];
  if (versions === undefined) return [...left.values()].every((value) => value === 0);
  for (const version of versions) {
    if (take(left, version, 1) && choose(left, calls, at + 1)) return true;
    take(left, version, -1);
  }
  return false;
}

/** How many queries have another answer than the calls that were counted between two looks give. */
export function miscounted(
  { begun, ended }: { readonly begun: Counters; readonly ended: Counters },
  month: Month,
  counted: readonly Pick<Logged, 'possible'>[],
): number {
  const left: Values = new Map(
    [...ended.values].map(([query, value]) => [query, value - (begun.values.get(query) ?? NaN)]),
  );
  const versions = counted.map(({ possible }) => possible.map((answers) => valuesOf(ended, month, answers)));
  for (const [only] of versions.filter(({ length }) => length === 1))
    if (only !== undefined) take(left, only, 1);
  const uncertain = versions.filter(({ length }) => length > 1);
  if (choose(left, uncertain)) return 0;
  for (const [first] of uncertain) if (first !== undefined) take(left, first, 1);
  return [...left.values()].filter((value) => value !== 0).length;
}

/** What there was of the calls when all was sealed. */
export interface Reckoning {
  readonly acknowledged: number;
  /** Calls that were counted, and those among them that their handler never heard of. */
  readonly counted: number;
  readonly unheard: number;
  readonly lost: number;
  readonly withdrawn: number;
  readonly foreign: number;
  readonly queries: number;
  readonly miscounted: number;
  readonly waiting: number;
  readonly sentAgain: number;
  readonly takenAgain: number;
}

/** How many calls are sent again at the end. */
const SENT_AGAIN = 100;

/** What must hold for calls whatever became of the others: counted as they were sent, once, and for good. */
export const countedOnce = (found: Reckoning): Figure[] => [
  never('withdrawn calls that were counted', found.withdrawn),
  never('calls that are remembered twice, or that nobody sent', found.foreign),
  never(
    `answers to the quarter’s ${found.queries} queries that are not those of the counted calls`,
    found.miscounted,
  ),
  never('calls left uncounted by a seal of all days', found.waiting),
  never(`counted calls, of ${found.sentAgain} sent again, that were taken once more`, found.takenAgain),
];

/** And that none is missing. */
export const everythingCounted = (found: Reckoning): Figure[] => [
  never('acknowledged calls that were lost', found.lost),
  ...countedOnce(found),
];

/** What the handlers were told that they never may be. */
export const toldWrongly = ({ wrongs }: Handlers): Figure[] => [
  never('acknowledged calls that were gone when they were amended or withdrawn', wrongs.missing),
  never('times that a handler was signed out', wrongs.signedOut),
  never('answers that the contract does not have', wrongs.unexpected.length),
];

/** The receipts that are remembered, by their hashes, and how many calls still wait. */
const stored = (line: Line) =>
  line.look(async ({ owner }) => {
    const rows: { hash: string }[] = await owner.query(
      `SELECT encode(receipt_hash, 'hex') AS hash FROM intake.receipt_memory`,
    );
    const left: unknown[] = await owner.query('SELECT 1 FROM intake.call');
    return { remembered: rows.map(({ hash }) => hash), waiting: left.length };
  });

/** Seals what is there, and compares. Nobody is at work. `begun` is the look at the counters when they began. */
export async function reckon(line: Line, begun: Counters): Promise<Reckoning> {
  const { handlers } = line;
  await line.done('keeper', ['seal', '--today']);
  const ended = await line.counters();
  const { remembered, waiting } = await stored(line);
  const memory = new Set(remembered);
  const isCounted = (call: Logged) => memory.has(hashOf(call));
  const { calls } = handlers;
  const known = new Set(calls.map(hashOf));
  const counted = calls.filter(isCounted);
  const acknowledged = calls.filter(({ told }) => told === 'acknowledged');
  const again = counted.filter((_, place) => place % Math.ceil(counted.length / SENT_AGAIN) === 0);
  let takenAgain = 0;
  for (const call of again) if ((await handlers.again(call)) !== 409) takenAgain += 1;
  return {
    acknowledged: acknowledged.length,
    counted: counted.length,
    unheard: counted.filter(({ told }) => told === 'unheard').length,
    lost: acknowledged.filter((call) => !isCounted(call)).length,
    withdrawn: counted.filter(({ told }) => told === 'withdrawn').length,
    foreign: remembered.length - memory.size + remembered.filter((hash) => !known.has(hash)).length,
    queries: ended.values.size,
    miscounted: miscounted({ begun, ended }, line.month, counted),
    waiting,
    sentAgain: again.length,
    takenAgain,
  };
}
