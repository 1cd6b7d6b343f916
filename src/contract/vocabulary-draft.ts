/**
 * Messages about the draft of next quarter's vocabulary. It is the whole vocabulary with every code there ever was: a
 * code that is taken out of use is marked as retired and stays, so that its id never comes to mean anything else.
 */
import { z } from 'zod';
import { wordedText } from './line.js';
import { quarterSchema } from './period.js';
import { codeSchema, dimensionSchema, labelSchema, vocabularySchema } from './vocabulary.js';

/** Retired codes are kept, and can no longer be chosen. */
const storedCodeSchema = codeSchema.extend({ retired: z.boolean().optional() });
const storedDimensionSchema = dimensionSchema.extend({ codes: z.array(storedCodeSchema).min(1).max(400) });

/** A vocabulary as it is stored: with its retired codes. */
export const storedVocabularySchema = vocabularySchema.extend({
  dimensions: z.array(storedDimensionSchema).min(1).max(40),
});

/** `added`: never yet in effect, so that it may still be taken away altogether. */
const draftCodeSchema = storedCodeSchema.extend({ added: z.boolean().optional() });
const draftDimensionSchema = dimensionSchema.extend({ codes: z.array(draftCodeSchema).min(1).max(400) });

export const draftSchema = z.strictObject({
  /** The quarter that it takes effect in. */
  quarter: quarterSchema,
  version: z.int().min(1),
  /** Names this state of the draft. Sent back, it keeps a change that somebody else has made meanwhile. */
  tag: z.string(),
  dimensions: z.array(draftDimensionSchema).min(1).max(40),
});

/** Words that a handler can read: one line, and not only spaces. */
const wordsSchema = labelSchema.shape.sv.regex(wordedText);
const wordedSchema = z.strictObject({ sv: wordsSchema, en: wordsSchema });

/** What the whole reply of GET fits into, so that it can be changed and sent back. */
export const putDraftSchema = z.strictObject({
  quarter: quarterSchema.optional(),
  version: z.int().optional(),
  tag: z.string().max(64).optional(),
  dimensions: z
    .array(
      draftDimensionSchema.extend({
        label: wordedSchema,
        codes: z
          .array(draftCodeSchema.extend({ label: wordedSchema }))
          .min(1)
          .max(400),
      }),
    )
    .min(1)
    .max(40),
});

export type StoredCode = z.infer<typeof storedCodeSchema>;
export type StoredDimension = z.infer<typeof storedDimensionSchema>;
export type StoredVocabulary = z.infer<typeof storedVocabularySchema>;
export type DraftCode = z.infer<typeof draftCodeSchema>;
export type DraftDimension = z.infer<typeof draftDimensionSchema>;
export type Draft = z.infer<typeof draftSchema>;
