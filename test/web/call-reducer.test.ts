/** Where a call goes from each mode, and what changes nothing there. */
import type { Problem, Reply } from '../../src/web/api.js';
import {
  atFirst,
  callReducer,
  isUnsaved,
  storedOf,
  type Action,
  type AtHand,
} from '../../src/web/call/call-reducer.js';
import { askedUnder } from '../../src/contract/counted.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { formOf, type FormVocabulary } from '../../src/web/call/form-vocabulary.js';
import type { Parcel } from '../../src/web/call/outcome.js';
import { aConversation, aSilentCall, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

/** Noon: the part of the day is the afternoon. */
const now = new Date(2026, 6, 28, 12);
const evening = new Date(2026, 6, 28, 20);
const context = { vocabulary, now };
const stored: Reply<unknown> = { ok: true, status: 200, body: { status: 'stored' } };
const refused = (problem: Partial<Problem>): Reply<unknown> => ({
  ok: false,
  problem: { slug: 'invalid-call', errors: [], retryAfter: null, ...problem },
});

function dimensionOf(id: string) {
  const dimension = vocabulary.dimensions.find((one) => one.id === id);
  if (dimension === undefined) throw new Error(`There is no dimension ${id}.`);
  return dimension;
}
const choice = (id: string, code: string | null): Action => ({
  type: 'choose',
  dimension: dimensionOf(id),
  code,
  ...context,
});
const after = (state: AtHand, ...actions: Action[]): AtHand => actions.reduce(callReducer, state);

function parcelOf({ phase }: AtHand): Parcel {
  if (phase.name !== 'sending') throw new Error('Nothing is on its way.');
  return phase.parcel;
}
/** The state once the server has answered what is on its way. */
const answered = (state: AtHand, reply: Reply<unknown>): AtHand =>
  callReducer(state, { type: 'answered', parcel: parcelOf(state), reply });

const formUnder = (preset: Preset) => formOf(askedUnder(presetPlan(preset), vocabulary));
const save: Action & { readonly type: 'save' } = { type: 'save', ...context };
const withdraw: Action = { type: 'withdraw', vocabulary };
const next: Action = { type: 'next', receipt: 'second', ...context };

const fresh = atFirst('first', context);
const silent = after(fresh, choice('kind', 'silent'), choice('channel', 'phone'));
const sending = after(silent, save);
const savedCall = answered(sending, stored);
const amending = after(savedCall, { type: 'amend' });
const withdrawing = after(savedCall, withdraw);
const withdrawn = answered(withdrawing, stored);
const sealed = answered(withdrawing, refused({ slug: 'sealed' }));

describe('editing', () => {
  test('begins with the part of the day and nothing to lose', () => {
    expect(fresh.phase).toEqual({ name: 'editing', problem: null });
    expect(fresh.draft.chosen).toEqual({ daypart: ['afternoon'] });
    expect(isUnsaved(fresh)).toBe(false);
    expect(storedOf(fresh)).toBeNull();
  });

  test('an answer begins the call, and the part of the day is that of then', () => {
    const later = callReducer(fresh, { ...choice('kind', 'silent'), now: evening } as Action);
    expect(later.draft.chosen).toEqual({ daypart: ['evening'], kind: ['silent'] });
    expect(isUnsaved(later)).toBe(true);
    expect(after(later, choice('channel', 'phone')).draft.chosen['daypart']).toEqual(['evening']);
  });

  test('an answer can be taken back', () => {
    expect(after(silent, choice('channel', null)).draft.chosen['channel']).toEqual([]);
  });

  test('the timer begins the call, and its minutes become the length', () => {
    const begun = after(fresh, { type: 'begin', vocabulary, now: evening });
    expect([begun.draft.touched, begun.draft.chosen['daypart']]).toEqual([true, ['evening']]);
    const measured = after(begun, { type: 'measure', vocabulary, minutes: 31 });
    expect(measured.draft.chosen['length']).toEqual(['30-59']);
    const said = after(measured, choice('length', 'under_10'), { type: 'measure', vocabulary, minutes: 61 });
    expect(said.draft.chosen['length']).toEqual(['under_10']);
  });

  test('clearing keeps the receipt and what was measured, and can be undone until the next answer', () => {
    const cleared = after(silent, { type: 'clear', timing: false });
    expect(cleared.draft).toEqual({
      chosen: { daypart: ['afternoon'] },
      said: [],
      touched: false,
      month: null,
    });
    expect([cleared.receipt, cleared.undoable]).toEqual(['first', silent.draft]);
    const undone = after(cleared, { type: 'undo' });
    expect([undone.draft, undone.undoable]).toEqual([silent.draft, null]);
    expect([silent, cleared, undone].map(({ generation }) => generation)).toEqual([0, 1, 2]);
    expect(after(cleared, choice('kind', 'prank')).undoable).toBeNull();
  });

  test('clearing an untouched call leaves nothing to undo; a timer that goes on keeps it begun', () => {
    expect(after(fresh, { type: 'clear', timing: false }).undoable).toBeNull();
    expect(after(silent, { type: 'clear', timing: true }).draft.touched).toBe(true);
  });

  test('clearing takes what was found wrong with it', () => {
    const wrong = after(fresh, save);
    const cleared = after(wrong, { type: 'clear', timing: false });
    expect(wrong.errors.size).toBeGreaterThan(0);
    expect(cleared.errors.size).toBe(0);
  });
});

describe('save', () => {
  test('with answers missing stays, and points at the first anew each time', () => {
    const once = after(fresh, choice('kind', 'silent'), save);
    expect(once.phase.name).toBe('editing');
    expect([...once.errors]).toEqual([['channel', 'missing']]);
    expect(once.attention).toEqual({ dimension: 'channel' });
    const twice = after(once, save);
    expect(twice.attention).toEqual(once.attention);
    expect(twice.attention).not.toBe(once.attention);
    expect(after(once, choice('channel', 'phone')).errors.size).toBe(0);
  });

  test('with every answer sends the codes, and only those that are asked for', () => {
    expect(parcelOf(sending)).toEqual({
      ...{ errand: 'save', receipt: 'first', draft: silent.draft },
      answers: { ...aSilentCall(), daypart: 'afternoon' },
    });
    expect(isUnsaved(sending)).toBe(true);
    expect([sending.attention, sending.errors.size]).toEqual([null, 0]);
    const kinds = after(silent, choice('concern', 'online'), save);
    expect(parcelOf(kinds).answers).toEqual(parcelOf(sending).answers);
  });

  test('a conversation takes every question', () => {
    const whole = Object.entries(aConversation()).reduce(
      (state, [id, codes]) => after(state, ...[codes].flat().map((code) => choice(id, code))),
      fresh,
    );
    expect(parcelOf(after(whole, save)).answers).toEqual(aConversation());
    expect(after(whole, choice('outcome', null), save).attention).toEqual({ dimension: 'outcome' });
  });

  test('can give the last answer itself', () => {
    const more = { dimension: dimensionOf('channel'), code: 'email' };
    const sent = after(fresh, choice('kind', 'silent'), { type: 'save', more, ...context });
    expect(parcelOf(sent).answers['channel']).toBe('email');
    const lacking = after(fresh, { type: 'save', more, ...context });
    expect([lacking.phase.name, lacking.draft.chosen['channel']]).toEqual(['editing', ['email']]);
  });
});

describe('sending', () => {
  test('a lost answer is waited for, with the same parcel, until there is one', () => {
    const waiting = after(sending, { type: 'wait', why: 'no-contact' }, { type: 'wait', why: 'unavailable' });
    expect(waiting.phase).toEqual({ name: 'sending', parcel: parcelOf(sending), waiting: 'unavailable' });
    expect(parcelOf(waiting)).toBe(parcelOf(sending));
    expect(answered(waiting, stored).phase.name).toBe('saved');
  });

  test('an answer stores the call in the shift, and nothing is left to lose', () => {
    expect(savedCall.phase).toEqual({ name: 'saved', problem: null });
    expect(savedCall.shift).toEqual([{ receipt: 'first', draft: silent.draft, status: 'saved' }]);
    expect([storedOf(savedCall), isUnsaved(savedCall)]).toEqual([silent.draft, false]);
  });

  test('what is refused is said at its answer', () => {
    const errors = [{ path: 'answers.channel', code: 'unknown-code' }];
    const state = answered(sending, refused({ errors }));
    expect(state.phase).toEqual({ name: 'editing', problem: null });
    expect([...state.errors]).toEqual([['channel', 'unknown-code']]);
    expect(state.attention).toEqual({ dimension: 'channel' });
    expect([state.shift, isUnsaved(state)]).toEqual([[], true]);
  });

  test('what is refused otherwise is said beside the answers', () => {
    const gone = answered(sending, refused({ slug: 'not-allowed' }));
    expect(gone.phase).toMatchObject({ name: 'editing', problem: { slug: 'not-allowed' } });
    const closed = answered(sending, refused({ errors: [{ path: 'month', code: 'closed-period' }] }));
    expect(closed.phase).toMatchObject({ name: 'editing', problem: { slug: 'closed-period' } });
    expect(after(closed, save).phase.name).toBe('sending');
  });

  test('a sealed call is the end of it, and keeps the answers it had', () => {
    expect(answered(sending, refused({ slug: 'sealed' })).phase).toEqual({ name: 'sealed' });
    const changed = after(amending, choice('channel', 'email'), save);
    const late = answered(changed, refused({ slug: 'sealed' }));
    expect(late.shift).toEqual([{ receipt: 'first', draft: silent.draft, status: 'sealed' }]);
  });

  test('stopped: it is not known what the server has, until it answers', () => {
    const stopped = after(sending, { type: 'wait', why: 'no-contact' }, { type: 'stop' });
    expect([stopped.phase.name, stopped.doubtful, stopped.receipt]).toEqual(['editing', true, 'first']);
    expect(isUnsaved(stopped)).toBe(true);
    const again = answered(after(stopped, save), stored);
    expect([again.phase.name, again.doubtful, again.shift.length]).toEqual(['saved', false, 1]);
  });

  test('an answer to what was stopped changes nothing, not even while it is sent again', () => {
    const late: Action = { type: 'answered', parcel: parcelOf(sending), reply: stored };
    const stopped = after(sending, { type: 'stop' });
    expect(callReducer(stopped, late)).toBe(stopped);
    const again = after(stopped, save);
    expect(callReducer(again, late)).toBe(again);
  });

  test('goes on while somebody signs in again, and only its own answer ends it', () => {
    // Signing in again is the sending's affair (deliver.ts): nothing comes here until there is an answer.
    const meanwhile = after(sending, choice('kind', 'prank'), save, next, { type: 'amend' });
    expect(meanwhile).toBe(sending);
    expect(answered(meanwhile, stored).phase.name).toBe('saved');
    // Whoever signs in with another role is told so, and has the answers still.
    const other = answered(sending, refused({ slug: 'not-allowed' }));
    expect([other.phase.name, other.draft]).toEqual(['editing', silent.draft]);
  });

  test('the clock goes on measuring, but what was sent is what is stored', () => {
    const measured = after(sending, { type: 'measure', vocabulary, minutes: 12 });
    expect(parcelOf(measured)).toBe(parcelOf(sending));
    expect(storedOf(answered(measured, stored))).toBe(silent.draft);
  });
});

describe('saved', () => {
  test('amended, it is the same call: unsaved only once an answer is another', () => {
    expect([amending.phase.name, amending.receipt, isUnsaved(amending)]).toEqual(['editing', 'first', false]);
    const changed = after(amending, choice('channel', 'email'));
    expect(isUnsaved(changed)).toBe(true);
    const again = answered(after(changed, save), stored);
    expect(again.shift).toEqual([{ receipt: 'first', draft: changed.draft, status: 'saved' }]);
  });

  test('a change can be left: the call is as it was', () => {
    const kept = after(amending, choice('channel', 'email'), { type: 'keep' });
    expect([kept.phase.name, kept.draft, kept.receipt]).toEqual(['saved', silent.draft, 'first']);
    expect(kept.generation).toBe(amending.generation + 1);
  });

  test('withdrawn, it is gone from the server and stays in the shift as that', () => {
    expect(parcelOf(withdrawing)).toMatchObject({ errand: 'withdraw', receipt: 'first' });
    expect(withdrawn.phase).toEqual({ name: 'withdrawn' });
    expect(withdrawn.shift).toEqual([{ receipt: 'first', draft: silent.draft, status: 'withdrawn' }]);
  });

  test('a withdrawal whose first answer was lost finds nothing, and has succeeded', () => {
    const lost = after(withdrawing, { type: 'wait', why: 'no-contact' });
    expect(answered(lost, refused({ slug: 'unknown-receipt' })).phase).toEqual({ name: 'withdrawn' });
  });

  test('a withdrawal that is refused or stopped leaves it saved', () => {
    expect(answered(withdrawing, refused({ slug: 'not-allowed' })).phase).toMatchObject({
      ...{ name: 'saved', problem: { slug: 'not-allowed' } },
    });
    const stopped = after(withdrawing, { type: 'stop' });
    expect([stopped.phase.name, stopped.doubtful]).toEqual(['saved', true]);
    expect(sealed.phase).toEqual({ name: 'sealed' });
  });
});

describe('another call', () => {
  test.each([['saved', savedCall] as const, ['withdrawn', withdrawn] as const, ['sealed', sealed] as const])(
    'after a %s one has a receipt of its own and no answer',
    (_name, state) => {
      const second = after(state, next);
      expect([second.receipt, second.phase.name]).toEqual(['second', 'editing']);
      expect(second.draft).toEqual(fresh.draft);
      expect(second.shift).toBe(state.shift);
      expect(second.generation).toBe(state.generation + 1);
    },
  );

  test('of the shift is taken up again, to look at or to change', () => {
    const second = after(savedCall, next, choice('kind', 'prank'));
    const [call] = second.shift;
    if (call === undefined) throw new Error('The shift has no call.');
    const looked = after(second, { type: 'reopen', call, to: 'look' });
    expect([looked.phase.name, looked.receipt, looked.draft]).toEqual(['saved', 'first', silent.draft]);
    const amended = after(second, { type: 'reopen', call, to: 'amend' });
    expect([amended.phase.name, amended.receipt, isUnsaved(amended)]).toEqual(['editing', 'first', false]);
  });

  test('two calls are two of the shift', () => {
    const two = answered(
      after(savedCall, next, choice('kind', 'prank'), choice('channel', 'chat'), save),
      stored,
    );
    expect(two.shift.map(({ receipt }) => receipt)).toEqual(['first', 'second']);
  });

  test('leaves doubt, findings and undoing behind', () => {
    const stopped = after(sending, { type: 'stop' }, choice('channel', null), save);
    const left = after(stopped, { type: 'clear', timing: false }, next);
    expect([left.doubtful, left.errors.size, left.undoable]).toEqual([false, 0, null]);
  });
});

test('practice is the same, with an answer that always comes', () => {
  const practised = answered(sending, { ok: true, status: 200, body: undefined });
  expect([practised.phase.name, after(practised, { type: 'amend' }).phase.name]).toEqual([
    'saved',
    'editing',
  ]);
});

test.each(Object.entries({ fresh, silent, sending, savedCall, amending, withdrawn, sealed }))(
  'wiping %s leaves an empty desk',
  (_name, state) => {
    const wiped = after(state, { type: 'wipe', receipt: 'third', ...context });
    expect(wiped).toEqual({ ...atFirst('third', context), generation: state.generation + 1 });
  },
);

describe('impossible', () => {
  const call = { receipt: 'first', draft: silent.draft, status: 'saved' } as const;
  const actions: readonly Action[] = [
    ...[choice('kind', 'prank'), save, withdraw, next],
    ...[{ type: 'begin', ...context } as const, { type: 'clear', timing: false } as const],
    ...(['undo', 'stop', 'amend', 'keep'] as const).map((type) => ({ type })),
    { type: 'wait', why: 'no-contact' },
    { type: 'answered', parcel: parcelOf(sending), reply: stored },
    { type: 'reopen', call, to: 'look' },
  ];
  const leads: Readonly<Record<string, readonly [AtHand, readonly Action['type'][]]>> = {
    // Nothing was cleared, and nothing was saved before.
    editing: [silent, ['choose', 'save', 'next', 'begin', 'clear', 'reopen']],
    amending: [amending, ['choose', 'save', 'next', 'begin', 'clear', 'keep', 'reopen']],
    sending: [sending, ['wait', 'stop', 'answered']],
    saved: [savedCall, ['withdraw', 'next', 'amend', 'reopen']],
    withdrawn: [withdrawn, ['next', 'reopen']],
    sealed: [sealed, ['next', 'reopen']],
  };

  test.each(Object.entries(leads))('%s: every other action changes nothing', (_mode, [state, types]) => {
    const changing = actions.filter((action) => callReducer(state, action) !== state).map(({ type }) => type);
    expect(changing.toSorted()).toEqual(types.toSorted());
  });

  test('a call that is withdrawn or sealed is not taken up again', () => {
    for (const status of ['withdrawn', 'sealed'] as const)
      expect(callReducer(fresh, { type: 'reopen', call: { ...call, status }, to: 'amend' })).toBe(fresh);
  });
});

test('no action changes the state it is given', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  const actions: readonly Action[] = [choice('kind', 'silent'), choice('channel', 'phone'), save];
  const last = actions.reduce((state, action) => {
    freeze(state);
    return callReducer(state, action);
  }, fresh);
  freeze(last);
  expect(answered(last, stored).phase.name).toBe('saved');
});

