/** What a plan asks and answers, for whoever chooses one. Pure; from the plan and the vocabulary alone. */
import { countedLevels } from './counted.js';
import { isMonthly, MONTH, type Plan } from './plan.js';
import type { Dimension, Level, Vocabulary } from './vocabulary.js';

export interface PlanQuestion {
  readonly dimension: Dimension;
  /** The finest that any table counts it at; null where none does. */
  readonly level: Level | null;
  /** Whether that is in groups, and there are any. */
  readonly grouped: boolean;
}

const hasGroups = ({ codes }: Dimension) => codes.some(({ group }) => group === true);

/** Every question of the vocabulary, in its order, and whether a table of the plan answers it. */
export function planQuestions(plan: Plan, { dimensions }: Vocabulary): PlanQuestion[] {
  const named = new Set(plan.tables.flatMap(({ rows, columns }) => [rows, columns]));
  const levels = countedLevels(plan);
  return dimensions.map((dimension) => {
    const level = named.has(dimension.id) ? (levels.get(dimension.id) ?? 'leaf') : null;
    return { dimension, level, grouped: level === 'top' && hasGroups(dimension) };
  });
}

/** Whether the plan publishes anything month by month. */
export const countsMonths = ({ tables }: Plan): boolean => tables.some(isMonthly);

/** How many tables split one question by another. */
export const crossTables = ({ tables }: Plan): number =>
  tables.filter(({ rows, columns }) => columns !== undefined && rows !== MONTH).length;

/** What the clock answers by itself, timer or no timer: see `src/web/call/draft.ts`. */
const measured: readonly string[] = ['daypart'];

/** The digit of an answer; in a group the group's before it; a few letters and Enter where one searches. */
function pressesFor({ id, layout }: Dimension, level: Level): number {
  if (measured.includes(id)) return 0;
  if (level === 'top' || layout === 'flat') return 1;
  return layout === 'nested' ? 2 : 4;
}

/** Control and Enter. */
const SAVING = 2;

/** How long the form is: its questions, and about how many keys a usual conversation takes. */
export function formLength(
  plan: Plan,
  { dimensions }: Vocabulary,
): { readonly questions: number; readonly presses: number } {
  const levels = countedLevels(plan);
  const asked = dimensions.flatMap((dimension) => {
    const level = levels.get(dimension.id);
    return level === undefined ? [] : [pressesFor(dimension, level)];
  });
  return { questions: asked.length, presses: asked.reduce((sum, presses) => sum + presses, SAVING) };
}
