/**
 * A call is nothing but a small set of codes. On its way to the database it becomes a row of small numbers: for
 * each dimension of the vocabulary, in order, `max` slots; a slot holds the 1-based position of the chosen code
 * in the dimension's list of codes, 0 where there is no answer, several in ascending order. A number outside
 * the vocabulary cannot be written, so free text has nowhere to go.
 *
 * A plan asks some of the dimensions, some of them in groups. What it does not ask may be said all the same: it is checked
 * like the rest, and has no number. A vocabulary without a plan asks everything, leaf by leaf.
 */
import { z } from 'zod';
import { applies, KIND } from './kind.js';
import { topOf, type AskedDimension, type Code, type Dimension } from './vocabulary.js';

/** A dimension of an asked vocabulary, or of one without a plan. */
type Question = Dimension & Partial<Pick<AskedDimension, 'asked' | 'level'>>;
interface Questions {
  readonly dimensions: readonly Question[];
}

/** 128 random bits made by the client: 22 characters of base64url, the last of which carries two bits. */
export const receiptSchema = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/);

const answerSchema = z.union([z.string(), z.array(z.string())]);
export const answersSchema = z.record(z.string(), answerSchema);
export type Answers = z.infer<typeof answersSchema>;

export const callSchema = z.strictObject({ answers: answersSchema, month: z.string().optional() });

export const storedSchema = z.strictObject({ status: z.enum(['stored', 'replaced']) });

/** What can be wrong with one answer; `unknown-field` is about a dimension that does not exist. */
export type AnswerProblem =
  'missing' | 'unknown-code' | 'too-many' | 'not-applicable' | 'exclusive' | 'unknown-field' | 'wrong-type';

/** A dimension id, or '' for the answers as a whole, and what is wrong there. Never a value that was sent. */
export interface AnswerError {
  readonly dimension: string;
  readonly code: AnswerProblem;
}

function chosen(answer: string | string[] | undefined): string[] {
  if (answer === undefined) return [];
  return [...new Set(typeof answer === 'string' ? [answer] : answer)];
}

/** Own properties only: `answers` comes from outside and may be called `constructor`. */
function answerTo(answers: Answers, dimension: Dimension): string | string[] | undefined {
  return Object.hasOwn(answers, dimension.id) ? answers[dimension.id] : undefined;
}

/** The ids under which codes are counted at a dimension's level: several of one group are one. */
const countedAs = ({ level }: Question, codes: readonly Code[]): string[] =>
  level === 'top' ? [...new Set(codes.map(topOf))] : codes.map(({ id }) => id);

function choiceProblem(dimension: Question, codes: string[]): AnswerProblem | null {
  const answering = ({ group }: Code) => group !== true || dimension.level === 'top';
  const known = dimension.codes.filter((code) => answering(code) && codes.includes(code.id));
  if (known.length < codes.length) return 'unknown-code';
  if (countedAs(dimension, known).length > dimension.max) return 'too-many';
  if (codes.length > 1 && known.some((code) => code.exclusive === true)) return 'exclusive';
  return null;
}

function answerProblem(dimension: Question, answers: Answers, kind: unknown): AnswerProblem | null {
  const answer = answerTo(answers, dimension);
  const fits = applies(dimension, kind);
  const needed = dimension.required && dimension.asked !== false;
  if (answer === undefined) return fits && needed ? 'missing' : null;
  if (!fits) return 'not-applicable';
  if (Array.isArray(answer) !== dimension.max > 1) return 'wrong-type';
  const codes = chosen(answer);
  if (codes.length === 0) return needed ? 'missing' : null;
  return choiceProblem(dimension, codes);
}

/** Everything that is wrong with a call's answers, in the vocabulary's order; empty when they can be stored. */
export function checkAnswers(answers: Answers, vocabulary: Questions): AnswerError[] {
  const errors: AnswerError[] = [];
  const known = new Set(vocabulary.dimensions.map((dimension) => dimension.id));
  if (Object.keys(answers).some((id) => !known.has(id)))
    errors.push({ dimension: '', code: 'unknown-field' });
  const kind = Object.hasOwn(answers, KIND) ? answers[KIND] : undefined;
  for (const dimension of vocabulary.dimensions) {
    const code = answerProblem(dimension, answers, kind);
    if (code !== null) errors.push({ dimension: dimension.id, code });
  }
  return errors;
}

/**
 * The numbers of a call whose answers were checked, and of nothing but what is asked, at its level. Length: the sum of
 * `max` over the vocabulary's dimensions, asked or not.
 */
export function encodeCall(answers: Answers, vocabulary: Questions): number[] {
  return vocabulary.dimensions.flatMap((dimension) => {
    const ids = dimension.asked === false ? [] : chosen(answerTo(answers, dimension));
    const counted = countedAs(
      dimension,
      dimension.codes.filter(({ id }) => ids.includes(id)),
    );
    const places = counted.map((id) => dimension.codes.findIndex((code) => code.id === id) + 1);
    const numbers = places.filter((place) => place > 0).sort((a, b) => a - b);
    return [...numbers, ...new Array<number>(dimension.max - numbers.length).fill(0)];
  });
}

/** The most numbers a call has: 40 questions of at most 3 answers. */
const MOST_NUMBERS = 120;

/** Bytes of a packed call, whatever is in it: how many numbers there are, and two bytes for each there could be. */
export const PACKED_BYTES = 1 + 2 * MOST_NUMBERS;

/** A call's numbers as bytes, as many for every call and every vocabulary. Throws RangeError for a call that is too long. */
export function packCall(codes: readonly number[]): Uint8Array {
  if (codes.length > MOST_NUMBERS) throw new RangeError('A call has too many numbers.');
  const packed = new DataView(new ArrayBuffer(PACKED_BYTES));
  packed.setUint8(0, codes.length);
  for (const [index, code] of codes.entries()) packed.setUint16(1 + 2 * index, code);
  return new Uint8Array(packed.buffer);
}

/** The numbers of a packed call; null where the bytes are none. */
export function unpackCall(bytes: Uint8Array): number[] | null {
  const length = bytes[0] ?? MOST_NUMBERS + 1;
  if (bytes.length !== PACKED_BYTES || length > MOST_NUMBERS) return null;
  const packed = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length }, (_, index) => packed.getUint16(1 + 2 * index));
}

/** What a packed call is padded to in its envelope. */
export const CALL_BYTES = 256;

/** The name under which a call is sealed: in another row, under another month or another key it does not open. */
export const callName = (receiptHash: string, month: string, keyId: string): string =>
  `call ${receiptHash} ${month} ${keyId}`;

/** How a packed call is sealed: under its own name, at the one size. */
export const callSealing = (receiptHash: string, month: string, keyId: string) => ({
  name: callName(receiptHash, month, keyId),
  least: CALL_BYTES,
});
