/** Storing a call, and taking it out again. There is no third way: nothing here can be read. */
import { callSchema, storedSchema } from '../call.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/calls/:receipt';
const access = ['handler'] as const;
/** Every call of the shipped vocabulary is shorter. A longer one, of one's own, goes up to the next multiple. */
const bodyBytes = 1024;
/** A call that is stored and one that is replaced are answered at one length, status line and headers included. */
const replyBytes = 32;

export const putCall = endpoint({
  operationId: 'putCall',
  method: 'put',
  path,
  access,
  summary: 'Store a call, or replace the one with the same receipt',
  body: callSchema,
  bodyBytes,
  invalid: 'invalid-call',
  example: {
    answers: {
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
    },
    month: '2026-11',
  },
  replies: {
    200: {
      description: 'Replaced, or stored before',
      schema: storedSchema,
      reason: 'Updated', // As long as the usual `Created` of 201.
      bodyBytes: replyBytes,
      example: { status: 'replaced' },
    },
    201: {
      description: 'Stored, and safe against a power cut',
      schema: storedSchema,
      bodyBytes: replyBytes,
      example: { status: 'stored' },
    },
  },
  problems: ['sealed'],
});

export const deleteCall = endpoint({
  operationId: 'deleteCall',
  method: 'delete',
  path,
  access,
  summary: 'Withdraw a call that is not counted yet',
  bodyBytes,
  replies: { 204: { description: 'Withdrawn' } },
  problems: ['sealed', 'unknown-receipt'],
});
