/** How the process does, and what the API is. For anybody; more of it for administrators. */
import { z } from 'zod';
import { installationStatusSchema } from '../readiness.js';
import { endpoint } from './endpoint.js';

const health = { schema: z.strictObject({ status: z.literal('ok') }), example: { status: 'ok' } } as const;

export const getLive = endpoint({
  operationId: 'getLive',
  method: 'get',
  path: '/health/live',
  access: 'public',
  summary: 'Whether the process runs',
  replies: { 200: { description: 'It runs', ...health } },
  problems: [],
});

export const getReady = endpoint({
  operationId: 'getReady',
  method: 'get',
  path: '/health/ready',
  access: 'public',
  summary:
    'Whether the installation can do its work: reach the database in each of its roles, take calls in, and keep them',
  replies: { 200: { description: 'It can', ...health } },
  problems: ['unavailable', 'not-ready'],
});

export const getStatus = endpoint({
  operationId: 'getStatus',
  method: 'get',
  path: '/api/v1/status',
  access: ['administrator'],
  summary: 'Why the installation cannot do its work, and which running quarters had to begin anew',
  replies: {
    200: {
      description: 'What an administrator has to know; empty where all is well',
      schema: installationStatusSchema,
      example: {
        unready: ['nights-not-sealed'],
        begunAnew: [{ quarter: '2026-Q4', countedFrom: '2026-11-14' }],
      },
    },
  },
  problems: [],
});

export const getOpenApi = endpoint({
  operationId: 'getOpenApi',
  method: 'get',
  path: '/api/v1/openapi.json',
  access: 'public',
  summary: 'This document',
  replies: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({}) } },
  problems: [],
});
