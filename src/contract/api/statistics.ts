/** Published numbers, as they may be shown. For supervisors. */
import { periodListSchema, publishedTableSchema, tableListSchema } from '../statistics.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/statistics/periods';
const access = ['supervisor'] as const;

export const listPeriods = endpoint({
  operationId: 'listPeriods',
  method: 'get',
  path,
  access,
  summary: 'Every published month, quarter and year, with its plan and totals',
  replies: { 200: { description: 'In the order of their ids', schema: periodListSchema } },
  problems: [],
});

export const listTables = endpoint({
  operationId: 'listTables',
  method: 'get',
  path: '/api/v1/statistics/periods/:period/tables',
  access,
  summary: 'The tables of a published period',
  replies: { 200: { description: "In the plan's order", schema: tableListSchema } },
  problems: ['not-published'],
});

export const getTable = endpoint({
  operationId: 'getTable',
  method: 'get',
  path: '/api/v1/statistics/periods/:period/tables/:table',
  access,
  summary: 'One table of a published period; as CSV with `Accept: text/csv`',
  replies: {
    200: { description: 'The numbers that may be shown', schema: publishedTableSchema, orAs: 'text/csv' },
  },
  problems: ['not-published'],
});