describe('the month', () => {
  const choiceUnder = (of: FormVocabulary, id: string, code: string | null): Action => ({
    ...choice(id, code),
    ...{ dimension: of.dimensions.find((one) => one.id === id) ?? dimensionOf(id), vocabulary: of },
  });
  const lastDay = new Date(2026, 8, 30, 23, 50);
  const begun = callReducer(fresh, { ...choice('kind', 'conversation'), now: lastDay } as Action);

  test('is that in which the call began, until the handler says otherwise', () => {
    expect(fresh.draft.month).toBeNull();
    expect(begun.draft.month).toBe('2026-09');
    const later = callReducer(begun, { ...choice('channel', 'phone'), now: new Date(2026, 9, 1) } as Action);
    expect(later.draft.month).toBe('2026-09');
    expect(after(later, { type: 'move', month: '2026-10' }).draft.month).toBe('2026-10');
    const moved = after(fresh, { type: 'move', month: '2026-06' }, choice('kind', 'silent'));
    expect(moved.draft.month).toBe('2026-06');
    expect(after(moved, { type: 'clear', timing: false }).draft.month).toBeNull();
    expect(after(moved, { type: 'clear', timing: true }).draft.month).toBe('2026-06');
  });

  test('belongs to a saved call, which is unsaved again once it is moved', () => {
    const moved = after(savedCall, { type: 'amend' }, { type: 'move', month: '2026-06' });
    expect([isUnsaved(moved), storedOf(moved)?.month]).toEqual([true, '2026-07']);
    expect(after(moved, { type: 'keep' }).draft.month).toBe('2026-07');
    expect(after(savedCall, next).draft.month).toBeNull();
  });

  const [large, tiny] = [formUnder('large'), formUnder('tiny')];
  const answers = (state: AtHand, of: FormVocabulary) =>
    parcelOf(after(state, { ...save, vocabulary: of })).answers;
  const filled = after(
    fresh,
    ...Object.entries(aConversation()).flatMap(([id, codes]) =>
      [codes].flat().map((code) => choiceUnder(large, id, code)),
    ),
  );

  test('with another plan sends what that one asks, and loses nothing', () => {
    expect(answers(filled, large)).toEqual(aConversation());
    expect(answers(filled, tiny)).toEqual({
      ...{ kind: 'conversation', concern: 'ideas', environment: 'right', relation: 'close' },
      ...{ age: 'minor', referral: ['public_services'] },
    });
    const there = after(filled, { type: 'move', month: '2026-06' });
    expect(answers(after(there, { type: 'move', month: '2026-07' }), large)).toEqual(aConversation());
  });

  test('an answer in groups leaves the others as they were, and a group counts once', () => {
    const two = after(filled, choiceUnder(tiny, 'referral', 'authorities'));
    expect(answers(two, tiny)['referral']).toEqual(['public_services', 'authorities']);
    expect(answers(after(two, choiceUnder(tiny, 'referral', 'public_services')), tiny)['referral']).toEqual([
      'authorities',
    ]);
    expect(answers(after(two, choiceUnder(tiny, 'referral', 'none')), tiny)['referral']).toEqual(['none']);
    expect(answers(two, tiny)['relation']).toBe('close');
  });

  test('a group is no answer where its codes are asked: it is asked again, not left out', () => {
    const inGroups = after(
      filled,
      choiceUnder(tiny, 'referral', 'exit'),
      choiceUnder(tiny, 'relation', 'professional'),
    );
    const refused = after(inGroups, { ...save, vocabulary: large });
    expect([...refused.errors.keys()]).toEqual(['relation', 'referral']);
    expect(refused.phase.name).toBe('editing');
    const told = after(
      refused,
      choiceUnder(large, 'relation', 'school'),
      choiceUnder(large, 'referral', 'bup'),
    );
    expect(answers(told, large)).toMatchObject({ relation: 'school', referral: ['bup', 'exit'] });
  });

  test('a silent call of a short form is whole with its kind', () => {
    const short = after(fresh, choiceUnder(tiny, 'kind', 'silent'));
    expect(answers(short, tiny)).toEqual({ kind: 'silent' });
  });
});
