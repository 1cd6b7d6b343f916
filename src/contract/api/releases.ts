/** The numbers of a quarter or a year as signed files, and what is coming. */
import { z } from 'zod';
import { issueReleaseSchema, releaseKeysSchema, releaseListSchema, releaseSchema } from '../release.js';
import { calendarQuerySchema, releaseStatusSchema } from '../release-status.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/releases';
const readers = ['supervisor', 'administrator'] as const;

const release = {
  period: '2026-Q3',
  revision: 2,
  issuedOn: '2026-10-09',
  reason: 'A wrong label',
  files: [
    {
      name: 'tables.csv',
      bytes: 4096,
      sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    },
  ],
};
const pem =
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n';

export const listReleases = endpoint({
  operationId: 'listReleases',
  method: 'get',
  path,
  access: readers,
  summary: 'Every release with its files, the latest period first',
  replies: { 200: { description: 'The releases', schema: releaseListSchema, example: [release] } },
  problems: [],
});

export const issueRelease = endpoint({
  operationId: 'issueRelease',
  method: 'post',
  path,
  access: ['supervisor'],
  summary: 'Issue the release of a quarter or a year; with a reason, a new revision of one that is issued',
  body: issueReleaseSchema,
  example: {
    period: '2026-Q3',
    reason: 'A wrong label',
    foreword: { sv: 'Ett förord.', en: 'A foreword.' },
  },
  replies: { 201: { description: 'Issued, and frozen', schema: releaseSchema, example: release } },
  problems: ['already-issued', 'not-closed', 'not-issued'],
});

export const getReleaseFile = endpoint({
  operationId: 'getReleaseFile',
  method: 'get',
  path: '/api/v1/releases/:release/:file',
  access: readers,
  summary: 'One file of a release; `2026-Q3` is the first revision, `2026-Q3.r2` the second',
  replies: { 200: { description: 'The bytes as they were issued', schema: z.string(), contentType: '*/*' } },
  problems: ['not-found'],
});

export const getReleaseKey = endpoint({
  operationId: 'getReleaseKey',
  method: 'get',
  path: '/api/v1/release-key',
  access: 'public',
  summary: 'The public key that releases are signed with now (Ed25519, PEM)',
  replies: {
    200: {
      description: 'The key',
      schema: z.string(),
      contentType: 'application/x-pem-file',
      example: pem,
    },
  },
  problems: ['not-found', 'unavailable'],
});

export const listReleaseKeys = endpoint({
  operationId: 'listReleaseKeys',
  method: 'get',
  path: '/api/v1/release-keys',
  access: 'public',
  summary: 'Every public key that releases were ever signed with, the one in use last',
  replies: {
    200: {
      description: 'The keys',
      schema: releaseKeysSchema,
      example: { keys: [{ id: '9f1c2d3e4a5b6c7d', publicKey: pem, inUse: true, withdrawnOn: null }] },
    },
  },
  problems: ['unavailable'],
});

export const getReleaseStatus = endpoint({
  operationId: 'getReleaseStatus',
  method: 'get',
  path: '/api/v1/release-status',
  access: ['supervisor'],
  summary: 'Which release is to be issued, which quarter comes next, and what it waits for',
  replies: {
    200: {
      description: 'By the calendar and what is published',
      schema: releaseStatusSchema,
      example: {
        open: false,
        ready: [{ period: '2026-Q3', withoutUnanswered: ['2026-09'] }],
        begunAnew: [],
        next: {
          quarter: '2026-Q4',
          state: 'running',
          closesFrom: '2027-01-07',
          months: [{ month: '2026-10', state: 'published', closesFrom: '2026-11-03' }],
        },
      },
    },
  },
  problems: [],
});

export const getReleaseCalendar = endpoint({
  operationId: 'getReleaseCalendar',
  method: 'get',
  path: '/api/v1/release-calendar',
  access: 'public',
  summary: 'The days on which the next releases may come, two years ahead, as an iCalendar feed',
  query: calendarQuerySchema,
  replies: {
    200: {
      description: 'RFC 5545',
      schema: z.string(),
      contentType: 'text/calendar',
      example: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:Tyst\r\nEND:VCALENDAR\r\n',
    },
  },
  problems: [],
});
