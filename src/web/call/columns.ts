/**
 * Lays the questions out in three columns so that they fit the smallest laptop screen where they can, and so that the
 * highest column is as low as it can be with a group opened in each question that has groups. Pure; decided once, so
 * that nothing jumps.
 */
import { leafCodes } from '../../contract/codes.js';
import type { Locale } from '../../contract/problem.js';
import type { Code } from '../../contract/vocabulary.js';
import { hintOf, type Choice, type FormDimension } from './form-vocabulary.js';

/** The three columns' widths in pixels on a screen 1280 wide; on a wider one the same shares. */
type Widths = readonly [number, number, number];
const all = 1188;
const narrowest = 340;
/** The least that two columns may differ by. */
const notch = 24;

/** As they are on a screen 720 high: see the small laptop's screen in call.css. */
const rowHeight = 34;
const headHeight = 20;
/** What is around the text of a chip: its digit, its padding and the gap after it. */
const aroundChip = 34;
const chevron = 19;
/** A line of what a group stands for: how high it is, and how wide its letters are beside those of a chip. */
const hintHeight = 17;
const hintWidth = 0.88;
/** The most questions of a conversation with which there is room for what each group stands for. */
const fewQuestions = 8;
/** The height that the columns have on a screen 720 high. */
const room = 584;

/** Letters by their width in pixels at the size of a chip; every other character is 8 wide. */
const widths: ReadonlyMap<string, number> = new Map(
  [
    [3, ' '],
    [4, 'fijlI,.’'],
    [5, 'rt-()'],
    [6, 'sz?'],
    [7, 'cekvxy0123456789–+FJL'],
    [9, 'BCDGKRHNUOÖ'],
    [11, 'wM'],
    [12, 'm'],
  ].flatMap(([width, letters]) => Array.from(String(letters), (letter) => [letter, Number(width)] as const)),
);

const textWidth = (text: string): number =>
  Array.from(text, (letter) => widths.get(letter) ?? 8).reduce((sum, width) => sum + width, 0);

/** The rows that chips take in a width; `used` is what already stands in the first. */
function rows(codes: readonly Code[], locale: Locale, width: number, used = 0): number {
  let count = codes.length === 0 ? 0 : 1;
  let filled = used;
  for (const code of codes) {
    const chip = textWidth(code.label[locale]) + aroundChip + (code.group === true ? chevron : 0);
    if (filled > 0 && filled + chip > width + 4) {
      count += 1;
      filled = 0;
    }
    filled += chip;
    // A label that is wider than its column takes two lines.
    if (chip > width) count += 0.4;
  }
  return count;
}

/** How high a question is, once it is answered and while its largest group is open, in pixels. */
interface Height {
  readonly answered: number;
  readonly opened: number;
}

/** The rows that answers take of which some say what they stand for, each of those on a row of its own. */
function rowsWithHints(codes: readonly Choice[], locale: Locale, width: number): number {
  const hinted = codes.flatMap((code) => hintOf(code, locale) ?? []);
  const lines = hinted.map((hint) => Math.ceil((hintWidth * textWidth(hint)) / (width - aroundChip)));
  const others = codes.filter((code) => hintOf(code, locale) === undefined);
  return (
    hinted.length +
    (hintHeight / rowHeight) * lines.reduce((sum, count) => sum + count, 0) +
    rows(others, locale, width)
  );
}

function questionHeight(dimension: FormDimension, locale: Locale, width: number, hints: boolean): Height {
  const { codes, layout, max } = dimension;
  const height = (count: number) => headHeight + rowHeight * count;
  const leaves = leafCodes(dimension);
  if (layout === 'search') {
    const chips = leaves.filter(({ parent, holds }) => parent === undefined && holds === undefined);
    const beside = height(rows(chips, locale, width, 165));
    return { answered: beside, opened: beside };
  }
  if (layout === 'flat') {
    const flat = height(hints ? rowsWithHints(leaves, locale, width) : rows(leaves, locale, width));
    return { answered: flat, opened: flat };
  }
  const top = codes.filter(({ parent }) => parent === undefined);
  const groups = top.map(({ id }) =>
    rows(
      leaves.filter(({ parent }) => parent === id),
      locale,
      width - 12,
    ),
  );
  const closed = rows(top, locale, width);
  const opened = height(closed + Math.max(...groups) + 0.25);
  // A group that holds the one answer stays open; of several answers only the chosen ones stay in sight.
  return { answered: max === 1 ? opened : height(closed + 1.25), opened };
}

/** Every way to share the width out. */
function shapes(): Widths[] {
  const found: Widths[] = [];
  for (let first = narrowest; first <= all - 2 * narrowest; first += notch) {
    for (let second = narrowest; second <= all - first - narrowest; second += notch)
      found.push([first, second, all - first - second]);
  }
  return [[all / 3, all / 3, all / 3], ...found];
}

export interface Columns {
  readonly widths: Widths;
  readonly cut: readonly (readonly FormDimension[])[];
  /** Whether there is room for what each group stands for. */
  readonly hints: boolean;
}

/** The dimensions in their order, cut into three runs, and how wide the columns are. */
export function columns(dimensions: readonly FormDimension[], locale: Locale): Columns {
  const hints = dimensions.length <= fewQuestions;
  const known = new Map<number, readonly Height[]>();
  const heightsAt = (width: number): readonly Height[] => {
    const heights =
      known.get(width) ?? dimensions.map((dimension) => questionHeight(dimension, locale, width, hints));
    known.set(width, heights);
    return heights;
  };
  const sum = (heights: readonly Height[], key: keyof Height) =>
    heights.reduce((total, height) => total + height[key], 0);

  let best: Columns = { widths: [all / 3, all / 3, all / 3], cut: [dimensions], hints };
  let least = Infinity;
  for (const shape of shapes()) {
    const [one, two, three] = shape.map(heightsAt);
    for (let first = 1; first <= dimensions.length; first += 1) {
      for (let second = first; second <= dimensions.length; second += 1) {
        const high = [one?.slice(0, first), two?.slice(first, second), three?.slice(second)];
        const highest = (key: keyof Height) => Math.max(...high.map((column) => sum(column ?? [], key)));
        // A call that is filled in should fit; a group that is open for a moment may need a little more.
        const cost = highest('opened') + 10 * Math.max(0, highest('answered') - room);
        if (cost >= least) continue;
        least = cost;
        const cut = [dimensions.slice(0, first), dimensions.slice(first, second), dimensions.slice(second)];
        best = { widths: shape, cut, hints };
      }
    }
  }
  return best;
}
