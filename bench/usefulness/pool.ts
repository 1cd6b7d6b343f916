/**
 * Made-up calls to draw quarters from. Each is counted once, so that many quarters of many calls cost little, and the rates
 * behind the quarters are known: a quarter is a Poisson number of calls, each any of the pool.
 */
import { encodeCall } from '../../src/contract/call.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { MONTH, tableShapes } from '../../src/contract/plan.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { demoCalls, type DemoCall } from '../../src/demo/calls.js';
import { callCounter } from '../../src/keeping/count-call.js';
import type { Frozen } from '../closed-quarter.js';
import { countTable } from '../synthetic.js';
import { vocabulary } from './versions.js';

const QUARTER = '2026-Q1';
const POOL = 12_000;

/** A number in [0, 1). */
export type Uniform = () => number;

export const pool = (seed: number): DemoCall[] =>
  demoCalls({ count: POOL, months: monthsOfQuarter(QUARTER), seed });

/** The places of a quarter's calls in the pool. */
export type Drawn = readonly number[];

/** A Poisson number: how many arrivals of a rate of one come in that time. */
function poisson(time: number, uniform: Uniform): number {
  let [many, left] = [0, time + Math.log(1 - uniform())];
  while (left > 0) {
    many += 1;
    left += Math.log(1 - uniform());
  }
  return many;
}

/** A Poisson number of calls, each any of some. */
export const drawFrom = (places: readonly number[], expected: number, uniform: Uniform): Drawn =>
  Array.from(
    { length: poisson(expected, uniform) },
    () => places[Math.floor(uniform() * places.length)] ?? 0,
  );

/** How much each call adds to numbers: their places and by how much, one after the other. */
type Moves = readonly Int32Array[];

/** Adds up what some calls move. */
export function added(moves: Moves, drawn: Drawn, size: number): number[] {
  const sums = new Float64Array(size);
  for (const call of drawn) {
    const own = moves[call] ?? new Int32Array();
    for (let at = 0; at < own.length; at += 2)
      sums[own[at] ?? 0] = (sums[own[at] ?? 0] ?? 0) + (own[at + 1] ?? 0);
  }
  return [...sums];
}

/** What each call of a pool adds to the answers of a quarter's queries, by the production counter. */
export function movesOfQueries(frozen: Frozen, calls: readonly DemoCall[]): Moves {
  const count = callCounter(frozen);
  return calls.map(({ month, answers }) => {
    const moves = new Map<number, number>();
    count({ month, codes: encodeCall(answers, vocabulary) }, (query, by) => {
      moves.set(query, (moves.get(query) ?? 0) + by);
    });
    return Int32Array.from([...moves].flat());
  });
}

/** What is compared between two quarters: the totals, and each answer to each question; by names. */
export function comparedOf({ plan, quarter }: Frozen): string[] {
  const tables = tableShapes(plan, vocabulary, quarter).filter(
    ({ rows, columns }) => columns === null && rows.dimension !== MONTH,
  );
  const answers = tables.flatMap(({ id, rows }) =>
    // The conversations among the kinds are a total.
    rows.codes.flatMap(({ code }) =>
      rows.dimension === KIND && code === CONVERSATION ? [] : [`${id} ${code}`],
    ),
  );
  return ['contacts', 'conversations', ...answers];
}

/** What each call of a pool adds to the numbers that are compared. */
export function movesOfCompared(frozen: Frozen, calls: readonly DemoCall[]): Moves {
  const places = new Map(comparedOf(frozen).map((name, place) => [name, place]));
  const shapes = tableShapes(frozen.plan, vocabulary, frozen.quarter).filter(
    ({ columns }) => columns === null,
  );
  return calls.map((call) => {
    const names = shapes.flatMap((shape) =>
      countTable(shape, [call], vocabulary).flatMap(([count], row) =>
        count === 0 ? [] : [`${shape.id} ${shape.rows.codes[row]?.code ?? ''}`],
      ),
    );
    const totals = call.answers[KIND] === CONVERSATION ? ['contacts', 'conversations'] : ['contacts'];
    return Int32Array.from(
      [...totals, ...names].flatMap((name) => {
        const place = places.get(name);
        return place === undefined ? [] : [place, 1];
      }),
    );
  });
}
