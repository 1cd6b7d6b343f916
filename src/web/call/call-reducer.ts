/**
 * One call from its first answer to saved, amended or withdrawn, and the calls saved before it in this tab. Pure: the
 * clock, new receipts and what the server answers come in with the actions.
 *
 * The modes are those of `Phase`, and these actions lead from one to another:
 *
 *     editing    save, every answer given          sending
 *     editing    keep, of a call saved before      saved
 *     saved      amend                             editing
 *     saved      withdraw                          sending
 *     sending    answered: stored                  saved
 *     sending    answered: withdrawn, or not there withdrawn
 *     sending    answered: sealed                  sealed
 *     sending    answered: refused; or stop        where it was sent from: editing or saved
 *     any other  next; reopen, to change it        editing, another call
 *     any other  reopen, to look at it             saved, another call
 *     any        wipe                              editing, with nothing left of what was
 *
 * - `editing`: the questions are in sight. `choose`, `begin`, `move`, `clear` and `undo` change the answers and stay. `save` with
 *   an answer missing stays as well, and points at the first one.
 * - `sending`: a parcel is on its way, over lost answers (`wait`) and sessions that run out. A `stop` leaves it unknown
 *   what the server has (`doubtful`) until it answers the next parcel.
 * - `saved`: what became of it is in sight, or why it could not be withdrawn.
 * - `withdrawn`, `sealed`: ends.
 *
 * `measure` keeps the length up to date in every mode. An action that does not belong to the mode changes nothing: the
 * very same state comes back.
 */
import type { Answers } from '../../contract/call.js';
import type { Reply } from '../api.js';
import type { Interruption } from './deliver.js';
import { answersOf, begun, choose, cleared, emptyDraft, missing, timed, type Draft } from './draft.js';
import type { FormDimension, FormVocabulary } from './form-vocabulary.js';
import {
  editing,
  errorsByAnswer,
  phaseAfter,
  saved,
  withOutcome,
  type AnswerErrors,
  type Parcel,
  type Phase,
  type ShiftCall,
} from './outcome.js';

export interface AtHand {
  readonly receipt: string;
  readonly draft: Draft;
  readonly phase: Phase;
  readonly errors: AnswerErrors;
  /** The answer that was last found wrong; a new object for each finding, so that the page moves there each time. */
  readonly attention: { readonly dimension: string } | null;
  /** Counts the drafts, so that what is merely opened does not outlive the draft it was opened in. */
  readonly generation: number;
  /** The answers that were just cleared, while that can be undone. */
  readonly undoable: Draft | null;
  /** Whether a sending was stopped, so that it is not known which answers the server has. */
  readonly doubtful: boolean;
  readonly shift: readonly ShiftCall[];
}

/** The clock where the call is, and the questions that are asked. */
interface Now {
  readonly vocabulary: FormVocabulary;
  readonly now: Date;
}
interface Choice {
  readonly dimension: FormDimension;
  /** Null takes a single choice back. */
  readonly code: string | null;
}

export type Action =
  | ({ readonly type: 'choose' } & Now & Choice)
  /** The timer was started. */
  | ({ readonly type: 'begin' } & Now)
  /** The call is to be counted in another month. */
  | { readonly type: 'move'; readonly month: string }
  /** The timer shows whole minutes. */
  | { readonly type: 'measure'; readonly vocabulary: FormVocabulary; readonly minutes: number }
  /** `timing`: the timer has been started. It stays the same call, so that one that was perhaps stored is replaced. */
  | { readonly type: 'clear'; readonly timing: boolean }
  | { readonly type: 'undo' }
  /** `more`: one answer that is given by saving. */
  | ({ readonly type: 'save'; readonly more?: Choice } & Now)
  | { readonly type: 'withdraw'; readonly vocabulary: FormVocabulary }
  /** There was no answer; the next try comes after a pause. */
  | { readonly type: 'wait'; readonly why: Interruption }
  | { readonly type: 'answered'; readonly parcel: Parcel; readonly reply: Reply<unknown> }
  | { readonly type: 'stop' }
  | { readonly type: 'amend' }
  /** Leaves a saved call as it was. */
  | { readonly type: 'keep' }
  /** The next call, with a receipt of its own. */
  | ({ readonly type: 'next' | 'wipe'; readonly receipt: string } & Now)
  /** Takes a call of the shift up again, to look at it or to change it. */
  | { readonly type: 'reopen'; readonly call: ShiftCall; readonly to: 'look' | 'amend' };

const noErrors: AnswerErrors = new Map();

/** A call without answers on an empty desk. */
export function atFirst(receipt: string, { vocabulary, now }: Now): AtHand {
  return {
    ...{ receipt, draft: emptyDraft(vocabulary, now), phase: editing, errors: noErrors, attention: null },
    ...{ generation: 0, undoable: null, doubtful: false, shift: [] },
  };
}

/** The answers as they were last saved; null for a call that has not been. */
export const storedOf = ({ shift, receipt }: AtHand): Draft | null =>
  shift.find((one) => one.receipt === receipt)?.draft ?? null;

/** Whether something would be lost if the call were left now. */
export function isUnsaved(state: AtHand): boolean {
  const { phase, draft } = state;
  if (phase.name === 'sending') return true;
  return phase.name === 'editing' && draft.touched && draft !== storedOf(state);
}

