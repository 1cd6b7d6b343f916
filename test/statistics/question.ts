/** Questions of a small vocabulary, for tests that are about numbers and not about words. */
import type { Dimension } from '../../src/contract/vocabulary.js';

/** A question that everybody answers, with so many answers, of which a call may have so many. */
export function aQuestion(id: string, answers: number, max = 1): Dimension {
  const label = { sv: id, en: id };
  const codes = Array.from({ length: answers }, (_, index) => ({ id: `${id}${index}`, label }));
  return { id, applies: 'all', required: true, max, layout: 'flat', label, codes };
}
