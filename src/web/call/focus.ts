/** Moves the focus to where an answer to a question is given. */
export function focusQuestion(within: HTMLElement | null, dimension: string): void {
  const question = within?.querySelector(`[data-dimension="${CSS.escape(dimension)}"]`);
  question?.querySelector<HTMLElement>('input, [tabindex="0"]')?.focus();
}
