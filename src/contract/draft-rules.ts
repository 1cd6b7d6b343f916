/** What may be done to a vocabulary from one quarter to the next. Pure, and the same for the server and the editor. */
import { CONVERSATION, KIND } from './kind.js';
import type { FieldError } from './problem.js';
import type { Dimension, Vocabulary } from './vocabulary.js';
import type {
  DraftCode,
  DraftDimension,
  StoredCode,
  StoredDimension,
  StoredVocabulary,
} from './vocabulary-draft.js';

/** A code in one spelling: what is false is left out, and what only the reply says too. */
function plainCode({ id, parent, group, exclusive, retired, label }: DraftCode): StoredCode {
  return {
    id,
    ...(parent === undefined ? {} : { parent }),
    ...(group === true ? { group } : {}),
    ...(exclusive === true ? { exclusive } : {}),
    ...(retired === true ? { retired } : {}),
    label: { sv: label.sv.trim(), en: label.en.trim() },
  };
}

/** Dimensions in the one spelling in which they are stored, so that equal drafts are equal texts. */
export const plainDimensions = (dimensions: readonly DraftDimension[]): StoredDimension[] =>
  dimensions.map(({ id, applies, required, max, layout, label, codes }) => {
    const words = { sv: label.sv.trim(), en: label.en.trim() };
    return { id, applies, required, max, layout, label: words, codes: codes.map(plainCode) };
  });

/** What a quarter uses of a stored vocabulary: everything but the retired codes. */
export function vocabularyInUse({ version, dimensions }: StoredVocabulary): Vocabulary {
  const inUse = dimensions.map((dimension): Dimension => ({
    ...dimension,
    codes: dimension.codes.flatMap(({ retired, ...code }) => (retired === true ? [] : [code])),
  }));
  return { version, dimensions: inUse };
}

/** What is wrong with one code, as `field` and a code of the problem table. */
type CodeError = readonly [
  field: 'id' | 'parent' | 'group' | 'exclusive' | 'retired' | 'label',
  FieldError['code'],
];

const live = (codes: readonly StoredCode[]) => codes.filter(({ retired }) => retired !== true);

function parentError(code: StoredCode, codes: readonly StoredCode[]): CodeError[] {
  if (code.parent === undefined) return [];
  if (code.group === true) return [['parent', 'not-applicable']];
  const parent = codes.find(({ id }) => id === code.parent);
  // A retired code may stand under a retired group; one in use may not.
  const usable = parent?.group === true && (code.retired === true || parent.retired !== true);
  return usable ? [] : [['parent', 'unknown-code']];
}

function groupError(code: StoredCode, codes: readonly StoredCode[]): CodeError[] {
  if (code.group !== true) return [];
  if (code.exclusive === true) return [['exclusive', 'not-applicable']];
  const filled = code.retired === true || live(codes).some(({ parent }) => parent === code.id);
  return filled ? [] : [['group', 'empty']];
}

/** What a code is does not change once it has been in effect: earlier numbers are read with it. */
function changedError(code: StoredCode, before: StoredCode | undefined): CodeError[] {
  if (before === undefined) return [];
  return [
    ...(before.group === code.group ? [] : [['group', 'fixed'] as const]),
    ...(before.exclusive === code.exclusive ? [] : [['exclusive', 'fixed'] as const]),
  ];
}

/** Two answers with the same words cannot be told apart on the form. */
function wordsError(code: StoredCode, codes: readonly StoredCode[]): CodeError[] {
  const same = live(codes).some(
    ({ id, label }) => id !== code.id && (label.sv === code.label.sv || label.en === code.label.en),
  );
  return same && code.retired !== true ? [['label', 'duplicate']] : [];
}

const keptError = (dimension: StoredDimension, code: StoredCode): CodeError[] =>
  dimension.id === KIND && code.id === CONVERSATION && (code.retired === true || code.parent !== undefined)
    ? [['retired', 'fixed']]
    : [];

function codeErrors(dimension: StoredDimension, before: StoredDimension, at: string): FieldError[] {
  const { codes } = dimension;
  const errors = codes.flatMap((code, index) => {
    const found: CodeError[] = [
      ...(codes.findIndex(({ id }) => id === code.id) < index ? [['id', 'duplicate'] as const] : []),
      ...(code.exclusive === true && dimension.max === 1 ? [['exclusive', 'not-applicable'] as const] : []),
      ...parentError(code, codes),
      ...groupError(code, codes),
      ...changedError(
        code,
        before.codes.find(({ id }) => id === code.id),
      ),
      ...wordsError(code, codes),
      ...keptError(dimension, code),
    ];
    return found.map(([field, problem]) => ({
      path: `${at}.codes.${String(index)}.${field}`,
      code: problem,
    }));
  });
  const gone = before.codes.some(({ id }) => !codes.some((code) => code.id === id));
  const answers = live(codes).filter(({ group }) => group !== true);
  return [
    ...errors,
    ...(gone ? [{ path: `${at}.codes`, code: 'missing' as const }] : []),
    ...(answers.length === 0 ? [{ path: `${at}.codes`, code: 'empty' as const }] : []),
  ];
}

const fixed = ['applies', 'required', 'max', 'layout'] as const;

function dimensionErrors(
  dimension: StoredDimension,
  index: number,
  all: readonly StoredDimension[],
  current: readonly StoredDimension[],
): FieldError[] {
  const at = `dimensions.${String(index)}`;
  const before = current.find(({ id }) => id === dimension.id);
  if (before === undefined) return [{ path: `${at}.id`, code: 'fixed' }];
  if (all.findIndex(({ id }) => id === dimension.id) < index)
    return [{ path: `${at}.id`, code: 'duplicate' }];
  const changed = fixed.filter((field) => dimension[field] !== before[field]);
  return [
    ...changed.map((field) => ({ path: `${at}.${field}`, code: 'fixed' as const })),
    ...codeErrors(dimension, before, at),
  ];
}

/**
 * What is wrong with the dimensions of a draft beside those in effect; empty when they may take effect. The
 * questions themselves stay, because table plans and protection count them; their words and order may change. Every
 * code that has ever been in effect stays, in use or retired.
 */
export function draftErrors(
  dimensions: readonly StoredDimension[],
  current: readonly StoredDimension[],
): FieldError[] {
  const gone = current.some(({ id }) => !dimensions.some((dimension) => dimension.id === id));
  return [
    ...(gone ? [{ path: 'dimensions', code: 'missing' as const }] : []),
    ...dimensions.flatMap((dimension, index) => dimensionErrors(dimension, index, dimensions, current)),
  ];
}
