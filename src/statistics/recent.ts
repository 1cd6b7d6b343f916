/**
 * A function of a text that keeps its latest answers, so that the same question is worked out once. The text is
 * the whole question: another text is another answer, and none goes stale.
 * @param kept how many answers to keep; the one that has been unasked for longest goes first
 */
export function recent<T>(work: (text: string) => T, kept: number): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text) => {
    const found = answers.get(text) ?? { answer: work(text) };
    // Taken out and put in again, the newest stands last.
    answers.delete(text);
    answers.set(text, found);
    const [oldest] = answers.keys();
    if (answers.size > kept && oldest !== undefined) answers.delete(oldest);
    return found.answer;
  };
}
