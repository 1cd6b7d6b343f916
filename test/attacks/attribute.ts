import type { Preset } from '../../src/contract/plan.js';
import { MONTH } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  leafCodes,
  topOf,
} from '../../src/contract/vocabulary.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atMost, type Attack, type Figure, type Size } from './support/figures.js';
import {
  callsLike,
  countCells,
  isConversation,
  layOut,
  MONTHS,
  vocabulary,
  type Call,
  type Layout,
} from './support/line.js';
import { tyst, type Publisher } from './support/publisher.js';
import { guessing, twoShares } from './support/shares.js';

const SEED = 'A2 attribute';
const sizes: Record<Size, { readonly releases: number; readonly targets: number }> = {
  test: { releases: 60, targets: 20 },
  full: { releases: 400, targets: 20 },
};

/** How many draws of noise the figure of two stories may take, and how many trials are enough. */
const stories: Record<
  Size,
  { readonly presets: readonly Preset[]; readonly draws: number; readonly most: number }
> = {
  test: { presets: ['tiny', 'small'], draws: 300_000, most: 20_000 },
  full: { presets: ['tiny', 'small', 'medium', 'large'], draws: 4_000_000, most: 100_000 },
};

/** One question whose answer is hidden: the answers that the plan tells apart, and a call with another answer. */
interface Hidden {
  readonly dimension: string;
  /** The places in the layout of the tables that ask it. */
  readonly tables: readonly number[];
  readonly values: readonly string[];
  readonly valueOf: (call: Call) => string | null;
  readonly withValue: (call: Call, value: string) => Call;
}

function hiddenMonth(tables: readonly number[]): Hidden {
  return {
    dimension: MONTH,
    tables,
    values: MONTHS,
    valueOf: ({ month }) => month,
    withValue: (call, month) => ({ ...call, month }),
  };
}

/** At the finest level that any table has; of a question with several answers, calls that gave one. */
function hiddenAnswer(layout: Layout, id: string, tables: readonly number[]): Hidden | null {
  const dimension = findDimension(vocabulary, id);
  if (dimension === undefined) return null;
  const axes = layout.shapes.flatMap(({ rows, columns }) => (columns === null ? [rows] : [rows, columns]));
  const leaf = axes.some((axis) => axis.dimension === id && axis.level === 'leaf');
  const values = codesAtLevel(dimension, leaf ? 'leaf' : 'top').map((code) => code.id);
  const leaves = leafCodes(dimension);
  const shownAs = new Map(leaves.map((code) => [code.id, leaf ? code.id : topOf(code)]));
  const aLeafOf = new Map(leaves.map((code) => [shownAs.get(code.id) ?? '', code.id]));
  return {
    dimension: id,
    tables,
    values,
    valueOf: ({ answers }) => {
      const given = [answers[id] ?? []].flat();
      return given.length === 1 ? (shownAs.get(given[0] ?? '') ?? null) : null;
    },
    withValue: (call, value) => {
      const code = aLeafOf.get(value) ?? '';
      return { ...call, answers: { ...call.answers, [id]: dimension.max === 1 ? code : [code] } };
    },
  };
}

/**
 * The kind of a contact that was no conversation. That a call was one is known from its other answers; of silent calls,
 * hang-ups and pranks there is nothing else to know the kind by.
 */
function hiddenKind(layout: Layout, tables: readonly number[]): Hidden | null {
  const hidden = hiddenAnswer(layout, KIND, tables);
  if (hidden === null) return null;
  return {
    ...hidden,
    values: hidden.values.filter((value) => value !== CONVERSATION),
    valueOf: (call) => (isConversation(call) ? null : hidden.valueOf(call)),
  };
}

/** Every question of a plan. */
function questions(layout: Layout): Hidden[] {
  const asked = layout.shapes.map(
    ({ rows, columns }) => new Set([rows.dimension, columns?.dimension ?? rows.dimension]),
  );
  const ids = new Set(asked.flatMap((one) => [...one]));
  return [...ids].flatMap((id) => {
    const tables = asked.flatMap((one, table) => (one.has(id) ? [table] : []));
    if (id === MONTH) return [hiddenMonth(tables)];
    return (id === KIND ? hiddenKind(layout, tables) : hiddenAnswer(layout, id, tables)) ?? [];
  });
}

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

