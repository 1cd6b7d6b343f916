/** The referral directory: read whole by handlers, kept by administrators. */
import { directorySchema, putOrganisationSchema, removeOrganisationQuerySchema } from '../directory.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/directory/:organisation';
const access = ['administrator'] as const;

const example = {
  name: 'Exit',
  referral: 'exit',
  counties: ['SE311'],
  municipalities: ['1780'],
  telephone: '010-000 00 00',
  web: 'https://exit.example',
  hours: '00–24',
  languages: ['sv'],
  needs: ['leave'],
  verifiedOn: '2026-11-01',
};

export const getDirectory = endpoint({
  operationId: 'getDirectory',
  method: 'get',
  path: '/api/v1/directory',
  access: ['handler', 'administrator'],
  summary: 'Every organisation of the referral directory; the reader filters it, so nobody learns what for',
  replies: {
    200: {
      description: 'The directory',
      schema: directorySchema,
      example: { organisations: [{ id: 'exit-fryshuset', ...example, tag: 'Yk3v0sPq' }] },
    },
  },
  problems: [],
});

export const putOrganisation = endpoint({
  operationId: 'putOrganisation',
  method: 'put',
  path,
  access,
  summary:
    'Store an organisation, in place of the one that had its id; with its tag, only if it is still as it was',
  body: putOrganisationSchema,
  example,
  replies: { 204: { description: 'Stored' } },
  problems: ['organisation-changed'],
});

export const removeOrganisation = endpoint({
  operationId: 'removeOrganisation',
  method: 'delete',
  path,
  access,
  summary: 'Remove an organisation; with its tag, only if it is still as it was',
  query: removeOrganisationQuerySchema,
  replies: { 204: { description: 'Removed' } },
  problems: ['organisation-changed'],
});
