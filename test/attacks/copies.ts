import { presetPlan } from '../../src/contract/presets.js';
import { toNumber, type Preset } from '../../src/contract/plan.js';
import type { Query } from '../../src/contract/queries.js';
import { atLeast, atMost, mean, never, type Attack, type Figure, type Size } from './support/figures.js';
import { answersOf, askedOf } from './support/asked.js';
import { callsLike, MONTHS, QUARTER } from './support/line.js';
import { aSealedQuarter, closePeriod } from './support/quarter.js';
import { copyOf } from './support/restore.js';
import { guessing, twoShares, type Sharing } from './support/shares.js';
import type { TestDatabase } from '../support/database.js';

const SEED = 'N4 copies';
const CLOSES = 50;

const sizes: Record<
  Size,
  {
    readonly presets: readonly Preset[];
    /** Of how many budgets, the largest first. */
    readonly budgets: number;
    readonly draws: number;
    readonly most: number;
    readonly copies: number;
  }
> = {
  test: { presets: ['tiny'], budgets: 1, draws: 3_000_000, most: 10_000, copies: 4 },
  full: {
    // Each trial draws fifty closes: the sampler is exact, and a larger plan would take hours.
    presets: ['tiny'],
    budgets: 2,
    draws: 4_000_000,
    most: 40_000,
    copies: CLOSES,
  },
};

const bounds = [
  { rho: 0.5, membership: 0.765, stories: 0.85 },
  { rho: 0.125, membership: 0.645, stories: 0.7 },
] as const;

/** The figures of one way to keep a quarter. */
export function copiesOf(sharing: Sharing, size: Size): Figure[] {
  const { presets, budgets, draws, most } = sizes[size];
  return presets.flatMap((preset) =>
    bounds.slice(0, budgets).flatMap((bound) => {
      const name = `${preset}, rho ${bound.rho}, ${CLOSES} copies`;
      const right = (of: 'membership' | 'stories') => {
        const sight = { look: null, closes: CLOSES };
        const seed = `${SEED} ${name} ${of}`;
        return guessing(sharing, presetPlan(preset, bound.rho), of, sight, { draws, most, seed });
      };
      return [
        atMost(`${name}: right about whether a call is there`, right('membership'), bound.membership),
        atMost(`${name}: right about which of two stories it told`, right('stories'), bound.stories),
      ];
    }),
  );
}

/** What a machine has published, in the order of the queries. */
async function publishedBy({ owner }: TestDatabase, queries: readonly Query[]): Promise<number[]> {
  const rows: { period: string; noisy: string }[] = await owner.query(
    'SELECT period, noisy FROM published.noisy_answer ORDER BY period, query',
  );
  const answers = new Map([...MONTHS, QUARTER].map((id) => [id, rows.filter(({ period }) => period === id)]));
  return queries.map(({ month }) => Number(answers.get(month ?? QUARTER)?.shift()?.noisy ?? NaN));
}

/** A real machine is put back to before the close again and again, and closes each time. */
async function onTheMachine(copies: number): Promise<Figure[]> {
  const plan = presetPlan('large');
  const queries = askedOf(plan);
  const calls = callsLike(250, 32);
  const exactly = answersOf(plan, calls);
  const database = await aSealedQuarter(plan, calls);
  const copy = await copyOf(database);
  try {
    const published: number[][] = [];
    for (let close = 0; close < copies; close += 1) {
      await copy.restore();
      await closePeriod(database);
      published.push(await publishedBy(database, queries));
    }
    const [first = [], ...others] = published;
    const alike = new Set(published.map((answers) => answers.join(','))).size;
    const halves = queries.map(({ sigma2 }) => toNumber(sigma2) / 2);
    const left = halves.map((half, query) => {
      const average = mean(published.map((answers) => answers[query] ?? NaN));
      return (average - (exactly[query] ?? NaN)) ** 2 / half;
    });
    const apart = others.map((answers) =>
      mean(halves.map((half, query) => ((answers[query] ?? NaN) - (first[query] ?? NaN)) ** 2 / (2 * half))),
    );
    return [
      never(`copies of a machine, of ${copies}, that published what another had`, published.length - alike),
      atLeast('noise left in the mean of all of them, in first shares', mean(left), 0.75),
      atMost('noise between two of them, in second shares', mean(apart), 1.25),
    ];
  } finally {
    await copy.forget();
    await database.destroy();
  }
}

/** N4: what do copies give away that are closed again and again? */
export const copies: Attack = {
  id: 'N4',
  title: 'Copies',
  words:
    `The attacker has a copy of the whole machine from before the close, starts it ${CLOSES} times, and lets each close on its ` +
    'own. What is published then has one first share and as many second ones; they average it, and the exact likelihood ratio of ' +
    'all of it decides. Counted: how often it is right about the dearest calls and stories, before an even guess. And a real ' +
    'machine is put back to before its close, keys and all, and closes again.',
  seed: SEED,
  async run(size) {
    return {
      figures: [...copiesOf(twoShares, size), ...(await onTheMachine(sizes[size].copies))],
      notes: [
        'In theory k closes cost rho / (1/2 + 1/(2k)), never 2 rho: right 75.8 times in 100 after 50. The noise on the machine is ' +
          'given as a mean square in units of half the variance; about 1 is expected in each, and if all noise were drawn at the ' +
          `close, the mean would have 2 in ${CLOSES} left.`,
      ],
    };
  },
};