/** Another call on the desk. */
function lay(state: AtHand, { receipt, draft }: Pick<AtHand, 'receipt' | 'draft'>, phase: Phase): AtHand {
  return {
    ...{ receipt, draft, phase, errors: noErrors, undoable: null, doubtful: false },
    ...{ attention: state.attention, generation: state.generation + 1, shift: state.shift },
  };
}

/** With what was found wrong, and the first of it to be looked at. */
function pointing(state: AtHand, errors: AnswerErrors): AtHand {
  const [dimension] = errors.keys();
  return { ...state, errors, attention: dimension === undefined ? null : { dimension } };
}

function send(state: AtHand, errand: Parcel['errand'], vocabulary: FormVocabulary): AtHand {
  const { receipt, draft } = state;
  const answers: Answers = answersOf(vocabulary, draft.chosen);
  return {
    ...state,
    phase: { name: 'sending', parcel: { errand, receipt, draft, answers }, waiting: null },
  };
}

function save(state: AtHand, vocabulary: FormVocabulary): AtHand {
  const lacking = new Map(missing(vocabulary, state.draft.chosen).map(({ id }) => [id, 'missing']));
  const pointed = pointing(state, lacking);
  return lacking.size === 0 ? send(pointed, 'save', vocabulary) : { ...pointed, phase: editing };
}

const answer = (state: AtHand, { dimension, code, vocabulary, now }: Now & Choice): AtHand => ({
  ...state,
  draft: choose(state.draft, vocabulary, dimension, code, now),
});

function clear(state: AtHand, timing: boolean): AtHand {
  const { draft, generation } = state;
  return {
    ...{ ...state, draft: cleared(draft, timing), errors: noErrors, phase: editing },
    ...{ undoable: draft.touched ? draft : null, generation: generation + 1 },
  };
}

function undo(state: AtHand): AtHand {
  if (state.undoable === null) return state;
  return { ...state, draft: state.undoable, undoable: null, generation: state.generation + 1 };
}

function keep(state: AtHand): AtHand {
  const draft = storedOf(state);
  return draft === null ? state : lay(state, { receipt: state.receipt, draft }, saved);
}

/** What can be done with the questions in sight. */
function whileEditing(state: AtHand, action: Action): AtHand {
  switch (action.type) {
    case 'choose': {
      const errors = new Map([...state.errors].filter(([id]) => id !== action.dimension.id));
      return { ...answer(state, action), errors, undoable: null };
    }
    case 'begin':
      return { ...state, draft: begun(state.draft, action.vocabulary, action.now) };
    case 'move':
      // What was found wrong was found under the other month's plan.
      return { ...state, draft: { ...state.draft, month: action.month }, errors: noErrors, phase: editing };
    case 'clear':
      return clear(state, action.timing);
    case 'undo':
      return undo(state);
    case 'save': {
      const { more, vocabulary } = action;
      return save(more === undefined ? state : answer(state, { ...action, ...more }), vocabulary);
    }
    case 'keep':
      return keep(state);
    default:
      return state;
  }
}

function whileSending(state: AtHand, parcel: Parcel, action: Action): AtHand {
  switch (action.type) {
    case 'wait':
      return { ...state, phase: { name: 'sending', parcel, waiting: action.why } };
    case 'stop':
      return { ...state, doubtful: true, phase: parcel.errand === 'withdraw' ? saved : editing };
    case 'answered': {
      // An answer to what was stopped says nothing about what was sent after it.
      if (action.parcel !== parcel) return state;
      const phase = phaseAfter(parcel.errand, action.reply);
      const shift = withOutcome(state.shift, parcel, phase);
      const after: AtHand = { ...state, phase, shift, doubtful: false };
      return action.reply.ok || phase.name !== 'editing'
        ? after
        : pointing(after, errorsByAnswer(action.reply.problem));
    }
    default:
      return state;
  }
}

function whileSaved(state: AtHand, action: Action): AtHand {
  if (action.type === 'amend') return { ...state, phase: editing };
  return action.type === 'withdraw' ? send(state, 'withdraw', action.vocabulary) : state;
}

/** With another call laid on the desk, where the action asks for one. */
function layAnother(state: AtHand, action: Action): AtHand | null {
  switch (action.type) {
    case 'next':
      return lay(
        state,
        { receipt: action.receipt, draft: emptyDraft(action.vocabulary, action.now) },
        editing,
      );
    case 'reopen':
      // What is withdrawn or sealed cannot be changed any more.
      return action.call.status === 'saved'
        ? lay(state, action.call, action.to === 'amend' ? editing : saved)
        : null;
    default:
      return null;
  }
}

/** The state after an action; the same object where the action changes nothing. */
export function callReducer(state: AtHand, action: Action): AtHand {
  const { phase } = state;
  if (action.type === 'wipe') return { ...atFirst(action.receipt, action), generation: state.generation + 1 };
  // The clock goes on measuring whatever the mode.
  if (action.type === 'measure')
    return { ...state, draft: timed(state.draft, action.vocabulary, action.minutes) };
  if (phase.name === 'sending') return whileSending(state, phase.parcel, action);
  const another = layAnother(state, action);
  if (another !== null) return another;
  if (phase.name === 'editing') return whileEditing(state, action);
  return phase.name === 'saved' ? whileSaved(state, action) : state;
}
