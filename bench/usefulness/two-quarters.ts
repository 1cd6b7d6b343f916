/** Quarters of a line as everybody is told of them, and what may happen between two of them. */
import type { Preset } from '../../src/contract/plan.js';
import type { ShownNumber } from '../../src/contract/statistics.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import type { RandomSource } from '../../src/keeping/noise.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { closedWith } from '../closed-quarter.js';
import { cellKey, hideAndRound } from '../other-methods.js';
import {
  added,
  comparedOf,
  drawFrom,
  movesOfCompared,
  movesOfQueries,
  pool,
  type Drawn,
  type Uniform,
} from './pool.js';
import { frozenBy, type Version } from './versions.js';

const QUARTER = '2026-Q1';

/** What happens to the line between the two quarters. */
export const happenings = ['nothing', 'concern', 'fewer'] as const;
export type Happening = (typeof happenings)[number];

/** The concern that becomes half as common again: one of the commonest. */
export const CONCERN = 'views';
const MORE = 1.5;
const FEWER = 2 / 3;

export const readers = ['today', 'older', 'exact', 'hide', 'keys'] as const;
export type Reader = (typeof readers)[number];

/** A number as a reader has it. */
export interface Given {
  readonly number: ShownNumber | null;
  readonly sigma2: number | null;
  readonly uncertainty: number;
}

/** All that a published quarter gives to compare, by name. */
function givenBy(version: Version, preset: Preset, answers: readonly number[], random: RandomSource) {
  const closed = closedWith(frozenBy(version, preset, QUARTER), answers, random);
  const period = assemblePeriods([closed]).find(({ id }) => id === QUARTER);
  if (period === undefined) throw new Error('The quarter is not published.');
  const { totals, sureness } = summaryOf(period);
  const given = new Map<string, Given>();
  for (const of of ['contacts', 'conversations'] as const)
    given.set(of, {
      number: totals[of],
      sigma2: sureness[of]?.sigma2 ?? null,
      uncertainty: sureness[of]?.uncertainty ?? NaN,
    });
  for (const one of period.tables) {
    if (one.shape.columns !== null) continue;
    const { table, rows, cells, sigma2, uncertainty } = publishedTableOf(period, one);
    rows.codes.forEach(({ code }, row) => {
      if (rows.dimension !== KIND || code !== CONVERSATION)
        given.set(`${table} ${code}`, { number: cells[row]?.[0] ?? null, sigma2, uncertainty });
    });
  }
  return given;
}

export type ByName<One> = ReadonlyMap<string, One>;

/** Counts that were never protected, or otherwise; the variance is what a careful reader would take their noise for. */
function plainly(
  names: readonly string[],
  counts: readonly number[],
  method: (count: number) => number | null,
  sigma2: number,
): ByName<Given> {
  return new Map(
    names.map((name, place) => {
      const value = method(counts[place] ?? NaN);
      return [name, { number: value === null ? { under: 10 } : { value }, sigma2, uncertainty: NaN }];
    }),
  );
}

/** A quarter as everybody is told of it, and its exact counts in the order of the names. */
export interface Quarter {
  readonly counts: readonly number[];
  readonly given: Readonly<Record<Reader, ByName<Given>>>;
}

/** Quarters of a line. */
export interface Quarters {
  /** What is compared, by name. */
  readonly names: readonly string[];
  /** The direction in which the rate behind a number went. */
  readonly rate: (happening: Happening, name: string) => number;
  readonly draw: (happening: Happening, random: RandomSource) => Quarter;
}

/** The pool as a preset counts it under either version. */
function countedBy(preset: Preset, seed: number) {
  const calls = pool(seed);
  const [today, older] = [frozenBy('today', preset, QUARTER), frozenBy('older', preset, QUARTER)];
  const all = [...calls.keys()];
  return {
    names: comparedOf(today),
    compared: movesOfCompared(today, calls),
    moves: { today: movesOfQueries(today, calls), older: movesOfQueries(older, calls) },
    ...{ all, concern: all.filter((place) => calls[place]?.answers['concern'] === CONCERN) },
  };
}

const pools = new Map<Preset, ReturnType<typeof countedBy>>();

/** The quarters of a line with so many calls in each. */
export function quartersOf(calls: number, preset: Preset, seed: number): Quarters {
  const counted = pools.get(preset) ?? countedBy(preset, seed);
  pools.set(preset, counted);
  const { names, compared, moves, all, concern } = counted;
  const touched = added(compared, concern, names.length);
  const rises = new Set(names.filter((_, place) => (touched[place] ?? 0) > 0));
  const drawn = (happening: Happening, uniform: Uniform): Drawn => {
    const some = drawFrom(all, happening === 'fewer' ? FEWER * calls : calls, uniform);
    if (happening !== 'concern') return some;
    const more = ((MORE - 1) * calls * concern.length) / all.length;
    return [...some, ...drawFrom(concern, more, uniform)];
  };
  return {
    names,
    rate: (happening, name) => {
      if (happening === 'nothing') return 0;
      if (happening === 'fewer') return -1;
      return rises.has(name) ? 1 : 0;
    },
    draw: (happening, random) => {
      const uniform = () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32;
      const own = drawn(happening, uniform);
      const counts = added(compared, own, names.length);
      const version = (which: Version) => {
        const { queries } = frozenBy(which, preset, QUARTER);
        return givenBy(which, preset, added(moves[which], own, queries.length), random);
      };
      return {
        counts,
        given: {
          today: version('today'),
          older: version('older'),
          exact: plainly(names, counts, (count) => count, 0),
          hide: plainly(names, counts, (count) => hideAndRound(count, uniform), 2),
          keys: plainly(names, counts, (count) => cellKey(count, uniform), 3),
        },
      };
    },
  };
}
