/** The answers to a call while they are given: codes per dimension, in memory of the tab only. Pure. */
import type { Answers } from '../../contract/call.js';
import type { Code, Dimension, Vocabulary } from '../../contract/vocabulary.js';

export type Chosen = Readonly<Record<string, readonly string[]>>;

export interface Draft {
  readonly chosen: Chosen;
  /** Whether the part of the day is the clock's word; false once the handler has said it. */
  readonly measured: boolean;
  readonly touched: boolean;
}

export const kind = 'kind';
export const conversation = 'conversation';
export const daypart = 'daypart';

/** The codes a handler may choose. */
export const leaves = (dimension: Dimension): Code[] => dimension.codes.filter((code) => code.group !== true);

/** The chosen codes of a dimension; none where nothing is chosen. */
export const chosenIn = (chosen: Chosen, dimension: string): readonly string[] => chosen[dimension] ?? [];

function daypartAt(hour: number): string {
  if (hour < 6) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

function measure(vocabulary: Vocabulary, now: Date): Chosen {
  const dimension = vocabulary.dimensions.find(({ id }) => id === daypart);
  const code = daypartAt(now.getHours());
  return dimension?.codes.some(({ id }) => id === code) === true ? { [daypart]: [code] } : {};
}

/** A call without answers, but for the part of the day, which this computer's clock measures. */
export const emptyDraft = (vocabulary: Vocabulary, now: Date): Draft => ({
  chosen: measure(vocabulary, now),
  measured: true,
  touched: false,
});

function chooseSeveral(dimension: Dimension, before: readonly string[], code: string): readonly string[] {
  if (before.includes(code)) return before.filter((other) => other !== code);
  const alone = new Set(leaves(dimension).flatMap(({ id, exclusive }) => (exclusive === true ? [id] : [])));
  if (alone.has(code)) return [code];
  const others = before.filter((other) => !alone.has(other));
  return others.length < dimension.max ? [...others, code] : before;
}

/** The draft after one choice; `code` null takes a single choice back (a group was opened instead). */
export function choose(
  draft: Draft,
  vocabulary: Vocabulary,
  dimension: Dimension,
  code: string | null,
): Draft {
  // The first answer is the start of the call as far as this form can know, so the clock is read again there.
  const chosen =
    draft.touched || !draft.measured ? draft.chosen : { ...draft.chosen, ...measure(vocabulary, new Date()) };
  const before = chosenIn(chosen, dimension.id);
  const one = code === null ? [] : [code];
  const after = dimension.max > 1 && code !== null ? chooseSeveral(dimension, before, code) : one;
  return {
    chosen: { ...chosen, [dimension.id]: after },
    measured: draft.measured && dimension.id !== daypart,
    touched: true,
  };
}

/** Whether a dimension's question is asked: of every contact, or until the kind says that it was no conversation. */
export function applies(dimension: Dimension, chosen: Chosen): boolean {
  const [kindOfContact] = chosenIn(chosen, kind);
  return dimension.applies === 'all' || kindOfContact === undefined || kindOfContact === conversation;
}

/** The dimensions that still need an answer. */
export const missing = (vocabulary: Vocabulary, chosen: Chosen): Dimension[] =>
  vocabulary.dimensions.filter(
    (dimension) =>
      dimension.required && applies(dimension, chosen) && answerTo(dimension, chosen).length === 0,
  );

/** The chosen codes that can be sent, in the vocabulary's order: a code it no longer has is left out. */
function answerTo(dimension: Dimension, chosen: Chosen): string[] {
  const codes = chosenIn(chosen, dimension.id);
  return leaves(dimension).flatMap(({ id }) => (codes.includes(id) ? [id] : []));
}

/** What is sent of a call: the answers to the questions that apply, and nothing else. */
export function answersOf(vocabulary: Vocabulary, chosen: Chosen): Answers {
  const asked = vocabulary.dimensions.filter((dimension) => applies(dimension, chosen));
  return Object.fromEntries(
    asked.flatMap((dimension): [string, string | string[]][] => {
      const codes = answerTo(dimension, chosen);
      const [first] = codes;
      if (first === undefined) return [];
      return [[dimension.id, dimension.max > 1 ? codes : first]];
    }),
  );
}
