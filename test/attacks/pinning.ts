import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { never, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, columnsOf, countCells, layOut, sizeOf, type Layout } from './support/line.js';
import { extremes, TOLERANCE } from './support/programme.js';
import { tyst, type Publisher } from './support/publisher.js';
import { countsOf, relations, type Relation } from './support/structure.js';

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
  /** Hidden cells of 1 to 4 calls that must have been more than none; kinds other than conversations apart. */
  smallProven: number;
  otherKindsProven: number;
  contradictions: number;
  /** The least number of calls between the ends of any range. */
  narrowest: number;
}

/** The cells of kinds of contact other than conversations: by themselves, or by another question. */
function otherKinds({ shapes, offsets }: Layout): ReadonlySet<number> {
  return new Set(
    shapes.flatMap((shape, table) => {
      const isOther = (axis: typeof shape.rows | null, place: number) =>
        axis?.dimension === KIND && axis.codes[place]?.code !== CONVERSATION;
      const width = columnsOf(shape);
      return Array.from({ length: sizeOf(shape) }, (_, cell) => cell)
        .filter(
          (cell) => isOther(shape.rows, Math.floor(cell / width)) || isOther(shape.columns, cell % width),
        )
        .map((cell) => (offsets[table] ?? NaN) + cell);
    }),
  );
}

/** Whatever is not a cell may be any number of calls. */
const anything = { low: 0, high: Infinity };

async function tryPinning(
  publisher: Publisher,
  { preset, count }: { readonly preset: Preset; readonly count: number },
  releases: number,
): Promise<Pinned> {
  const layout = layOut(presetPlan(preset));
  const known = relations(layout);
  const pool = callsLike(6_000, 4);
  const counting = publisher.counting(layout);
  const totals = new Array<typeof anything>(countsOf(layout) - layout.cells).fill(anything);
  const apart = otherKinds(layout);
  const [random, surrounding] = [seededRandom(`${SEED} ${preset} noise`), chance(`${SEED} ${preset} calls`)];
  const tally: Pinned = {
    ...{ hidden: 0, pinned: 0, smallProven: 0, otherKindsProven: 0, contradictions: 0 },
    narrowest: Infinity,
  };
  for (let release = 0; release < releases; release += 1) {
    const calls = surrounding.places(pool.length, count).flatMap((place) => pool[place] ?? []);
    const counts = countCells(layout.cells, calls.map(layout.cellsOf));
    const page = publisher.page(layout, publisher.publish(layout, calls.map(counting.movesOf), random));
    const sums = page.sums.map(({ cells, low, high }): Relation => ({
      terms: new Map(cells.map((cell) => [cell, 1])),
      low,
      high,
    }));
    const hidden = page.cells.flatMap(({ shown }, cell) => (shown ? [] : [cell]));
    const found = await extremes([...page.cells, ...totals], [...known, ...sums], hidden);
    tally.hidden += hidden.length;
    if (found === null) tally.contradictions += 1;
    for (const [index, [low, high]] of (found ?? []).entries()) {
      const cell = hidden[index] ?? NaN;
      const truth = counts[cell] ?? NaN;
      tally.narrowest = Math.min(tally.narrowest, high - low);
      // Counts are whole: a range that holds a single whole number pins it.
      if (Math.floor(high + TOLERANCE) <= Math.ceil(low - TOLERANCE)) tally.pinned += 1;
      if (truth < 1 || truth > 4 || low <= TOLERANCE) continue;
      if (apart.has(cell)) tally.otherKindsProven += 1;
      else tally.smallProven += 1;
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
        'attacker assumed, and the programme had no solution. Of kinds other than conversations, whose noise is the least there ' +
        `is, ${found.otherKindsProven} hidden cells of 1 to 4 calls were proven not empty: so much rho allows of a call.`,
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
    'no number strays beyond four of its own standard deviations (those of an estimate follow from the plan), nor what shown ' +
    'numbers leave for the hidden ones of a line; write all of it down as a linear programme, and ask the solver HiGHS for the ' +
    'least and greatest value that each hidden cell ("under T", or withheld) can have had.',
  seed: SEED,
  run: (size) => pinningOf(tyst, size),
};
