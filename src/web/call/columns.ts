/** Lays the questions out in three columns of about the same height. Pure; decided once, so that nothing jumps. */
import type { Locale } from '../../contract/problem.js';
import type { Dimension } from '../../contract/vocabulary.js';

const columnWidth = 394;
const rowHeight = 35;
const headHeight = 34;
const letter = 6.8;
const chipPadding = 28;

/** The rows a dimension's chips take, before any group is opened. */
function rows(dimension: Dimension, locale: Locale): number {
  const grouped = dimension.layout !== 'flat';
  const shown = dimension.codes.filter((code) =>
    grouped ? code.parent === undefined && !(dimension.layout === 'search' && code.group) : !code.group,
  );
  let count = 1;
  let used = dimension.layout === 'search' ? columnWidth / 2 : 0;
  for (const code of shown) {
    const width = code.label[locale].length * letter + chipPadding;
    if (used > 0 && used + width > columnWidth) {
      count += 1;
      used = 0;
    }
    used += width;
  }
  return count;
}

const height = (dimensions: readonly Dimension[], locale: Locale) =>
  dimensions.reduce((sum, dimension) => sum + headHeight + rowHeight * rows(dimension, locale), 0);

/** The dimensions in their order, cut into three runs so that the highest is as low as it can be. */
export function columns(dimensions: readonly Dimension[], locale: Locale): Dimension[][] {
  let best: Dimension[][] = [[...dimensions]];
  let lowest = Infinity;
  for (let first = 1; first <= dimensions.length; first += 1) {
    for (let second = first; second <= dimensions.length; second += 1) {
      const cut = [dimensions.slice(0, first), dimensions.slice(first, second), dimensions.slice(second)];
      const highest = Math.max(...cut.map((column) => height(column, locale)));
      if (highest < lowest) [best, lowest] = [cut, highest];
    }
  }
  return best;
}
