/** What a plan counts of a call: that is asked, at the level it is counted at. The rest is never stored. */
import { MONTH, type Plan } from './plan.js';
import { KIND, type AskedVocabulary, type Level, type Vocabulary } from './vocabulary.js';

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

/** A vocabulary as a plan asks it. Groups are enough of an answer where no table counts more, if there are any. */
export function askedUnder(plan: Plan, { version, dimensions }: Vocabulary): AskedVocabulary {
  const levels = countedLevels(plan);
  return {
    version,
    dimensions: dimensions.map((dimension) => {
      const level = levels.get(dimension.id);
      const grouped = dimension.codes.some(({ group }) => group === true);
      return { ...dimension, asked: level !== undefined, level: grouped ? (level ?? 'leaf') : 'leaf' };
    }),
  };
}
