/**
 * Periods put together from what was published: a month from its own answers, a quarter from all of its own and its
 * months', a year from its four quarters. Rows of months stay as they were published, before the rest of their quarter
 * was known. Pure: rows of the database in, numbers out.
 */
import { begunAnewOf } from '../contract/begun-anew.js';
import { monthsOfQuarter, quartersOfYear, type Month, type Quarter } from '../contract/period.js';
import {
  isMonthly,
  MONTH,
  tableShape,
  toNumber,
  type Plan,
  type PlanTable,
  type TableShape,
} from '../contract/plan.js';
import type { Query } from '../contract/queries.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import { lazy } from './lazy.js';
import { earlierEstimates } from './earlier/estimates.js';
import {
  answeredAlong,
  cellValues,
  largestVariance,
  stacked,
  type Estimate,
  type Measured,
  type Noise,
  type Table,
} from './numbers.js';
import type { NoisyPeriod, Total, Totals } from './period.js';
import { stepFor } from './show.js';
import { answersAlone, estimatesFrom, type Answered } from './solved.js';
import { yearOf } from './year.js';

/** A month or a quarter as it was closed: its noisy answers, in the order of its queries. */
export interface ClosedPeriod {
  readonly publishedOn: string;
  readonly answers: readonly number[];
}

/** By which rules a quarter is shown; 1 is version 0.1's. */
export type DisplayRules = 1 | 2;

/** A quarter with the plan, vocabulary and queries it was frozen with, and what is out of it by period id. */
export interface PlannedQuarter {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
  readonly displayRules: DisplayRules;
  /** The day on which its counters began anew; null where they never did. */
  readonly countedFrom: string | null;
  readonly closed: ReadonlyMap<string, ClosedPeriod>;
}

/** Version 0.1 had one noise for all of a quarter. */
function earlierNoise({ queries, displayRules }: PlannedQuarter): Noise | null {
  if (displayRules !== 1) return null;
  const sigma2 = queries.reduce((largest, query) => Math.max(largest, toNumber(query.sigma2)), 0);
  return { sigma2, step: stepFor(sigma2) };
}

/**
 * Whether version 0.1 made a quarter's cells consistent: on the medium and the large plan, on one's own where numbers are
 * shown in fives. On the small ones each number stood as it was drawn, and only the totals weighed all tables.
 */
const wasConsistent = ({ preset }: Plan, { step }: Noise): boolean =>
  preset === 'own' ? step > 1 : preset === 'medium' || preset === 'large';

/** What a month or a quarter says: its totals and tables from all answers together, and each table from its own alone. */
interface Worked {
  readonly total: (of: 'all' | 'conversation') => Estimate | null;
  /** Null for a table that stays as it was answered. */
  readonly table: (shape: TableShape) => Measured | null;
  readonly alone: ReadonlyMap<string, Measured>;
}

/** A month or a quarter to work out: whose answers, and about which rows. */
interface Work {
  readonly tables: readonly PlanTable[];
  readonly months: readonly Month[];
  /** The periods whose queries were answered. */
  readonly ids: readonly string[];
}

/** Null while a period is not out of which something is asked. */
function workOut(planned: PlannedQuarter, { tables, months, ids }: Work): Worked | null {
  const { quarter, vocabulary, closed } = planned;
  const asked = ids.map((id) =>
    planned.queries.filter(({ month }) => month === (id === quarter ? null : id)),
  );
  // An answer that no query asked for is none of it.
  const answers = ids.map((id, place) => (closed.get(id)?.answers ?? []).slice(0, asked[place]?.length));
  if (asked.some((queries, place) => queries.length !== answers[place]?.length)) return null;
  const shapes = tables.map((table) => tableShape(table, vocabulary, months));
  const rowOf = ({ row, month }: Query) => (month === null || row === null ? row : months.indexOf(month));
  const answered: Answered = {
    ...{ shapes, vocabulary, months },
    queries: asked.flat().map((query) => ({ ...query, row: rowOf(query) })),
    answers: answers.flat(),
  };
  const alone = new Map(shapes.map((shape) => [shape.id, answersAlone(answered, shape)]));
  const noise = earlierNoise(planned);
  if (noise === null) return { ...estimatesFrom(answered), alone };
  const cells = [...alone.values()].map((own) => ({ shape: own.shape, cells: cellValues(own) }));
  return { ...earlierEstimates(cells, vocabulary, noise.sigma2), alone };
}

function totalsOf({ total }: Worked, noise: Noise | null): Totals {
  const of = (universe: 'all' | 'conversation'): Total | null => {
    const found = total(universe);
    return found === null ? null : { ...found, step: noise?.step ?? stepFor(found.variance) };
  };
  return { contacts: of('all'), conversations: of('conversation') };
}

