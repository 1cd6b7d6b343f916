/** Quarters closed over and over, with noise that can be had again, beside what is true of their calls. */
import { closedWith, type Frozen } from '../../bench/closed-quarter.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { countTable } from '../../bench/synthetic.js';
import { compileQueries } from '../../src/contract/compile.js';
import { monthsOfQuarter, type Period, type Quarter } from '../../src/contract/period.js';
import { tableShapes, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PeriodSummary, ShownNumber } from '../../src/contract/statistics.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { demoCalls, type DemoCall } from '../../src/demo/calls.js';
import type { PlannedQuarter } from '../../src/statistics/periods.js';
import { vocabulary } from '../support/calls.js';
import { answersOfCalls } from './answers.js';

/** A quarter under a preset as it is frozen. */
export function frozenBy(preset: Preset, quarter: Quarter = '2026-Q1'): Frozen {
  const plan = presetPlan(preset);
  const queries = compileQueries(plan, vocabulary, quarter);
  return { quarter, plan, vocabulary, queries, displayRules: 2 };
}

interface TrueTotals {
  readonly contacts: number;
  readonly conversations: number;
}

/** What is true of some calls: the answer of each query, the cells of each table row by row, and the totals of each period. */
export interface Truth {
  readonly exact: readonly number[];
  readonly cells: ReadonlyMap<string, readonly number[]>;
  readonly totals: ReadonlyMap<Period, TrueTotals>;
}

function truthOf(frozen: Frozen, calls: readonly DemoCall[]): Truth {
  const { quarter, plan } = frozen;
  const shapes = tableShapes(plan, vocabulary, quarter);
  const totals = [quarter, ...monthsOfQuarter(quarter)].map((id): [string, TrueTotals] => {
    const own = calls.filter(({ month }) => id === quarter || month === id);
    return [
      id,
      {
        contacts: own.length,
        conversations: own.filter(({ answers }) => answers[KIND] === CONVERSATION).length,
      },
    ];
  });
  return {
    exact: answersOfCalls(frozen, calls),
    cells: new Map(shapes.map((shape) => [shape.id, countTable(shape, calls, vocabulary).flat()])),
    totals: new Map(totals),
  };
}

const plus = (one: readonly number[], other: readonly number[]) =>
  one.map((number, place) => number + (other[place] ?? NaN));

/** What is true of calls and of more of them. */
function together(one: Truth, more: Truth): Truth {
  const totals = [...one.totals].map(([id, { contacts, conversations }]): [string, TrueTotals] => {
    const own = more.totals.get(id) ?? { contacts: NaN, conversations: NaN };
    return [id, { contacts: contacts + own.contacts, conversations: conversations + own.conversations }];
  });
  return {
    exact: plus(one.exact, more.exact),
    cells: new Map([...one.cells].map(([id, cells]) => [id, plus(cells, more.cells.get(id) ?? [])])),
    totals: new Map(totals),
  };
}

/** A line from so many calls in a quarter to so many, and how often its quarter is closed on the way. */
export interface Growing {
  readonly least: number;
  readonly most: number;
  readonly runs: number;
  /** The share of its contacts that become conversations. */
  readonly conversations?: number;
}

/** A quarter as it was closed, and the truth that only a test knows. */
interface Closed {
  readonly closed: PlannedQuarter;
  readonly truth: Truth;
}

/** How often one truth is closed before the line grows: the calls are counted once for all of them. */
const CLOSINGS = 4;

/** Closes a quarter of a line that grows, so that every number is seen from many truths. */
export function* closings(
  frozen: Frozen,
  { least, most, runs, conversations = 0.85 }: Growing,
  seed: string,
): Generator<Closed> {
  const random = seededRandom(seed);
  const months = monthsOfQuarter(frozen.quarter);
  const calls = demoCalls({ count: most, months, seed: most, conversations });
  let counted = 0;
  let truth = truthOf(frozen, []);
  for (let run = 0; run < runs; run += 1) {
    if (run % CLOSINGS === 0) {
      const size = Math.round(least + ((most - least) * run) / runs);
      truth = together(truth, truthOf(frozen, calls.slice(counted, size)));
      counted = size;
    }
    yield { closed: closedWith(frozen, truth.exact, random), truth };
  }
}

/** Whether all contacts may be as many as the conversations among them, as they are shown. */
export function isPossible({ totals: { contacts, conversations } }: PeriodSummary): boolean {
  const most = (number: ShownNumber | null) =>
    number !== null && 'under' in number ? number.under - 1 : valueOf(number);
  return (most(contacts) ?? Infinity) >= (valueOf(conversations) ?? 0);
}

export const valueOf = (number: ShownNumber | null | undefined): number | null =>
  number != null && 'value' in number ? number.value : null;
