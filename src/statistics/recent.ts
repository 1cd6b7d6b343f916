/**
 * A function of a text that keeps its latest answers, so that the same question is worked out once. The text is
 * the whole question: another text is another answer, and none goes stale. What else the work takes follows from it.
 * @param kept how many answers to keep; the one that has been unasked for longest goes first
 */
export function recent<T, With extends unknown[]>(
  work: (text: string, ...also: With) => T,
  kept: number,
): (text: string, ...also: With) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text, ...also) => {
    const found = answers.get(text) ?? { answer: work(text, ...also) };
    // Taken out and put in again, the newest stands last.
    answers.delete(text);
    answers.set(text, found);
    const [oldest] = answers.keys();
    if (answers.size > kept && oldest !== undefined) answers.delete(oldest);
    return found.answer;
  };
}
