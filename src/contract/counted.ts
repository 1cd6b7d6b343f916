/** What a plan counts of a call: the rest is not asked, and where it was sent it is dropped before anything is stored. */
import { MONTH, type Plan } from './plan.js';
import { KIND, topOf, type Dimension, type Level, type Vocabulary } from './vocabulary.js';

/** The level at which each dimension is counted, the finest any table counts; the kind of contact always. */
export function countedLevels({ tables }: Plan): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>([[KIND, 'leaf']]);
  const add = (dimension: string | undefined, level: Level = 'leaf') => {
    if (dimension === undefined || dimension === MONTH || levels.get(dimension) === 'leaf') return;
    levels.set(dimension, level);
  };
  for (const { rows, level, columns, columnsLevel } of tables) {
    add(rows, level);
    add(columns, columnsLevel);
  }
  return levels;
}

/** A dimension's numbers at a level: at the top, each code by its parent, several under one parent once. */
function atLevel({ codes }: Dimension, level: Level, numbers: readonly number[]): number[] {
  if (level === 'leaf') return [...numbers];
  const tops = numbers.flatMap((number) => {
    const code = codes[number - 1];
    return code === undefined ? [] : [codes.findIndex(({ id }) => id === topOf(code)) + 1];
  });
  const kept = [...new Set(tops)].sort((a, b) => a - b);
  return [...kept, ...new Array<number>(numbers.length - kept.length).fill(0)];
}

/** A call's numbers without what the plan does not count. */
export function onlyCounted(codes: readonly number[], vocabulary: Vocabulary, plan: Plan): number[] {
  const levels = countedLevels(plan);
  let first = 0;
  return vocabulary.dimensions.flatMap((dimension) => {
    const numbers = codes.slice(first, (first += dimension.max));
    const level = levels.get(dimension.id);
    return level === undefined ? numbers.map(() => 0) : atLevel(dimension, level, numbers);
  });
}
