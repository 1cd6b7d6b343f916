/** Small builders: a call that is whole, and may be changed in what a test is about. */
import { randomBytes } from 'node:crypto';
import { encodeCall, type Answers } from '../../src/contract/call.js';
import { askedUnder } from '../../src/contract/counted.js';
import type { Plan } from '../../src/contract/plan.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { defaultVocabulary } from '../../src/desk/install.js';

/** The default vocabulary. */
export const vocabulary: Vocabulary = defaultVocabulary();

const conversation: Answers = {
  kind: 'conversation',
  channel: 'phone',
  daypart: 'evening',
  concern: 'online',
  environment: 'right',
  relation: 'parent',
  caller_age: 'adult',
  age: '16-17',
  gender: 'male',
  area: 'SE311',
  language: 'sv',
  contact: 'first',
  length: '30-59',
  referral: ['coordinator'],
  outcome: 'advised',
};

/** A conversation with every answer. */
export const aConversation = (change: Answers = {}): Answers => ({ ...conversation, ...change });

/** A contact that was not a conversation. */
export const aSilentCall = (): Answers => ({ kind: 'silent', channel: 'phone', daypart: 'night' });

/** A fresh receipt, as a browser makes it. */
export const aReceipt = (): string => randomBytes(16).toString('base64url');

/** The numbers of a call of which everything is asked. */
export const codesOf = (answers: Answers): number[] => encodeCall(answers, vocabulary);

/** The numbers of a call of which only what a plan asks is left, as intake stores them. */
export const countedCodesOf = (answers: Answers, plan: Plan): number[] =>
  encodeCall(answers, askedUnder(plan, vocabulary));

/** Any call that the default vocabulary allows; `pick(n)` gives a whole number below n. */
export function anyCall(pick: (n: number) => number): Answers {
  const kind = pick(4) === 0 ? 'silent' : 'conversation';
  const answers: Answers = {};
  for (const dimension of vocabulary.dimensions) {
    if (dimension.applies === 'conversation' && kind !== 'conversation') continue;
    const codes = dimension.codes.filter((code) => code.group !== true && code.exclusive !== true);
    const one = () => codes[pick(codes.length)]?.id ?? '';
    answers[dimension.id] =
      dimension.max === 1 ? one() : [...new Set(Array.from({ length: 1 + pick(dimension.max) }, one))];
  }
  return { ...answers, kind };
}
