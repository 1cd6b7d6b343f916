/** Moves the focus to where an answer to a question is given. */
export function focusQuestion(within: Element | null, dimension: string): void {
  const question = within?.querySelector(`[data-dimension="${CSS.escape(dimension)}"]`);
  const place = question?.querySelector<HTMLElement>('input, [tabindex="0"]');
  place?.focus();
  // What is typed next takes the place of what stands there, as it does after Tab.
  if (place instanceof HTMLInputElement) place.select();
}
