/** What is said of two quarters, and how much of it is true: of the calls themselves, and of what lies behind them. */
import { changeBetween } from '../../src/contract/change.js';
import type { Preset } from '../../src/contract/plan.js';
import { seededRandom } from '../seeded-random.js';
import { olderChange, olderUncertainty } from './older-change.js';
import {
  CONCERN,
  happenings,
  quartersOf,
  readers,
  type ByName,
  type Given,
  type Happening,
  type Quarter,
  type Quarters,
  type Reader,
} from './two-quarters.js';

/** Two quarters in a row of a line with so many calls in each, so many times over. */
export interface Pairs {
  readonly calls: number;
  readonly preset: Preset;
  readonly runs: number;
}

/** What was announced over all pairs of quarters. */
export interface Announced {
  /** Pairs with any statement, and with the one about what did happen. */
  pairs: number;
  found: number;
  statements: number;
  /** Statements whose direction is that of the exact counts, and of the rates. */
  trueOfCounts: number;
  trueOfRates: number;
}

/** Version 0.1's words that there was no difference, of totals and of answers. */
export interface Denied {
  totals: number;
  totalsFalse: number;
  answers: number;
  answersFalse: number;
}

export interface Told {
  readonly pairs: Pairs;
  readonly announced: Readonly<Record<Happening, Readonly<Record<Reader, Announced>>>>;
  readonly denied: Readonly<Record<Happening, Denied>>;
}

const nothing = (): Announced => ({ pairs: 0, found: 0, statements: 0, trueOfCounts: 0, trueOfRates: 0 });
const perHappening = <One>(make: () => One): Record<Happening, One> => ({
  nothing: make(),
  concern: make(),
  fewer: make(),
});

/** The differences that are announced, by name. */
function announcedBy(
  names: readonly string[],
  now: ByName<Given>,
  before: ByName<Given>,
  differ: (now: Given, before: Given) => number | null,
): ByName<number> {
  return new Map(
    names.flatMap((name) => {
      const [one, other] = [now.get(name), before.get(name)];
      const difference = one === undefined || other === undefined ? null : differ(one, other);
      return difference === null ? [] : [[name, difference] as const];
    }),
  );
}

const todaysDifference = (now: Given, before: Given) => changeBetween(now, before)?.difference ?? null;

/** The number that says best what happened. */
function tellsOf(happening: Happening, name: string): boolean {
  if (happening === 'concern') return name === `concern ${CONCERN}` || name === 'concern-top ideas';
  return happening === 'fewer' && name === 'conversations';
}

function addDenied(
  to: Denied,
  names: readonly string[],
  [before, now]: readonly [Quarter, Quarter],
  announced: ByName<number>,
): void {
  const tablesToldOf = new Set([...announced.keys()].map((name) => name.split(' ')[0]));
  for (const [place, name] of names.entries()) {
    const [one, other] = [now.given.older.get(name), before.given.older.get(name)];
    if (one === undefined || other === undefined || announced.has(name)) continue;
    const isFalse =
      Math.abs((now.counts[place] ?? NaN) - (before.counts[place] ?? NaN)) > olderUncertainty(one, other);
    const [table, code] = name.split(' ');
    const bothShown = [one, other].every(({ number }) => number !== null && 'value' in number);
    // The report said it of totals that were shown, the page of every answer of a table that it told something of.
    if (code === undefined && bothShown) {
      to.totals += 1;
      to.totalsFalse += isFalse ? 1 : 0;
    } else if (code !== undefined && tablesToldOf.has(table)) {
      to.answers += 1;
      to.answersFalse += isFalse ? 1 : 0;
    }
  }
}

function addPair(
  told: Told,
  quarters: Quarters,
  happening: Happening,
  pair: readonly [Quarter, Quarter],
): void {
  const [before, now] = pair;
  const { names } = quarters;
  for (const reader of readers) {
    const differ = reader === 'older' ? olderChange : todaysDifference;
    const announced = announcedBy(names, now.given[reader], before.given[reader], differ);
    const to = told.announced[happening][reader];
    to.pairs += announced.size > 0 ? 1 : 0;
    to.found += [...announced].some(
      ([name, by]) => tellsOf(happening, name) && Math.sign(by) === quarters.rate(happening, name),
    )
      ? 1
      : 0;
    for (const [place, name] of names.entries()) {
      const by = announced.get(name);
      if (by === undefined) continue;
      to.statements += 1;
      const truly = (now.counts[place] ?? NaN) - (before.counts[place] ?? NaN);
      to.trueOfCounts += Math.sign(truly) === Math.sign(by) ? 1 : 0;
      to.trueOfRates += quarters.rate(happening, name) === Math.sign(by) ? 1 : 0;
    }
    if (reader === 'older') addDenied(told.denied[happening], names, pair, announced);
  }
}

/** Compares two quarters so many times over, in which nothing happened and in which something did. */
export function compare(pairs: Pairs, seed: number): Told {
  const quarters = quartersOf(pairs.calls, pairs.preset, seed);
  const told: Told = {
    pairs,
    announced: perHappening(() => ({
      ...{ today: nothing(), older: nothing(), exact: nothing() },
      ...{ hide: nothing(), keys: nothing() },
    })),
    denied: perHappening(() => ({ totals: 0, totalsFalse: 0, answers: 0, answersFalse: 0 })),
  };
  for (let run = 0; run < pairs.runs; run += 1) {
    const random = seededRandom(`changes ${seed} ${pairs.preset} ${pairs.calls} ${run}`);
    const before = quarters.draw('nothing', random);
    for (const happening of happenings)
      addPair(told, quarters, happening, [before, quarters.draw(happening, random)]);
  }
  return told;
}
