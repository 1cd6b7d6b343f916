/** The questions and their answers: as they stand, as anybody may read them, and as they will be next quarter. */
import { z } from 'zod';
import { monthSchema } from '../period.js';
import { aboutSchema, askedVocabularySchema } from '../vocabulary.js';
import { draftSchema, putDraftSchema } from '../vocabulary-draft.js';
import { endpoint } from './endpoint.js';

/** A vocabulary is the only large thing that is ever sent: the default one takes 15 KiB. */
const MAX_BYTES = 256 * 1024;

const nextPath = '/api/v1/vocabulary/next';
const access = ['administrator'] as const;

/** One question with one answer: of the right form, and far too little to log a call with. */
const plain = {
  version: 1,
  dimensions: [
    {
      id: 'kind',
      applies: 'all',
      required: true,
      max: 1,
      layout: 'flat',
      label: { sv: 'Typ', en: 'Kind' },
      codes: [{ id: 'silent', label: { sv: 'Tyst', en: 'Silent' } }],
    },
  ],
};

const vocabulary = {
  ...plain,
  dimensions: plain.dimensions.map((dimension) => ({ ...dimension, asked: true, level: 'leaf' })),
};

export const getVocabulary = endpoint({
  operationId: 'getVocabulary',
  method: 'get',
  path: '/api/v1/vocabulary',
  access: 'signed-in',
  summary:
    'The vocabulary of the current quarter and what its plan asks of it; or of the quarter of the month before',
  query: z.strictObject({
    month: monthSchema
      .optional()
      .meta({ description: 'The month of a call: this one, or the one before it', examples: ['2026-10'] }),
  }),
  replies: {
    200: {
      description:
        'The vocabulary, with an ETag. What is not `asked` is not stored; at level `top` groups are answers',
      schema: askedVocabularySchema,
      example: vocabulary,
    },
    304: { description: 'The same as the one If-None-Match names' },
  },
  problems: [],
});

export const getAbout = endpoint({
  operationId: 'getAbout',
  method: 'get',
  path: '/api/v1/about',
  access: 'public',
  summary: 'Everything that can ever be stored about a call, for whoever wants to know',
  replies: {
    200: {
      description: 'The vocabulary of the current quarter, what its plan asks of it, and whose line it is',
      schema: aboutSchema,
      example: { vocabulary, organisation: 'Linjen' },
    },
  },
  problems: ['unavailable'],
});

export const getNextVocabulary = endpoint({
  operationId: 'getNextVocabulary',
  method: 'get',
  path: nextPath,
  access,
  summary: 'The vocabulary that takes effect next quarter, with its retired codes',
  replies: {
    200: {
      description: 'The draft',
      schema: draftSchema,
      example: { quarter: '2027-Q1', tag: 'Yk3v0sPq', ...plain },
    },
  },
  problems: [],
});

export const putNextVocabulary = endpoint({
  operationId: 'putNextVocabulary',
  method: 'put',
  path: nextPath,
  access,
  summary: 'Set the vocabulary that takes effect next quarter; codes are added and retired, never deleted',
  body: putDraftSchema,
  // Of the right form, and far too little to take effect.
  example: {
    quarter: '2027-Q1',
    dimensions: [
      {
        id: 'kind',
        applies: 'all',
        required: true,
        max: 1,
        layout: 'flat',
        label: { sv: 'Typ', en: 'Kind' },
        codes: [{ id: 'silent', parent: 'none', retired: true, label: { sv: 'Tyst', en: 'Silent' } }],
      },
    ],
  },
  maxBytes: MAX_BYTES,
  replies: { 204: { description: 'Set, or as it was already' } },
  problems: ['vocabulary-changed', 'vocabulary-fixed'],
});
