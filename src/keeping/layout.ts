/**
 * What a sealed call keeps: only the dimensions, at the levels, that its quarter's frozen plan counts. A sealed
 * row has one slot for each kept dimension, or `max` where a call may carry several codes, in the vocabulary's
 * order. A slot holds the code's 1-based place in its dimension's list of codes, 0 for none. Pure.
 */
import { MONTH, type Plan } from '../contract/plan.js';
import { topOf, type Dimension, type Level, type Vocabulary } from '../contract/vocabulary.js';

/** One kept dimension. */
export interface Kept {
  readonly dimension: Dimension;
  /** The finest level any table counts; `top` means that the leaf is forgotten. */
  readonly level: Level;
  /** 1-based place of its first slot in an intake row, and in a sealed row. */
  readonly intakeSlot: number;
  readonly sealedSlot: number;
  readonly slots: number;
}

function levelsOf(plan: Plan, dimension: string): Level[] {
  return plan.tables.flatMap((table) => [
    ...(table.rows === dimension ? [table.level ?? 'leaf'] : []),
    ...(table.columns === dimension ? [table.columnsLevel ?? 'leaf'] : []),
  ]);
}

/** The kept dimensions of a plan, in the vocabulary's order. */
export function keptDimensions(plan: Plan, vocabulary: Vocabulary): Kept[] {
  const kept: Kept[] = [];
  let intakeSlot = 1;
  let sealedSlot = 1;
  for (const dimension of vocabulary.dimensions) {
    const levels = dimension.id === MONTH ? [] : levelsOf(plan, dimension.id);
    if (levels.length > 0) {
      const level = levels.includes('leaf') ? 'leaf' : 'top';
      kept.push({ dimension, level, intakeSlot, sealedSlot, slots: dimension.max });
      sealedSlot += dimension.max;
    }
    intakeSlot += dimension.max;
  }
  return kept;
}

/** How many slots a sealed row has. */
export const sealedSlots = (kept: readonly Kept[]): number => kept.reduce((sum, { slots }) => sum + slots, 0);

/** For each number 0..n of a dimension's codes the number it is counted under at level top. */
export function topNumbers(dimension: Dimension): number[] {
  const place = (id: string) => dimension.codes.findIndex((code) => code.id === id) + 1;
  return [0, ...dimension.codes.map((code) => place(topOf(code)))];
}

const literal = (numbers: readonly number[]) => `'{${numbers.join(',')}}'::smallint[]`;

/**
 * SQL expressions, one for each slot, of a dimension's codes at a level. A code that stands in an earlier slot is 0
 * here, for a table's cost pays for each code once: at level top several codes under one parent are one answer. So
 * is a slot that the row lacks, or a number with no code. The web process drops repeats before it stores a call;
 * these expressions hold whatever its role was made to write.
 */
export function slotExpressions(
  dimension: Dimension,
  level: Level,
  firstSlot: number,
  stored: Level,
): string[] {
  const codes = Array.from({ length: dimension.max }, (_, index) => {
    const code = `codes[${firstSlot + index}]`;
    const number = level === stored ? code : `(${literal(topNumbers(dimension))})[${code} + 1]`;
    return `COALESCE(${number}, 0::smallint)`;
  });
  return codes.map((code, index) =>
    index === 0
      ? code
      : `CASE WHEN ${code} IN (${codes.slice(0, index).join(', ')}) THEN 0::smallint ELSE ${code} END`,
  );
}

/** The SQL expression that makes a sealed row's codes of an intake row's `codes`. */
export function sealExpression(kept: readonly Kept[]): string {
  const parts = kept.map(({ dimension, level, intakeSlot, slots }) => {
    const expressions = slotExpressions(dimension, level, intakeSlot, 'leaf');
    if (slots === 1) return `ARRAY[${expressions.join()}]::smallint[]`;
    // In ascending order with the empty slots last, so that equal answers are equal rows.
    return `ARRAY(SELECT slot FROM unnest(ARRAY[${expressions.join(', ')}]::smallint[]) AS slot ORDER BY slot = 0, slot)`;
  });
  return parts.length === 0 ? `'{}'::smallint[]` : parts.join(' || ');
}
