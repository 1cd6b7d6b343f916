import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { KIND } from '../../src/contract/vocabulary.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atLeast, atMost, type Attack, type Figure, type Size } from './support/figures.js';
import { questions, type Hidden } from './support/hidden.js';
import { callsLike, isConversation, layOut, type Call } from './support/line.js';
import { addedUp } from './support/moves.js';
import { tyst, type Counting, type Publisher } from './support/publisher.js';
import { guessing, once, twoShares } from './support/shares.js';

const SEED = 'A2 attribute';
/** Targets of one release share its noise: of the few contacts that were no conversation more releases are asked. */
interface Trials {
  readonly releases: number;
  readonly targets: number;
}
const sizes: Record<Size, { readonly conversations: Trials; readonly others: Trials }> = {
  test: { conversations: { releases: 60, targets: 10 }, others: { releases: 600, targets: 4 } },
  full: { conversations: { releases: 400, targets: 20 }, others: { releases: 4_000, targets: 4 } },
};

/**
 * What an attacker may gain, above guessing the commonest answer. Kinds of contact other than conversations are asked by
 * themselves, with a variance of about 2: that tells two of them apart as well as rho allows of a call, no better, and is said.
 */
const MOST_GAINED = { conversations: 0.1, others: 0.17 };

/** How many draws of noise the figure of two stories may take, and how many are enough. */
const stories: Record<
  Size,
  { readonly presets: readonly Preset[]; readonly draws: number; readonly most: number }
> = {
  test: { presets: ['tiny', 'small'], draws: 500_000, most: 5_000 },
  full: { presets: ['tiny', 'small', 'medium', 'large'], draws: 6_000_000, most: 30_000 },
};

interface Tally {
  guesses: number;
  right: number;
  rightByPrior: number;
  sureAndRight: number;
}

interface Guess {
  readonly value: string;
  readonly probability: number;
}

/** The most likely value and its probability, from prior and likelihood. */
function mostLikely(values: readonly string[], logs: readonly number[]): Guess {
  const best = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - best));
  const total = weights.reduce((one, other) => one + other, 0);
  return { value: values[logs.indexOf(best)] ?? '', probability: 1 / total };
}

/** How often each value is the answer among many calls: what anybody may know before. */
function priorOf(hidden: Hidden, pool: readonly Call[]): number[] {
  const found = pool.flatMap((call) => hidden.valueOf(call) ?? []);
  return hidden.values.map((value) => found.filter((one) => one === value).length / found.length);
}

interface Setting {
  readonly publisher: Publisher;
  readonly preset: Preset;
  readonly count: number;
}

/** One question, with what its answer can move, how common each answer is, and what the attacker got of it. */
interface Tried {
  readonly hidden: Hidden;
  readonly counting: Counting;
  readonly prior: readonly number[];
  readonly tally: Tally;
}

/** Works out the most likely answer of one call, every other call and answer known. */
function guess(
  { hidden, counting: { places, movesOf }, prior }: Tried,
  call: Call,
  answers: ArrayLike<number>,
  ratio: (place: number, without: number, by: number) => number,
): Guess {
  const own = movesOf(call);
  const without = places.map((place, index) => (answers[place] ?? NaN) - (own[index] ?? NaN));
  const logs = hidden.values.map((value, which) => {
    let log = prior[which] ?? -Infinity;
    for (const [index, by] of movesOf(hidden.withValue(call, value)).entries())
      if (by !== 0) log += ratio(places[index] ?? NaN, without[index] ?? NaN, by);
    return log;
  });
  return certainOr(hidden.values, logs);
}

function tallied({ hidden, prior, tally }: Tried, truth: string, { value, probability }: Guess): void {
  tally.guesses += 1;
  tally.right += value === truth ? 1 : 0;
  tally.rightByPrior += mostLikely(hidden.values, prior).value === truth ? 1 : 0;
  tally.sureAndRight += probability >= 0.99 && value === truth ? 1 : 0;
}

