/** Published numbers, as they may be shown. For supervisors. */
import { periodListSchema, publishedTableSchema, tableListSchema } from '../statistics.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/statistics/periods';
const access = ['supervisor'] as const;
const shown = { sigma2: 7.6, threshold: 9, step: 1, uncertainty: 5 };
const ofConversations = { sigma2: 5.2, threshold: 7, step: 1, uncertainty: 5 };

export const listPeriods = endpoint({
  operationId: 'listPeriods',
  method: 'get',
  path,
  access,
  summary: 'Every published month, quarter and year, with its plan, its totals and how sure they are',
  replies: {
    200: {
      description: 'In the order of their ids',
      schema: periodListSchema,
      example: {
        periods: [
          {
            id: '2026-Q3',
            kind: 'quarter',
            publishedOn: '2026-10-07',
            plan: { preset: 'small', rho: 0.5 },
            totals: { contacts: { value: 131 }, conversations: { value: 88 } },
            sureness: {
              contacts: { sigma2: 8.9, threshold: 10, step: 1, uncertainty: 6 },
              conversations: ofConversations,
            },
            countedFrom: null,
            begunAnew: [],
          },
        ],
      },
    },
  },
  problems: [],
});

export const listTables = endpoint({
  operationId: 'listTables',
  method: 'get',
  path: '/api/v1/statistics/periods/:period/tables',
  access,
  summary: 'The tables of a published period, and what a year lacks',
  replies: {
    200: {
      description: "In the plan's order",
      schema: tableListSchema,
      example: {
        tables: [
          {
            id: 'concern-top',
            rows: { dimension: 'concern', level: 'top' },
            columns: null,
            universe: 'conversation',
          },
        ],
        missing: [],
      },
    },
  },
  problems: ['not-published'],
});

export const getTable = endpoint({
  operationId: 'getTable',
  method: 'get',
  path: '/api/v1/statistics/periods/:period/tables/:table',
  access,
  summary: 'One table of a published period; as CSV with `Accept: text/csv`',
  replies: {
    200: {
      description: 'The numbers that may be shown',
      schema: publishedTableSchema,
      orAs: 'text/csv',
      example: {
        period: '2026-Q3',
        table: 'concern-top',
        universe: 'conversation',
        rows: {
          dimension: 'concern',
          codes: [
            { code: 'self', label: { sv: 'Sig själv', en: 'Oneself' } },
            { code: 'other', label: { sv: 'Någon annan', en: 'Somebody else' } },
          ],
        },
        columns: null,
        cells: [[{ value: 42, share: 48 }], [{ under: 9 }]],
        several: false,
        hidden: null,
        ...shown,
        shareUncertainties: [6, 6],
        countedFrom: null,
        begunAnew: [],
      },
    },
  },
  problems: ['not-published'],
});
