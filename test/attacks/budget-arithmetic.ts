/**
 * What plans spend, by what the keeper counts, beside what the budgets say. Production's functions, or a mutant's in the
 * place of one of them, which must not pass.
 */
import { withinBudgets } from '../../src/contract/budgets.js';
import { compileOlderQueries, compileQueries } from '../../src/contract/compile.js';
import {
  planProblem,
  planSigma2,
  presetSchema,
  tableShapes,
  type Plan,
  type PlanTable,
  type Rational,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { answersOf } from './support/asked.js';
import { chance } from './support/chance.js';
import { dearestOf } from './support/dearest.js';
import { never, type Figure, type Size } from './support/figures.js';
import { callsLike, QUARTER, vocabulary, type Call } from './support/line.js';
import { addedUp, costUnder, movesUnder, type Counter } from './support/moves.js';

const SEED = 'A10 budget';
/** How many plans of one's own are tried beside those that come with Tyst. */
const sizes: Record<Size, number> = { test: 25, full: 1_000 };
const RHOS = [0.5, 0.125, 0.3, 0.001];

/** How plans are compiled, calls counted, and budgets checked. */
export interface Ways {
  readonly compile: typeof compileQueries;
  readonly counter: Counter;
  readonly within: typeof withinBudgets;
}

export const asProduced: Ways = { compile: compileQueries, counter: callCounter, within: withinBudgets };

/** Any plan that a supervisor may set: one-way and cross tables over any dimensions at any level. */
function anyPlan(pick: (n: number) => number): Plan {
  const ids = ['month', ...vocabulary.dimensions.map(({ id }) => id)];
  const level = (): PlanTable['level'] => (pick(2) === 0 ? 'leaf' : 'top');
  const tables = Array.from({ length: 1 + pick(12) }, (_, index): PlanTable => {
    const [rows = '', columns = ''] = [ids[pick(ids.length)], ids[1 + pick(ids.length - 1)]];
    const one = { id: `table-${index}`, rows, level: level() };
    return pick(2) === 0 || rows === columns ? one : { ...one, columns, columnsLevel: level() };
  });
  return { preset: 'own', rho: RHOS[pick(RHOS.length)] ?? 0.5, tables };
}

/** Every preset at several budgets, and any plans of one's own. */
export function plansFor(size: Size): Plan[] {
  const { below } = chance(SEED);
  const presets = presetSchema.options.flatMap((preset) => RHOS.map((rho) => presetPlan(preset, rho)));
  const own = Array.from({ length: sizes[size] }, () => anyPlan(below));
  return [...presets, ...own.filter((plan) => planProblem(plan, vocabulary) === null)];
}

const ROUNDING = 1e-9;

/** How often a list lets some call spend more than rho, and two stories more than 2 rho. */
function overspentBy({ rho }: Plan, queries: readonly Query[], movesOf: ReturnType<typeof movesUnder>) {
  const costOf = costUnder(queries);
  return (calls: readonly Call[]) => {
    const moves = calls.map(movesOf);
    const call = moves.some((one) => costOf(one) > rho + ROUNDING);
    const story = moves.some(
      (one, index) => costOf(one, moves[(index + 1) % moves.length]) > 2 * rho + ROUNDING,
    );
    return { call, story };
  };
}

/** The dearest call of a plan and the two stories most apart, sought by what is counted. */
function dearestCalls(plan: Plan, queries: readonly Query[], counter: Counter): Call[] {
  const [one, stories] = (['membership', 'stories'] as const).map((of) =>
    dearestOf(plan, queries, of, counter),
  );
  return [one?.one, stories?.one, stories?.other].flatMap((call) => call ?? []);
}

const two: Rational = { numerator: 2n, denominator: 1n };

/** Two queries that a call moves by 1 each, either way: rho for a call is paid, 2 rho for two stories is not. */
export const apart: readonly Query[] = [0, 1].map((row) => ({
  ...{ table: 'concern', row, column: 0, month: null, of: 'conversation' },
  ...{ cell: 2, margin: 0, universe: -1, sigma2: two },
}));

/** Three that every conversation moves by 1: 2 rho for two stories is paid, rho for a call is not. */
export const thrice: readonly Query[] = [1, 2, 3].map(() => ({
  ...{ table: null, row: null, column: null, month: null, of: 'conversation' },
  ...{ cell: 0, margin: 0, universe: 1, sigma2: two },
}));

/** Lists over one budget alone. */
function overOne({ within }: Ways): Figure[] {
  const plan = presetPlan('small');
  const accepted = (queries: readonly Query[]) =>
    Number(within(queries, tableShapes(plan, vocabulary, QUARTER), plan.rho));
  return [
    never('lists accepted that keep 2 rho for two stories, and not rho for a call', accepted(thrice)),
    never('lists accepted that keep rho for a call, and not 2 rho for two stories', accepted(apart)),
  ];
}

/** Lists of queries whose noise is too small for what their calls can do; calls are counted, not the costs believed. */
export function arithmetic(plans: readonly Plan[], ways: Ways): Figure[] {
  const calls = callsLike(100, 10);
  const tally = { call: 0, story: 0, refused: 0, less: 0, more: 0, miscounted: 0 };
  for (const plan of plans) {
    const shapes = tableShapes(plan, vocabulary, QUARTER);
    const within = (queries: readonly Query[]) => ways.within(queries, shapes, plan.rho);
    const queries = ways.compile(plan, vocabulary, QUARTER);
    const movesOf = movesUnder(plan, queries, ways.counter);
    const dearest = plan.preset === 'own' || plan.rho < 0.5 ? [] : dearestCalls(plan, queries, ways.counter);
    const spent = [calls, dearest].map(overspentBy(plan, queries, movesOf));
    tally.call += Number(spent.some(({ call }) => call));
    tally.story += Number(spent.some(({ story }) => story));
    const some = plan.preset === 'own' ? calls.slice(0, 10) : calls;
    const counted = addedUp(queries.length, some.map(movesOf));
    const asked = answersOf(plan, some, queries);
    tally.miscounted += Number(asked.some((answer, query) => answer !== counted[query]));
    tally.refused += within(queries) ? 0 : 1;
    // Of one query a cell the least noise is known without any search.
    const sigma2 = planSigma2(plan, vocabulary);
    const older = (variance: Rational) => compileOlderQueries(plan, vocabulary, QUARTER, variance);
    if (within(older(aMillionthLess(sigma2)))) tally.less += 1;
    for (const list of [queries, older(sigma2)]) if (within([...list, ...list.slice(0, 1)])) tally.more += 1;
  }
  return [
    never('plans under which some call spends more than rho', tally.call),
    never('plans under which some two calls differ by more than 2 rho', tally.story),
    never('plans of which the keeper counts otherwise than their queries ask', tally.miscounted),
    never('plans whose own list of queries was refused', tally.refused),
    never('lists accepted with a millionth less noise than they need', tally.less),
    never('lists accepted with one query more than they pay for', tally.more),
    ...overOne(ways),
  ];
}