/** What the attacker gets of each question's answer, of conversations or of other contacts, over releases of `count` calls. */
function tryAttributes(
  { publisher, preset, count }: Setting,
  of: keyof typeof MOST_GAINED,
  { releases, targets }: Trials,
): [question: string, tally: Tally][] {
  const layout = layOut(presetPlan(preset));
  const pool = callsLike(6_000, 2);
  const { places, movesOf } = publisher.counting(layout);
  const records = pool.map(movesOf);
  const likelihood = publisher.logLikelihood(layout);
  // Of the other contacts only the kind is asked: a conversation has all the answers.
  const asked = questions(layout).filter(({ dimension }) => (dimension === KIND) === (of === 'others'));
  const tried = asked.map((hidden): Tried => ({
    hidden,
    counting: publisher.counting(layout, hidden.dimension),
    prior: priorOf(hidden, pool).map(Math.log),
    tally: { guesses: 0, right: 0, rightByPrior: 0, sureAndRight: 0 },
  }));
  const seed = `${SEED} ${preset} ${of}`;
  const [random, surrounding] = [seededRandom(`${seed} noise`), chance(`${seed} calls`)];
  for (let release = 0; release < releases; release += 1) {
    const inside = surrounding.places(pool.length, count);
    const lines = inside.flatMap((place) => records[place] ?? []);
    const published = publisher.publish(layout, lines, random);
    const answers = addedUp(places.length, lines);
    const ratio = (place: number, without: number, by: number) => {
      const number = published[place] ?? NaN;
      return likelihood(place, number, without + by) - likelihood(place, number, without);
    };
    const calls = inside.flatMap((place) => pool[place] ?? []);
    const own = calls.filter((call) => isConversation(call) === (of === 'conversations'));
    for (const call of own.slice(0, targets))
      for (const one of tried) {
        const truth = one.hidden.valueOf(call);
        if (truth !== null) tallied(one, truth, guess(one, call, answers, ratio));
      }
  }
  return tried.map(({ hidden, tally }) => [hidden.dimension, tally]);
}

/** Among values of infinite likelihood ratio, of which bounded noise knows several, none is more certain. */
function certainOr(values: readonly string[], logs: readonly number[]): Guess {
  const certain = logs.flatMap((log, index) => (log === Infinity ? [values[index] ?? ''] : []));
  const [first] = certain;
  return first === undefined ? mostLikely(values, logs) : { value: first, probability: 1 / certain.length };
}

const settings = [
  { preset: 'tiny', count: 40 },
  { preset: 'small', count: 100 },
  { preset: 'medium', count: 300 },
  { preset: 'large', count: 1000 },
] as const;

/** The figures of one publisher: the question that gives most away, for each plan. */
export function attributesOf(
  publisher: Publisher,
  size: Size,
  presets: readonly Preset[] = settings.map(({ preset }) => preset),
): Figure[] {
  return settings
    .filter(({ preset }) => presets.includes(preset))
    .flatMap((setting) =>
      (['conversations', 'others'] as const).flatMap((of) => {
        const tallies = tryAttributes({ publisher, ...setting }, of, sizes[size][of]);
        const worst = (measure: (tally: Tally) => number) =>
          tallies
            .map(([dimension, tally]) => ({ dimension, value: measure(tally) / tally.guesses }))
            .reduce((one, other) => (other.value > one.value ? other : one));
        const gain = worst((tally) => tally.right - tally.rightByPrior);
        const sure = worst((tally) => tally.sureAndRight);
        const about = of === 'others' ? 'other contacts, ' : 'conversations, worst question, ';
        const name = `${setting.preset}, N = ${setting.count}: ${about}`;
        const which = sure.value === 0 ? 'all alike' : sure.dimension;
        return [
          atMost(`${name}accuracy above prior (${gain.dimension})`, gain.value, MOST_GAINED[of]),
          atMost(`${name}99% sure and right (${which})`, sure.value, 0.005),
        ];
      }),
    );
}

/** Which of the two stories that are most apart under a plan a call told, by everything that is published of the quarter. */
function storiesOf(size: Size): Figure[] {
  const { presets, draws, most } = stories[size];
  return presets.flatMap((preset) => {
    const seed = `${SEED} ${preset} stories`;
    const right = guessing(twoShares, presetPlan(preset), 'stories', once, { draws, most, seed });
    const name = `${preset}: right about which of two stories a call told`;
    return [atMost(name, right, 0.77), atLeast(`${name}, or the attack is broken`, right, 0.745)];
  });
}

/** A2: what did this caller answer? */
export const attribute: Attack = {
  id: 'A2',
  title: 'Attribute',
  words:
    'The attacker knows every other call and all of one call but the answer to one question, and knows how common each ' +
    'answer is. From the noisy answers they work out the most likely answer. Counted: how much more often that is right ' +
    'than guessing the commonest answer, and how often the attacker is 99% sure and right. Done for every question of ' +
    'a plan on conversations, and for the kind of contact on those that were none (silent calls, hang-ups, pranks). And of the two ' +
    'stories that are most apart, sought for each plan among all that a call can tell (they differ in every table, or nearly), ' +
    'how often the likelihood ratio of everything published says which one a call told.',
  seed: SEED,
  run: (size) =>
    Promise.resolve({
      figures: [...attributesOf(tyst, size), ...storiesOf(size)],
      notes: [
        'In theory two stories that are 2 rho apart, of rho = 0.5, are told apart 76.0 times in 100.',
        'The kind of a contact that was no conversation enters few tables, and so is asked with a variance of about 2: whoever ' +
          'knows everything else gains 0.14 in theory, where no question of a conversation gives 0.1. It lies inside rho.',
      ],
    }),
};
