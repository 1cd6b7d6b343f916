/** Where a call stands, and what a reply makes of it. */
import type { Answers } from '../../contract/call.js';
import type { Problem, Reply } from '../api.js';
import type { Interruption } from './deliver.js';
import type { Draft } from './draft.js';

/** What is sent of a call. */
export interface Parcel {
  /** What the server is asked to do with it. */
  readonly errand: 'save' | 'withdraw';
  readonly receipt: string;
  /** The answers as they were when it was sent, and as the server gets them. */
  readonly draft: Draft;
  readonly answers: Answers;
}

export type Phase =
  | { readonly name: 'editing' | 'saved'; readonly problem: Problem | null }
  /** `waiting`: why the last try did not get there; null during the first. */
  | { readonly name: 'sending'; readonly parcel: Parcel; readonly waiting: Interruption | null }
  | { readonly name: 'withdrawn' | 'sealed' };

export const editing: Phase = { name: 'editing', problem: null };
export const saved: Phase = { name: 'saved', problem: null };

/** What is wrong, by dimension id: the API's code for it. */
export type AnswerErrors = ReadonlyMap<string, string>;

/** The errors that name an answer, by dimension; empty when the problem is about something else. */
export function errorsByAnswer({ errors }: Problem): AnswerErrors {
  return new Map(
    errors.flatMap(({ path, code }) => {
      const [place, dimension] = path.split('.');
      return place === 'answers' && dimension !== undefined ? [[dimension, code] as const] : [];
    }),
  );
}

/** What is left to say about a refusal beside the answers it names; null when they say it all. */
function wordsFor(problem: Problem): Problem | null {
  if (errorsByAnswer(problem).size > 0) return null;
  const closed = problem.errors.some(({ code }) => code === 'closed-period');
  return closed ? { ...problem, slug: 'closed-period' } : problem;
}

/** Where a call stands after the reply to what was sent of it. */
export function phaseAfter(errand: Parcel['errand'], reply: Reply<unknown>): Phase {
  if (reply.ok) return errand === 'save' ? saved : { name: 'withdrawn' };
  const { slug } = reply.problem;
  if (slug === 'sealed') return { name: 'sealed' };
  if (errand === 'save') return { name: 'editing', problem: wordsFor(reply.problem) };
  // It was there and is gone: an earlier try arrived, though its answer did not.
  return slug === 'unknown-receipt' ? { name: 'withdrawn' } : { name: 'saved', problem: reply.problem };
}

/** A call of this tab's shift: what is needed to change or withdraw it, and nothing of when it was. */
export interface ShiftCall {
  readonly receipt: string;
  readonly draft: Draft;
  readonly status: 'saved' | 'withdrawn' | 'sealed';
}

/** The shift's calls with what has become of one of them. */
export function withOutcome(
  shift: readonly ShiftCall[],
  { receipt, draft }: Pick<ShiftCall, 'receipt' | 'draft'>,
  { name }: Phase,
): readonly ShiftCall[] {
  if (name === 'editing' || name === 'sending') return shift;
  const before = shift.find((one) => one.receipt === receipt);
  // A sealed call kept the answers it had; so did one whose withdrawal was refused.
  const answers = name === 'saved' || before === undefined ? draft : before.draft;
  const after: ShiftCall = { receipt, draft: answers, status: name };
  return before === undefined ? [...shift, after] : shift.map((one) => (one === before ? after : one));
}
