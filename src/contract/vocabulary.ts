/**
 * The closed vocabulary: everything that can ever be said about a call. A dimension is a question, a code one of
 * its answers. A `group` code holds others: in a table at level `top` each code is counted under its parent, and where a
 * plan has a question at that level alone, the group is what is answered.
 */
import { z } from 'zod';
import { leafCodes } from './codes.js';

const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_+-]{0,31}$/);
export const labelSchema = z.strictObject({ sv: z.string().min(1).max(120), en: z.string().min(1).max(120) });

export const codeSchema = z.strictObject({
  id: idSchema,
  parent: idSchema.optional(),
  group: z.boolean().optional(),
  exclusive: z.boolean().optional(),
  label: labelSchema,
});

export const dimensionSchema = z.strictObject({
  id: idSchema,
  applies: z.enum(['all', 'conversation']),
  required: z.boolean(),
  max: z.int().min(1).max(8),
  layout: z.enum(['flat', 'nested', 'search']),
  label: labelSchema,
  codes: z.array(codeSchema).min(1).max(400),
});

export const vocabularySchema = z.strictObject({
  version: z.int().min(1),
  dimensions: z.array(dimensionSchema).min(1).max(40),
});

/** At what level a question is counted: its leaves, or the codes without a parent. */
export const levelSchema = z.enum(['leaf', 'top']);

/** A dimension as a quarter's plan has it: whether it is asked, and whether groups are enough of an answer. */
export const askedDimensionSchema = dimensionSchema.extend({ asked: z.boolean(), level: levelSchema });

/** A quarter's vocabulary, and what its plan asks of it. */
export const askedVocabularySchema = vocabularySchema.extend({
  dimensions: z.array(askedDimensionSchema).min(1).max(40),
});

/** What anybody may read: everything that can be said about a call this quarter, what of it is asked, and whose line it is. */
export const aboutSchema = z.strictObject({
  vocabulary: askedVocabularySchema,
  /** Null until an administrator has set it. */
  organisation: z.string().nullable(),
});

export type About = z.infer<typeof aboutSchema>;
export type Label = z.infer<typeof labelSchema>;
export type Code = z.infer<typeof codeSchema>;
export type Dimension = z.infer<typeof dimensionSchema>;
export type Vocabulary = z.infer<typeof vocabularySchema>;
export type AskedDimension = z.infer<typeof askedDimensionSchema>;
export type AskedVocabulary = z.infer<typeof askedVocabularySchema>;
export type Level = z.infer<typeof levelSchema>;

export { leafCodes } from './codes.js';
export { CONVERSATION, KIND } from './kind.js';

export function findDimension(vocabulary: Vocabulary, id: string): Dimension | undefined {
  return vocabulary.dimensions.find((dimension) => dimension.id === id);
}

/** The codes of a level, in the vocabulary's order: leaves, or everything that has no parent. */
export function codesAtLevel(dimension: Dimension, level: Level): Code[] {
  return level === 'leaf'
    ? leafCodes(dimension)
    : dimension.codes.filter((code) => code.parent === undefined);
}

/** The code a leaf is counted under at level top: its parent, or itself. */
export const topOf = (code: Code): string => code.parent ?? code.id;
