import { presetPlan } from '../../src/contract/presets.js';
import { toNumber, type Preset } from '../../src/contract/plan.js';
import { answersOf, askedOf } from './support/asked.js';
import { atLeast, atMost, mean, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, MONTHS, QUARTER } from './support/line.js';
import { openedQuarter } from './support/opened.js';
import { aSealedQuarter, closePeriod } from './support/quarter.js';
import { guessing, twoShares, type Sharing } from './support/shares.js';

const SEED = 'N3 one look';

/** How many draws of noise a figure may take, and how many trials are enough. */
const sizes: Record<
  Size,
  { readonly presets: readonly Preset[]; readonly draws: number; readonly most: number }
> = {
  test: { presets: ['tiny'], draws: 240_000, most: 30_000 },
  full: { presets: ['tiny', 'large'], draws: 3_000_000, most: 60_000 },
};

/** What theory says of one look and everything published, which costs 2 rho, and room for the size of the sample. */
const bounds = [
  { rho: 0.5, membership: 0.765, stories: 0.85, theory: 0.76 },
  { rho: 0.125, membership: 0.645, stories: 0.7, theory: 0.638 },
] as const;

/** The figures of one way to keep a quarter. */
export function looksOf(sharing: Sharing, size: Size): Figure[] {
  const { presets, draws, most } = sizes[size];
  return presets.flatMap((preset) =>
    bounds.flatMap((bound) => {
      const plan = presetPlan(preset, bound.rho);
      return (['before the look', 'after the look'] as const).flatMap((look) => {
        const name = `${preset}, rho ${bound.rho}, a call ${look}`;
        const right = (of: 'membership' | 'stories') =>
          guessing(sharing, plan, of, { look, closes: 1 }, { draws, most, seed: `${SEED} ${name} ${of}` });
        const there = right('membership');
        return [
          atMost(`${name}: right about whether it is there`, there, bound.membership),
          atLeast(
            `${name}: right about whether it is there, or the attack is broken`,
            there,
            bound.theory - 0.02,
          ),
          atMost(`${name}: right about which of two stories it told`, right('stories'), bound.stories),
        ];
      });
    }),
  );
}

/** What is in a machine's counters beside the calls, and what the close adds, on a real database. */
async function onTheMachine(): Promise<Figure[]> {
  const plan = presetPlan('large');
  const calls = callsLike(250, 31);
  const exactly = answersOf(plan, calls);
  const database = await aSealedQuarter(plan, calls);
  try {
    const looked = await openedQuarter(database, QUARTER);
    await closePeriod(database);
    const rows: { period: string; noisy: string }[] = await database.owner.query(
      'SELECT period, noisy FROM published.noisy_answer ORDER BY period, query',
    );
    const answers = new Map(
      [...MONTHS, QUARTER].map((id) => [id, rows.filter(({ period }) => period === id)]),
    );
    const shares = askedOf(plan).map(({ month, sigma2 }, query) => {
      const published = Number(answers.get(month ?? QUARTER)?.shift()?.noisy ?? NaN);
      const [half, counter] = [toNumber(sigma2) / 2, looked.get(query) ?? NaN];
      return {
        first: (counter - (exactly[query] ?? NaN)) ** 2 / half,
        second: (published - counter) ** 2 / half,
      };
    });
    return [
      atLeast(
        'noise that a look at a machine finds in its counters, in first shares',
        mean(shares.map(({ first }) => first)),
        0.75,
      ),
      atLeast('noise that its close adds, in second shares', mean(shares.map(({ second }) => second)), 0.75),
    ];
  } finally {
    await database.destroy();
  }
}

/** N3: what does one copy of the whole machine give away, keys and all? */
export const look: Attack = {
  id: 'N3',
  title: 'One look',
  words:
    'The attacker copies the whole machine once, in mid-quarter: database, keys, everything; later they read what is ' +
    'published. They know every call but one. Of the call they ask whether it is there, or, knowing that it is, which of two ' +
    'stories it told that differ in every table. The counters, opened, are calls and a first share of noise; what is published, ' +
    'less the counters, is later calls and the second share. The exact likelihood ratio of both decides, for calls counted before ' +
    'the look and after it, over the dearest calls and stories of a plan. Counted: how often it is right, before an even guess.',
  seed: SEED,
  async run(size) {
    return {
      figures: [...looksOf(twoShares, size), ...(await onTheMachine())],
      notes: [
        'In theory: a call pays in one of two shares, of half the variance each, so a look and everything published cost 2 rho: ' +
          'right 76.0 times in 100, and 84.1 about two stories (strict: 63.8 and 69.1). The calls of the very day of the look lie ' +
          'there in envelopes that its key opens; what is logged between two looks is their exact difference. Both are said.',
        'The last two figures are of a real database with the real source: what stands in its counters beside the exact counts, and ' +
          'what its close adds, as mean squares in units of half the variance. About 1 is expected; exact counts would give 0.',
      ],
    };
  },
};
