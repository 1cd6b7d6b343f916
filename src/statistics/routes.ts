/** Statistics over HTTP: published numbers, through the display rules, to supervisors. */
import type { Request } from 'express';
import { periodListSchema, publishedTableSchema, tableListSchema } from '../contract/statistics.js';
import { tableCsvHeader, tableCsvRows, toCsv } from '../contract/table-csv.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Route } from '../platform/routes.js';
import { readPeriods, readTable, readTables, type Reader } from './read.js';

/** The same answer whether the period or table is unknown, malformed, still to come or simply not closed. */
function published<T>(found: T | null): T {
  if (found === null) throw new ProblemError('not-published');
  return found;
}

const wantsCsv = (request: Request) => request.accepts('application/json', 'text/csv') === 'text/csv';

const closedDoors = ['not-signed-in', 'not-allowed', 'unavailable'] as const;

/** The three ways to read statistics; `reader` is the pool of the role that sees published numbers alone. */
export function statisticsRoutes({ reader }: { reader: Reader }): Route[] {
  const periods = route({
    method: 'get',
    path: '/statistics/periods',
    access: ['supervisor'],
    summary: 'Every published month, quarter and year, with its plan and totals',
    replies: { 200: { description: 'In the order of their ids', schema: periodListSchema } },
    problems: closedDoors,
    handle: async () => ({ status: 200, body: { periods: await readPeriods(reader) } }),
  });
  const tables = route({
    method: 'get',
    path: '/statistics/periods/:period/tables',
    access: ['supervisor'],
    summary: 'The tables of a published period',
    replies: { 200: { description: "In the plan's order", schema: tableListSchema } },
    problems: [...closedDoors, 'not-published'],
    handle: async ({ params }) => ({
      status: 200,
      body: { tables: published(await readTables(reader, params['period'] ?? '')) },
    }),
  });
  const table = route({
    method: 'get',
    path: '/statistics/periods/:period/tables/:table',
    access: ['supervisor'],
    summary: 'One table of a published period; as CSV with `Accept: text/csv`',
    replies: { 200: { description: 'The numbers that may be shown', schema: publishedTableSchema } },
    problems: [...closedDoors, 'not-published'],
    handle: async ({ params, request }) => {
      const found = published(await readTable(reader, params['period'] ?? '', params['table'] ?? ''));
      if (!wantsCsv(request)) return { status: 200, body: found, headers: { Vary: 'Accept' } };
      return {
        status: 200,
        body: toCsv([tableCsvHeader, ...tableCsvRows(found)]),
        headers: { 'Content-Type': 'text/csv; charset=utf-8', Vary: 'Accept' },
      };
    },
  });
  return [periods, tables, table];
}
