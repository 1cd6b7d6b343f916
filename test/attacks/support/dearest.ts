/**
 * The call that costs a list of queries most, and the two stories of a call that are most apart: sought among all calls
 * that the vocabulary allows, by changing one answer at a time for as long as that makes it dearer.
 */
import {
  KIND,
  CONVERSATION,
  leafCodes,
  type Code,
  type Dimension,
} from '../../../src/contract/vocabulary.js';
import type { Query } from '../../../src/contract/queries.js';
import type { Plan } from '../../../src/contract/plan.js';
import { callsLike, isConversation, MONTHS, vocabulary, type Call } from './line.js';
import { costUnder, movesUnder, type Counter, type Moves } from './moves.js';

type Answer = string | string[] | undefined;

/** Of a question with several answers what a call may have instead: one more, one less, or another in the place of one. */
function severalInstead({ required, max }: Dimension, codes: readonly Code[], given: readonly string[]) {
  const alone = codes.filter(({ exclusive }) => exclusive === true).map(({ id }) => id);
  const others = codes.map(({ id }) => id).filter((id) => !alone.includes(id) && !given.includes(id));
  const kept = given.filter((id) => !alone.includes(id));
  const without = kept.map((id) => kept.filter((one) => one !== id));
  const sets = [
    ...alone.map((id) => [id]),
    ...others.flatMap((id) => [[...kept, id], ...without.map((some) => [...some, id])]),
    ...without,
  ].filter((set) => set.length > 0 && set.length <= max);
  return required ? sets : [...sets, undefined];
}

/** The other answers that a call may have to a question. */
function instead(dimension: Dimension, call: Call): Answer[] {
  const { id, required, max, applies } = dimension;
  const given = [call.answers[id] ?? []].flat();
  if (applies === 'conversation' && !isConversation(call)) return [];
  const codes = leafCodes(dimension);
  if (max > 1) return severalInstead(dimension, codes, given);
  const kept = codes.map((code) => code.id).filter((code) => !given.includes(code));
  // What is a conversation remains one: it has other questions than what is none.
  if (id === KIND) return isConversation(call) ? [] : kept.filter((code) => code !== CONVERSATION);
  return required ? kept : [...kept, undefined];
}

function withAnswer(call: Call, id: string, answer: Answer): Call {
  const { [id]: _given, ...rest } = call.answers;
  return { ...call, answers: answer === undefined ? rest : { ...rest, [id]: answer } };
}

/** Every call that differs in one answer, or in its month. */
const near = (call: Call): Call[] => [
  ...MONTHS.filter((month) => month !== call.month).map((month) => ({ ...call, month })),
  ...vocabulary.dimensions.flatMap((dimension) =>
    instead(dimension, call).map((answer) => withAnswer(call, dimension.id, answer)),
  ),
];

export interface Dearest {
  readonly one: Call;
  /** Null where it is asked whether there was a call at all. */
  readonly other: Call | null;
  readonly cost: number;
}

/**
 * Where to begin: calls like those of a real line, half of the conversations with as many answers as they may have, for from
 * one answer that stands alone no single change leads there.
 */
const STARTS = 6;
const talks = (): Call[] => {
  const calls = callsLike(40 * STARTS, 40, 1);
  const full = calls.filter(({ answers }) =>
    vocabulary.dimensions.every(({ id, max }) => [answers[id] ?? []].flat().length === max),
  );
  return [...full.slice(0, STARTS), ...calls.slice(0, STARTS)];
};

/** Two calls with the same answer, in every question with one answer to a call: neither alone would be dearer by it. */
const alike = (one: Call, other: Call): (readonly [Call, Call])[] =>
  vocabulary.dimensions
    .filter(({ max, id }) => max === 1 && id !== KIND)
    .filter(({ applies }) => applies === 'all' || (isConversation(one) && isConversation(other)))
    .flatMap((dimension) =>
      leafCodes(dimension).map(
        ({ id }) => [withAnswer(one, dimension.id, id), withAnswer(other, dimension.id, id)] as const,
      ),
    );

const greater = (one: Dearest, other: Dearest): Dearest => (other.cost > one.cost ? other : one);

/** The call, or where `of` says so the two stories, that cost a list of queries most. */
export function dearestOf(
  plan: Plan,
  queries: readonly Query[],
  of: 'membership' | 'stories',
  counter?: Counter,
): Dearest {
  const [movesOf, costOf] = [movesUnder(plan, queries, counter), costUnder(queries)];
  const nothing: Moves = new Float64Array(queries.length);
  const moves = (call: Call | null) => (call === null ? nothing : movesOf(call));

  const priced = (one: Call, other: Call | null): Dearest => ({
    ...{ one, other },
    cost: costOf(moves(one), moves(other)),
  });
  /** Changes an answer of either call, or of both in one go. */
  const step = (from: Dearest): Dearest => {
    const { one, other } = from;
    const beside = moves(other);
    const first = near(one).map((call) => ({ one: call, other, cost: costOf(movesOf(call), beside) }));
    if (other === null) return first.reduce(greater, from);
    const own = moves(one);
    const second = near(other).map((call) => ({ one, other: call, cost: costOf(movesOf(call), own) }));
    const both = alike(one, other).map((calls) => priced(...calls));
    return [...first, ...second, ...both].reduce(greater, from);
  };
  const climb = (from: Dearest): Dearest => {
    let found = from;
    for (;;) {
      const next = step(found);
      if (next.cost <= found.cost * (1 + 1e-12)) return found;
      found = next;
    }
  };

  const conversations = talks();
  const others = callsLike(2 * conversations.length, 41, 0);
  const starts = conversations.flatMap((talk, at): (readonly [Call, Call | null])[] => {
    const next = conversations[(at + 1) % conversations.length];
    const [contact, second] = [others[at], others[conversations.length + at]];
    if (next === undefined || contact === undefined || second === undefined) return [];
    if (of === 'stories')
      return [
        [talk, next],
        [talk, contact],
        [contact, second],
      ];
    return [
      [talk, null],
      [contact, null],
    ];
  });
  return starts.map(([one, other]) => climb(priced(one, other))).reduce(greater);
}