/** What the attacker gets of each question's answer, over releases of `count` calls. */
function tryAttributes(
  { publisher, preset, count }: Setting,
  { releases, targets }: { readonly releases: number; readonly targets: number },
): Map<string, Tally> {
  const layout = layOut(presetPlan(preset));
  const pool = callsLike(6_000, 2);
  const records = pool.map((call) => layout.cellsOf(call));
  const likelihood = publisher.logLikelihood(layout);
  const hiddens = questions(layout).map((hidden) => ({ hidden, prior: priorOf(hidden, pool).map(Math.log) }));
  const tallies = new Map(
    hiddens.map(({ hidden }) => [
      hidden.dimension,
      { guesses: 0, right: 0, rightByPrior: 0, sureAndRight: 0 },
    ]),
  );
  const [random, surrounding] = [seededRandom(`${SEED} ${preset} noise`), chance(`${SEED} ${preset} calls`)];
  for (let release = 0; release < releases; release += 1) {
    const inside = surrounding.places(pool.length, count);
    const lines = inside.map((place) => records[place] ?? []);
    const published = publisher.publish(layout, lines, random);
    const counts = countCells(layout.cells, lines);
    const calls = inside.flatMap((place) => pool[place] ?? []);
    const conversations = calls.filter(isConversation).slice(0, targets);
    const others = calls.filter((call) => !isConversation(call)).slice(0, targets);
    for (const call of [...conversations, ...others]) {
      for (const { hidden, prior } of hiddens) {
        // Of the other contacts only the kind is asked: a conversation has all the answers.
        if (!isConversation(call) && hidden.dimension !== KIND) continue;
        const truth = hidden.valueOf(call);
        const tally = tallies.get(hidden.dimension);
        if (truth === null || tally === undefined) continue;
        const own = new Set(layout.cellsOf(call, hidden.tables));
        const logs = hidden.values.map((value, index) =>
          layout.cellsOf(hidden.withValue(call, value), hidden.tables).reduce((log, cell) => {
            const without = (counts[cell] ?? 0) - (own.has(cell) ? 1 : 0);
            const number = published[cell] ?? NaN;
            return log + likelihood(number, without + 1) - likelihood(number, without);
          }, prior[index] ?? -Infinity),
        );
        const guess = certainOr(hidden.values, logs);
        tally.guesses += 1;
        tally.right += guess.value === truth ? 1 : 0;
        tally.rightByPrior += mostLikely(hidden.values, prior).value === truth ? 1 : 0;
        tally.sureAndRight += guess.probability >= 0.99 && guess.value === truth ? 1 : 0;
      }
    }
  }
  return tallies;
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
    .flatMap((setting) => {
      const { targets, releases } = sizes[size];
      const tallies = [...tryAttributes({ publisher, ...setting }, { releases, targets })];
      const worst = (measure: (tally: Tally) => number) =>
        tallies
          .map(([dimension, tally]) => ({ dimension, value: measure(tally) / tally.guesses }))
          .reduce((one, other) => (other.value > one.value ? other : one));
      const gain = worst((tally) => tally.right - tally.rightByPrior);
      const sure = worst((tally) => tally.sureAndRight);
      const name = `${setting.preset}, N = ${setting.count}`;
      return [
        atMost(`${name}: accuracy above prior, worst question (${gain.dimension})`, gain.value, 0.1),
        atMost(
          `${name}: 99% sure and right, worst question (${sure.value === 0 ? 'all alike' : sure.dimension})`,
          sure.value,
          0.005,
        ),
      ];
    });
}

/** Which of two stories that differ in every table a call told, by everything that is published of the quarter. */
function storiesOf(size: Size): Figure[] {
  const { presets, draws, most } = stories[size];
  return presets.map((preset) => {
    const plan = presetPlan(preset);
    const sight = { look: null, closes: 1 };
    const right = guessing(twoShares, plan, 'stories', sight, {
      draws,
      most,
      seed: `${SEED} ${preset} stories`,
    });
    return atMost(`${preset}: right about which of two stories a call told`, right, 0.77);
  });
}

/** A2: what did this caller answer? */
export const attribute: Attack = {
  id: 'A2',
  title: 'Attribute',
  words:
    'The attacker knows every other call and all of one call but the answer to one question, and knows how common each ' +
    'answer is. From the noisy integers they work out the most likely answer. Counted: how much more often that is right ' +
    'than guessing the commonest answer, and how often the attacker is 99% sure and right. Done for every question of ' +
    'a plan on conversations, and for the kind of contact on those that were none (silent calls, hang-ups, pranks). And of two ' +
    'stories that differ in every table, how often the likelihood ratio of everything published says which one a call told.',
  seed: SEED,
  run: (size) => Promise.resolve({ figures: [...attributesOf(tyst, size), ...storiesOf(size)] }),
};
