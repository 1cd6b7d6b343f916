/** The questions of a plan, each as one whose answer is hidden of a call of which everything else is known. */
import { MONTH } from '../../../src/contract/plan.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  leafCodes,
  topOf,
} from '../../../src/contract/vocabulary.js';
import { isConversation, MONTHS, vocabulary, type Call, type Layout } from './line.js';

/** One question whose answer is hidden: the answers that the plan tells apart, and a call with another answer. */
export interface Hidden {
  readonly dimension: string;
  readonly values: readonly string[];
  readonly valueOf: (call: Call) => string | null;
  readonly withValue: (call: Call, value: string) => Call;
}

const hiddenMonth: Hidden = {
  dimension: MONTH,
  values: MONTHS,
  valueOf: ({ month }) => month,
  withValue: (call, month) => ({ ...call, month }),
};

/** At the finest level that any table has; of a question with several answers, calls that gave one. */
function hiddenAnswer(layout: Layout, id: string): Hidden | null {
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
function hiddenKind(layout: Layout): Hidden | null {
  const hidden = hiddenAnswer(layout, KIND);
  if (hidden === null) return null;
  return {
    ...hidden,
    values: hidden.values.filter((value) => value !== CONVERSATION),
    valueOf: (call) => (isConversation(call) ? null : hidden.valueOf(call)),
  };
}

/** Every question of a plan. */
export function questions(layout: Layout): Hidden[] {
  const asked = layout.shapes.flatMap(({ rows, columns }) => [
    rows.dimension,
    columns?.dimension ?? rows.dimension,
  ]);
  return [...new Set(asked)].flatMap((id) => {
    if (id === MONTH) return [hiddenMonth];
    return (id === KIND ? hiddenKind(layout) : hiddenAnswer(layout, id)) ?? [];
  });
}
