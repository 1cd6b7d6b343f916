/** What is set about the installation, and the log of who did what. For administrators. */
import { eventsQuerySchema, eventsSchema } from '../event.js';
import { settingsSchema } from '../settings.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/settings';
const access = ['administrator'] as const;
const example = { organisation: 'Linjen', openReleases: false };

export const getSettings = endpoint({
  operationId: 'getSettings',
  method: 'get',
  path,
  access,
  summary: 'What is set about the installation',
  replies: { 200: { description: 'The settings', schema: settingsSchema, example } },
  problems: [],
});

export const putSettings = endpoint({
  operationId: 'putSettings',
  method: 'put',
  path,
  access,
  summary: 'Set what is set about the installation',
  body: settingsSchema,
  example,
  replies: { 204: { description: 'Set' } },
  problems: [],
});

export const listEvents = endpoint({
  operationId: 'listEvents',
  method: 'get',
  path: '/api/v1/events',
  access,
  summary: 'The event log, newest first: who did what, and on which day',
  query: eventsQuerySchema,
  replies: {
    200: {
      description: 'At most a hundred events',
      schema: eventsSchema,
      example: {
        events: [{ day: '2026-11-11', actor: 'ada', kind: 'account-added', subject: 'anna' }],
        before: '112',
      },
    },
  },
  problems: [],
});