function tableFrom(
  measured: Measured,
  vocabulary: Vocabulary,
  noise: Noise | null,
  /** Today's tables fit together, those of months with what their months say. */
  fits = noise === null,
): Table {
  const own = () => {
    const sigma2 = largestVariance(measured);
    return { sigma2, step: stepFor(sigma2) };
  };
  return {
    ...measured,
    answeredByAll: answeredAlong(measured.shape, vocabulary),
    noise: lazy(() => noise ?? own()),
    fits,
  };
}

/** What a month and its quarter have in common. */
function periodFrom(
  planned: PlannedQuarter,
  id: string,
  kind: 'month' | 'quarter',
  found: {
    readonly tables: readonly Table[];
    readonly alone: ReadonlyMap<string, Measured>;
    readonly totals: Totals;
    readonly totalsOfMonths: NoisyPeriod['totalsOfMonths'];
  },
): NoisyPeriod {
  const { plan, vocabulary, closed } = planned;
  const { tables, alone, totals, totalsOfMonths } = found;
  const noise = earlierNoise(planned);
  const publishedOn = closed.get(id)?.publishedOn ?? '';
  return {
    ...{ id, kind, publishedOn },
    ...{ preset: plan.preset, rho: plan.rho, vocabularyVersion: vocabulary.version },
    begunAnew: begunAnewOf(planned, id, publishedOn),
    ...{ tables, totals, totalsOfMonths, missing: [] },
    earlier: noise === null ? null : { noise, answers: alone },
  };
}

function monthPeriod(planned: PlannedQuarter, month: Month): NoisyPeriod | null {
  if (!planned.closed.has(month)) return null;
  const tables = planned.plan.tables.filter(isMonthly);
  const worked = workOut(planned, { tables, months: [month], ids: [month] });
  if (worked === null) return null;
  const noise = earlierNoise(planned);
  const totals = totalsOf(worked, noise);
  return periodFrom(planned, month, 'month', {
    tables: [...worked.alone.values()].map((own) =>
      tableFrom((noise === null ? worked.table(own.shape) : null) ?? own, planned.vocabulary, noise),
    ),
    alone: worked.alone,
    totals,
    totalsOfMonths: new Map([[month, totals]]),
  });
}

/** The tables of a quarter, by its answers alone; those over months are its months' rows. */
function tablesAlone({ alone }: Worked, months: readonly NoisyPeriod[]): ReadonlyMap<string, Measured> {
  const rowsOf = (id: string) =>
    months.flatMap(({ tables }) => tables.filter(({ shape }) => shape.id === id));
  return new Map(
    [...alone].map(([id, own]) => [
      id,
      own.shape.rows.dimension === MONTH ? stacked(rowsOf(id), own.shape) : own,
    ]),
  );
}

function quarterPeriod(planned: PlannedQuarter, months: readonly NoisyPeriod[]): NoisyPeriod | null {
  const { quarter, plan, vocabulary } = planned;
  if (!planned.closed.has(quarter)) return null;
  const names = monthsOfQuarter(quarter);
  const worked = workOut(planned, { tables: plan.tables, months: names, ids: [...names, quarter] });
  if (worked === null) return null;
  const noise = earlierNoise(planned);
  const alone = tablesAlone(worked, months);
  const tables = [...alone.values()].map((own): Table => {
    // The rows of months are what their months said.
    const isMonths = own.shape.rows.dimension === MONTH;
    const weighs = !isMonths && (noise === null || wasConsistent(plan, noise));
    const together = weighs ? worked.table(own.shape) : null;
    return tableFrom(together ?? own, vocabulary, noise, noise === null || together !== null);
  });
  return periodFrom(planned, quarter, 'quarter', {
    ...{ tables, alone },
    totals: totalsOf(worked, noise),
    totalsOfMonths: new Map(months.map(({ id, totals }) => [id, totals])),
  });
}

/** Every period that these quarters make, in the order of their ids: 2026, 2026-01, ..., 2026-12, 2026-Q1, ... */
export function assemblePeriods(planned: readonly PlannedQuarter[]): NoisyPeriod[] {
  const found = planned.map((one) => {
    const months = monthsOfQuarter(one.quarter).flatMap((month) => monthPeriod(one, month) ?? []);
    return { months, quarter: quarterPeriod(one, months) };
  });
  const months = found.flatMap((one) => one.months);
  const quarters = found.flatMap(({ quarter }) => quarter ?? []);
  const vocabularies = new Map(planned.map(({ quarter, vocabulary }) => [quarter, vocabulary]));
  const years = new Set(quarters.map(({ id }) => id.slice(0, 4)));
  const whole = [...years].flatMap((year) => {
    const four = quartersOfYear(year).flatMap((id) => {
      const [period, vocabulary] = [quarters.find((quarter) => quarter.id === id), vocabularies.get(id)];
      return period === undefined || vocabulary === undefined ? [] : [{ period, vocabulary }];
    });
    return four.length === 4 ? [yearOf(year, four)] : [];
  });
  return [...whole, ...months, ...quarters].sort((a, b) => (a.id < b.id ? -1 : 1));
}
