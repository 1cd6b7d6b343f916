/** Storing a call, and taking it out again. There is no third way: nothing here can be read. */
import { callSchema, storedSchema } from '../call.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/calls/:receipt';
const access = ['handler'] as const;

export const putCall = endpoint({
  operationId: 'putCall',
  method: 'put',
  path,
  access,
  summary: 'Store a call, or replace the one with the same receipt',
  body: callSchema,
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
      example: { status: 'replaced' },
    },
    201: {
      description: 'Stored, and safe against a power cut',
      schema: storedSchema,
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
  summary: 'Withdraw a call that is not sealed yet',
  replies: { 204: { description: 'Withdrawn' } },
  problems: ['sealed', 'unknown-receipt'],
});
