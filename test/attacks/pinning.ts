import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { never, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, countCells, layOut } from './support/line.js';
import { extremes, TOLERANCE } from './support/programme.js';
import { tyst, type Publisher } from './support/publisher.js';
import { relations, type Relation } from './support/structure.js';

const SEED = 'A3 pinning';

const settings = [
  { preset: 'tiny', count: 40 },
  { preset: 'small', count: 100 },
  { preset: 'medium', count: 300 },
  { preset: 'large', count: 1000 },
] as const;

/** Releases by plan: a programme of the large plan has 700 unknowns and is solved 1,000 times. */
const sizes: Record<Size, Record<Preset, number>> = {
  test: { tiny: 4, small: 3, medium: 1, large: 1 },
  full: { tiny: 60, small: 40, medium: 20, large: 4 },
};

export interface Pinned {
  hidden: number;
  pinned: number;
  smallProven: number;
  contradictions: number;
  /** The least number of calls between the ends of any range. */
  narrowest: number;
}

async function tryPinning(
  publisher: Publisher,
  { preset, count }: { readonly preset: Preset; readonly count: number },
  releases: number,
): Promise<Pinned> {
  const layout = layOut(presetPlan(preset));
  const known = relations(layout);
  const pool = callsLike(6_000, 4);
  const records = pool.map((call) => layout.cellsOf(call));
  const [random, surrounding] = [seededRandom(`${SEED} ${preset} noise`), chance(`${SEED} ${preset} calls`)];
  const tally: Pinned = { hidden: 0, pinned: 0, smallProven: 0, contradictions: 0, narrowest: Infinity };
  for (let release = 0; release < releases; release += 1) {
    const lines = surrounding.places(pool.length, count).map((place) => records[place] ?? []);
    const counts = countCells(layout.cells, lines);
    const page = publisher.page(layout, publisher.publish(layout, lines, random));
    const sums = page.sums.map(({ cells, low, high }): Relation => ({
      terms: new Map(cells.map((cell) => [cell, 1])),
      low,
      high,
    }));
    const hidden = page.cells.flatMap(({ shown }, cell) => (shown ? [] : [cell]));
    const found = await extremes(page.cells, [...known, ...sums], hidden);
    tally.hidden += hidden.length;
    if (found === null) tally.contradictions += 1;
    for (const [index, [low, high]] of (found ?? []).entries()) {
      const truth = counts[hidden[index] ?? 0] ?? 0;
      tally.narrowest = Math.min(tally.narrowest, high - low);
      // Counts are whole: a range that holds a single whole number pins it.
      if (Math.floor(high + TOLERANCE) <= Math.ceil(low - TOLERANCE)) tally.pinned += 1;
      if (truth >= 1 && truth <= 4 && low > TOLERANCE) tally.smallProven += 1;
    }
  }
  return tally;
}

/** The figures of one publisher, and how many hidden cells they are about. */
export async function pinningOf(
  publisher: Publisher,
  size: Size,
  presets: readonly Preset[] = settings.map(({ preset }) => preset),
): Promise<{ figures: Figure[]; notes: string[] }> {
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const setting of settings.filter(({ preset }) => presets.includes(preset))) {
    const releases = sizes[size][setting.preset];
    const found = await tryPinning(publisher, setting, releases);
    const name = `${setting.preset}, N = ${setting.count}`;
    figures.push(never(`${name}: hidden cells pinned to one value`, found.pinned));
    figures.push(never(`${name}: hidden cells of 1 to 4 calls proven not empty`, found.smallProven));
    notes.push(
      `${name}: ${found.hidden} hidden cells in ${releases} releases. The narrowest range left to any was ` +
        `${found.narrowest.toFixed(1)} calls wide. In ${found.contradictions} releases the noise strayed beyond what the ` +
        'attacker assumed, and the programme had no solution.',
    );
  }
  return { figures, notes };
}

/** A3: what must a hidden cell have been? */
export const pinning: Attack = {
  id: 'A3',
  title: 'Pinning by linear programme',
  words:
    'The attacker has the pages of the quarter and its months, and knows which counts add up to which. They assume that ' +
    'no number strays beyond four of its own standard deviations (those of an estimate follow from the plan), write all of it down as a linear programme, and ask the solver ' +
    'HiGHS for the least and greatest value that each hidden cell ("under T", or withheld) can have had.',
  seed: SEED,
  run: (size) => pinningOf(tyst, size),
};
