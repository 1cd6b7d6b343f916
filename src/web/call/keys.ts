/**
 * Choosing by digit. A digit picks among the choices of the group that has the focus, and of no other; then the focus
 * goes on to the next question. Backspace goes back. Letters and combinations are left to the browser and to screen
 * readers.
 */
import { flushSync } from 'react-dom';
import type { Code } from '../../contract/vocabulary.js';
import { focusQuestion } from './focus.js';

const places = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The code that 0 stands for: what was not stated, what stands alone, or else the tenth. */
function zeroOf(codes: readonly Code[]): Code | undefined {
  return codes.find(({ id }) => id === 'unknown') ?? codes.find((code) => code.exclusive) ?? codes[9];
}

/** The digit of each code of one group of chips, by code id; those past the tenth have none. */
export function digitsFor(codes: readonly Code[]): ReadonlyMap<string, string> {
  const zero = zeroOf(codes);
  const others = codes.filter((code) => code !== zero);
  const numbered = others.flatMap(({ id }, at) => {
    const digit = places[at];
    return digit === undefined ? [] : [[id, digit] as const];
  });
  return new Map([...numbered, ...(zero === undefined ? [] : [[zero.id, '0'] as const])]);
}

type Press = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'> & {
  readonly getModifierState: (key: 'AltGraph') => boolean;
};

/** Whether a key is pressed once and by itself. Shift may be held: some keyboards need it for digits. */
const isPlain = (event: Press): boolean =>
  !(event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) &&
  !event.getModifierState('AltGraph');

const groupOf = (element: Element) => element.closest<HTMLElement>('[data-keys]');
const questionOf = (element: Element) => element.closest<HTMLElement>('[data-dimension]');

function chipIn(group: HTMLElement, digit: string): HTMLElement | undefined {
  const chips = group.querySelectorAll<HTMLElement>(`[data-digit="${digit}"]`);
  return [...chips].find((chip) => groupOf(chip) === group && chip.getAttribute('aria-disabled') !== 'true');
}

/** The questions that are asked, in order, and which of them an element is in. */
function around(element: Element): { questions: HTMLElement[]; at: number } {
  const form = element.closest('form');
  const questions = [...(form?.querySelectorAll<HTMLElement>('[data-dimension]') ?? [])];
  const own = questionOf(element);
  return { questions, at: own === null ? -1 : questions.indexOf(own) };
}

/** Moves the focus to the question after the one an element is in; after the last one, to where the call is saved. */
export function goOn(element: Element): void {
  const { questions, at } = around(element);
  const next = questions[at + 1];
  if (next === undefined) element.closest('form')?.querySelector<HTMLElement>('[data-save]')?.focus();
  else focusQuestion(next.parentElement, next.dataset['dimension'] ?? '');
}

/** The button that has opened the group of chips an element is in; null where it is in no such group. */
function openerOf(element: Element): HTMLElement | null {
  const within = groupOf(element);
  const question = questionOf(element);
  if (within === null || within.id === '') return null;
  return question?.querySelector<HTMLElement>(`[data-opens="${CSS.escape(within.id)}"]`) ?? null;
}

function goBack(element: Element): void {
  const opener = openerOf(element);
  if (opener !== null) {
    const row = groupOf(opener);
    (row?.querySelector<HTMLElement>(':scope > [tabindex="0"][aria-checked="true"]') ?? opener).focus();
    return;
  }
  const { questions, at } = around(element);
  const before = questions[at - 1];
  if (before !== undefined) focusQuestion(before.parentElement, before.dataset['dimension'] ?? '');
}

const isOn = (chip: Element, state: 'aria-checked' | 'aria-expanded') => chip.getAttribute(state) === 'true';

function pick(chip: HTMLElement): void {
  // One that is open already stays so.
  if (!isOn(chip, 'aria-expanded')) flushSync(() => chip.click());
  const { opens } = chip.dataset;
  if (opens !== undefined) {
    document.getElementById(opens)?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    return;
  }
  // Taking a choice back is no reason to go on.
  if (!isOn(chip, 'aria-checked')) return;
  const opener = openerOf(chip);
  goOn(chip);
  if (opener !== null && isOn(opener, 'aria-expanded')) opener.click();
}

/** A field in which something is being typed keeps its Backspace. */
const isTyping = (target: Element): boolean =>
  target instanceof HTMLInputElement && isOn(target, 'aria-expanded') && target.value !== '';

/** Handles a key pressed anywhere among the questions. */
export function onQuestionKey(
  event: Press & { readonly target: EventTarget | null; preventDefault: () => void },
): void {
  const { target } = event;
  if (!(target instanceof Element) || !isPlain(event)) return;
  const group = groupOf(target);
  if (group === null) return;
  if (event.key === 'Backspace' && !isTyping(target)) {
    event.preventDefault();
    goBack(target);
    return;
  }
  if (!/^[0-9]$/.test(event.key)) return;
  // In a field too: no code's words have a digit to search for.
  event.preventDefault();
  const chip = chipIn(group, event.key);
  if (chip !== undefined) pick(chip);
}
