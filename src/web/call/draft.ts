/** The answers to a call while they are given: codes per dimension, in memory of the tab only. Pure. */
import type { Answers } from '../../contract/call.js';
import { leafCodes } from '../../contract/codes.js';
import { applies, CONVERSATION, KIND } from '../../contract/kind.js';
import type { Code } from '../../contract/vocabulary.js';
import { choiceOf, type FormDimension, type FormVocabulary } from './form-vocabulary.js';
import { monthAt } from './month.js';

export type Chosen = Readonly<Record<string, readonly string[]>>;

export interface Draft {
  readonly chosen: Chosen;
  /** The dimensions that the clock measures and the handler has answered all the same; the clock leaves them alone. */
  readonly said: readonly string[];
  /** Whether the call has begun: by an answer, or by starting the timer. */
  readonly touched: boolean;
  /** The month in which it is counted; null until it has begun, or the handler has said which. */
  readonly month: string | null;
}

export const daypart = 'daypart';
export const length = 'length';
/** What a clock can answer. */
export const measurable: readonly string[] = [daypart, length];

/** The chosen codes of a dimension; none where nothing is chosen. */
export const chosenIn = (chosen: Chosen, dimension: string): readonly string[] => chosen[dimension] ?? [];

function daypartAt(hour: number): string {
  if (hour < 6) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** Puts in what the clock says, unless the handler has said it or the vocabulary has no such code. */
function measure(draft: Draft, vocabulary: FormVocabulary, id: string, code: string | null): Draft {
  const dimension = vocabulary.dimensions.find((one) => one.id === id);
  const known = code !== null && dimension?.codes.some((one) => one.id === code) === true;
  return known && !draft.said.includes(id) ? { ...draft, chosen: { ...draft.chosen, [id]: [code] } } : draft;
}

const measureDaypart = (draft: Draft, vocabulary: FormVocabulary, now: Date): Draft =>
  measure(draft, vocabulary, daypart, daypartAt(now.getHours()));

/** A call without answers, but for the part of the day, which this computer's clock measures. */
export const emptyDraft = (vocabulary: FormVocabulary, now: Date): Draft =>
  measureDaypart({ chosen: {}, said: [], touched: false, month: null }, vocabulary, now);

/** The draft as the call begins: its first answer, or its timer. The part of the day and the month are those of this moment. */
export const begun = (draft: Draft, vocabulary: FormVocabulary, now: Date): Draft =>
  draft.touched
    ? draft
    : { ...measureDaypart(draft, vocabulary, now), touched: true, month: draft.month ?? monthAt(now) };

/** The draft without the handler's answers; what the clock has measured stays. `timing`: its timer has been started. */
export const cleared = ({ chosen, said, month }: Draft, timing: boolean): Draft => ({
  chosen: Object.fromEntries(
    Object.entries(chosen).filter(([id]) => measurable.includes(id) && !said.includes(id)),
  ),
  said: [],
  touched: timing,
  month: timing ? month : null,
});

/** The code of a length in whole minutes, read from the codes' own bounds: `under_10`, `10-29`, `60+`. */
export function lengthCode(dimension: FormDimension, minutes: number): string | null {
  const holds = ({ id }: Code): boolean => {
    const [, below] = /^under_(\d+)$/.exec(id) ?? [];
    const [, from, to = Infinity] = /^(\d+)(?:-(\d+)|\+)$/.exec(id) ?? [];
    if (below !== undefined) return minutes < Number(below);
    return from !== undefined && minutes >= Number(from) && minutes <= Number(to);
  };
  return leafCodes(dimension).find(holds)?.id ?? null;
}

/** The draft with the length that the timer shows. */
export function timed(draft: Draft, vocabulary: FormVocabulary, minutes: number): Draft {
  const dimension = vocabulary.dimensions.find(({ id }) => id === length);
  return dimension === undefined ? draft : measure(draft, vocabulary, length, lengthCode(dimension, minutes));
}

function chooseSeveral(dimension: FormDimension, before: readonly string[], code: string): readonly string[] {
  if (before.includes(code)) return before.filter((other) => other !== code);
  const alone = new Set(
    leafCodes(dimension).flatMap(({ id, exclusive }) => (exclusive === true ? [id] : [])),
  );
  if (alone.has(code)) return [code];
  const others = before.filter((other) => !alone.has(other));
  return others.length < dimension.max ? [...others, code] : before;
}

/** The draft after one choice; `code` null takes a single choice back (a group was opened instead). */
export function choose(
  draft: Draft,
  vocabulary: FormVocabulary,
  dimension: FormDimension,
  code: string | null,
  now: Date,
): Draft {
  const { chosen, said, month } = begun(draft, vocabulary, now);
  const before = answerTo(dimension, chosen);
  const one = code === null ? [] : [code];
  const after = dimension.max > 1 && code !== null ? chooseSeveral(dimension, before, code) : one;
  return {
    chosen: { ...chosen, [dimension.id]: after },
    said: measurable.includes(dimension.id) ? [...said, dimension.id] : said,
    ...{ touched: true, month },
  };
}

/** Whether a dimension's question is asked: of every contact, or until the kind says that it was no conversation. */
export function isAsked(dimension: FormDimension, chosen: Chosen): boolean {
  const [kind] = chosenIn(chosen, KIND);
  return kind === undefined || applies(dimension, kind);
}

/** Whether a group is chosen where its codes are asked: it was an answer under another month's plan. */
const isCoarse = (dimension: FormDimension, chosen: Chosen): boolean =>
  heldIn(dimension, chosen).length > answerTo(dimension, chosen).length;

/** The dimensions that still need an answer. */
export const missing = (vocabulary: FormVocabulary, chosen: Chosen): FormDimension[] =>
  vocabulary.dimensions.filter(
    (dimension) =>
      isAsked(dimension, chosen) &&
      (isCoarse(dimension, chosen) || (dimension.required && answerTo(dimension, chosen).length === 0)),
  );

/**
 * The one question still without an answer in a contact that was no conversation, where few codes answer it; null
 * otherwise.
 */
export function onlyOneMissing(vocabulary: FormVocabulary, chosen: Chosen): FormDimension | null {
  const [kind] = chosenIn(chosen, KIND);
  if (kind === undefined || kind === CONVERSATION) return null;
  const [lacking, ...more] = missing(vocabulary, chosen);
  const few = lacking !== undefined && lacking.max === 1 && leafCodes(lacking).length <= 6;
  return few && more.length === 0 ? lacking : null;
}

/** What a question holds, groups that only open among it: of a code that is not asked for, the group that stands for it. */
export function heldIn(dimension: FormDimension, chosen: Chosen): string[] {
  const held = chosenIn(chosen, dimension.id).map((code) => choiceOf(dimension, code)?.id);
  return dimension.codes.flatMap(({ id }) => (held.includes(id) ? [id] : []));
}

/** The chosen codes that can be sent, in the vocabulary's order: a code it no longer has is left out. */
export function answerTo(dimension: FormDimension, chosen: Chosen): string[] {
  const held = heldIn(dimension, chosen);
  return leafCodes(dimension).flatMap(({ id }) => (held.includes(id) ? [id] : []));
}

/** What is sent of a call: the answers to the questions that apply, and nothing else. */
export function answersOf(vocabulary: FormVocabulary, chosen: Chosen): Answers {
  const asked = vocabulary.dimensions.filter((dimension) => isAsked(dimension, chosen));
  return Object.fromEntries(
    asked.flatMap((dimension): [string, string | string[]][] => {
      const codes = answerTo(dimension, chosen);
      const [first] = codes;
      if (first === undefined) return [];
      return [[dimension.id, dimension.max > 1 ? codes : first]];
    }),
  );
}
