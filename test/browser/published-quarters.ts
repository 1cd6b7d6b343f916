/** The published quarters that the browser tests of the statistics page look at, and what the API says of them. */
import { monthsOfQuarter } from '../../src/contract/period.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PeriodSummary, PublishedTable } from '../../src/contract/statistics.js';
import { demoCalls } from '../../src/demo/calls.js';
import { aQuarter, ofPreset, type Fill } from '../statistics/builders.js';
import { fill, plan, publish } from '../statistics/published.js';
import type { TestApp } from '../support/app.js';
import { sum } from '../support/discrete-gaussian.js';

/** So many more calls of each kind, in the first month. */
const withMore =
  (...kinds: readonly number[]): Fill =>
  (table, row, column) => {
    const more = table === 'kind' ? kinds[row] : table === 'month' && row === 0 ? sum(kinds) : 0;
    return fill(table, row, column) + (more ?? 0);
  };
/** The quarter before: 200 more silent calls; the others differ by no more than chance. */
const before = withMore(0, 200, 5, -5);
/** The year before: 100 hung up less, and 60 calls of a kind of which there is none now. */
const lastYear = withMore(0, 0, -100, 0, 0, 60);

/**
 * A year of different plans, a quarter after it, and a month of one that is still running. Between the quarters whose numbers
 * are chosen by hand nothing changes but kinds of contact.
 */
export async function publishQuarters(app: TestApp): Promise<void> {
  await publish(app.database, aQuarter({ quarter: '2025-Q1', plan, fill: lastYear }));
  const calls = demoCalls({
    ...{ count: 2_600, months: monthsOfQuarter('2025-Q2'), seed: 9 },
    conversations: 0.66,
  });
  await publish(app.database, aQuarter({ quarter: '2025-Q2', ...ofPreset('large'), calls }));
  await publish(app.database, aQuarter({ quarter: '2025-Q3', plan: presetPlan('tiny') }));
  await publish(app.database, aQuarter({ quarter: '2025-Q4', plan, fill: before }));
  await publish(app.database, aQuarter({ quarter: '2026-Q1', plan, fill }));
  await publish(app.database, aQuarter({ quarter: '2026-Q2', plan, fill, closed: ['2026-04'] }));
}

const PERIODS = '/api/v1/statistics/periods';

/** What the API says of a table. */
export async function tableOf(app: TestApp, period: string, table: string): Promise<PublishedTable> {
  const supervisor = await app.as('supervisor');
  const reply = await supervisor.get(`${PERIODS}/${period}/tables/${table}`).expect(200);
  return reply.body as PublishedTable;
}

export async function summaryOf(app: TestApp, id: string): Promise<PeriodSummary> {
  const supervisor = await app.as('supervisor');
  const { periods } = (await supervisor.get(PERIODS).expect(200)).body as { periods: PeriodSummary[] };
  const found = periods.find((period) => period.id === id);
  if (found === undefined) throw new Error(`${id} is not published.`);
  return found;
}
