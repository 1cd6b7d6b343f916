/** Statistics over HTTP: published numbers, through the display rules, to supervisors. */
import type { Request } from 'express';
import * as api from '../contract/api/statistics.js';
import { tableCsvHeader, tableCsvRows, toCsv } from '../contract/table-csv.js';
import { ProblemError } from '../platform/problems.js';
import { serve, type Route } from '../platform/routes.js';
import type { Reading } from '../platform/standby.js';
import { readPeriods, readSummary, readTable, readTables } from './read.js';

/** The same answer whether the period or table is unknown, malformed, still to come or simply not closed. */
function published<T>(found: T | null): T {
  if (found === null) throw new ProblemError('not-published');
  return found;
}

const wantsCsv = (request: Request) => request.accepts('application/json', 'text/csv') === 'text/csv';

/** The three ways to read statistics, as the role that sees published numbers alone. */
export function statisticsRoutes({ reading }: { reading: Reading }): Route[] {
  const periods = serve(api.listPeriods, async () => ({
    status: 200,
    body: { periods: await reading(readPeriods) },
  }));
  const tables = serve(api.listTables, async ({ params }) => ({
    status: 200,
    body: published(await reading((reader) => readTables(reader, params.period))),
  }));
  const table = serve(api.getTable, async ({ params, request }) => {
    const found = published(await reading((reader) => readTable(reader, params.period, params.table)));
    if (!wantsCsv(request)) return { status: 200, body: found, headers: { Vary: 'Accept' } };
    // A total that stands in a table is as sure as it is everywhere.
    const { sureness } = published(await reading((reader) => readSummary(reader, params.period)));
    return {
      status: 200,
      body: toCsv([tableCsvHeader, ...tableCsvRows(found, sureness)]),
      headers: { 'Content-Type': 'text/csv; charset=utf-8', Vary: 'Accept' },
    };
  });
  return [periods, tables, table];
}
