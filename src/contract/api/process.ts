/** How the process does, and what the API is. For anybody. */
import { z } from 'zod';
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
  summary: 'Whether the process can do its work, that is reach the database in each of its roles',
  replies: { 200: { description: 'It can', ...health } },
  problems: ['unavailable'],
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
