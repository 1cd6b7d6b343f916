/** How the process does, and what the API is. For anybody. */
import { z } from 'zod';
import { endpoint } from './endpoint.js';

const healthSchema = z.strictObject({ status: z.literal('ok') });

export const getLive = endpoint({
  operationId: 'getLive',
  method: 'get',
  path: '/health/live',
  access: 'public',
  summary: 'Whether the process runs',
  replies: { 200: { description: 'It runs', schema: healthSchema } },
  problems: [],
});

export const getReady = endpoint({
  operationId: 'getReady',
  method: 'get',
  path: '/health/ready',
  access: 'public',
  summary: 'Whether the process can do its work, that is reach the database in each of its roles',
  replies: { 200: { description: 'It can', schema: healthSchema } },
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
