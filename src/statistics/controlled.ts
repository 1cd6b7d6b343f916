/**
 * Controlled rounding: each number goes to the multiple of a step just below or just above it, so that lines, and as
 * far as possible columns, add up to sums that are rounded already, with the least sum of squared distances.
 *
 * Lines alone: the numbers with the largest fractions go up (largest remainder). For columns, ups then move within
 * lines from column to column along cheapest paths (successive shortest paths), the minimum-cost flow of Causey, Cox
 * and Ernst, "Applications of Transportation Theory to Statistical Problems" (JASA 80, 1985). Pure.
 */

/** Numbers that add up, in steps; null in `items` plays no part, null as a sum need not be met. */
export interface Line {
  readonly items: readonly (number | null)[];
  readonly sum: number | null;
}

interface Item {
  readonly column: number;
  /** The whole number below, and how far above it the number lies, from 0 to under 1. */
  readonly below: number;
  readonly fraction: number;
  up: boolean;
}

interface Rounded {
  readonly items: readonly Item[];
  readonly sum: number | null;
}

const valueOf = ({ below, up }: Item): number => below + (up ? 1 : 0);

/** What going up costs: the squared distance from above less that from below. */
const costOf = ({ fraction }: Item): number => 1 - 2 * fraction;

/** To a millionth, so that a whole number is one however it was worked out, and costs add up exactly. */
export const quantise = (number: number): number => Math.round(number * 2 ** 20) / 2 ** 20;

/** Rounds one line by itself. */
function roundLine({ items: numbers, sum }: Line): Rounded {
  const items = numbers.flatMap((number, column): Item[] => {
    if (number === null) return [];
    const below = Math.floor(quantise(number));
    const fraction = quantise(number) - below;
    return [{ column, below, fraction, up: sum === null && fraction >= 0.5 }];
  });
  if (sum === null) return { items, sum };
  const ups = Math.max(0, sum - items.reduce((all, { below }) => all + below, 0));
  // The sort is stable: of equal fractions the first goes up.
  const byFraction = [...items].sort((one, other) => other.fraction - one.fraction);
  for (const item of byFraction.slice(0, ups)) item.up = true;
  return { items, sum };
}

/** Turning an item or two of a line, so that an up leaves one column for another. */
interface Move {
  readonly from: number;
  readonly to: number;
  readonly turned: readonly Item[];
  readonly cost: number;
}

/** All columns that need not meet a sum, taken together: an up may come from there and go there. */
const FREE = -1;

/** Every move that a line allows as it stands; a line without a sum may gain or lose an up. */
function movesIn({ items, sum }: Rounded, columnOf: (item: Item) => number): Move[] {
  const [ups, downs] = [items.filter(({ up }) => up), items.filter(({ up }) => !up)];
  const exchanges = ups.flatMap((one) =>
    downs.map((other): Move => {
      const cost = costOf(other) - costOf(one);
      return { from: columnOf(one), to: columnOf(other), turned: [one, other], cost };
    }),
  );
  if (sum !== null) return exchanges;
  const lost = ups.map((one): Move => ({ from: columnOf(one), to: FREE, turned: [one], cost: -costOf(one) }));
  const won = downs.map((one): Move => ({ from: FREE, to: columnOf(one), turned: [one], cost: costOf(one) }));
  return [...exchanges, ...lost, ...won];
}

interface Path {
  readonly cost: number;
  readonly moves: readonly Move[];
}

/** The cheapest path from a column to each that can be reached (Bellman and Ford). */
function cheapestPaths(moves: readonly Move[], from: number): ReadonlyMap<number, Path> {
  const paths = new Map<number, Path>([[from, { cost: 0, moves: [] }]]);
  let improved = true;
  while (improved) {
    improved = false;
    for (const move of moves) {
      const path = paths.get(move.from);
      if (path === undefined) continue;
      const cost = path.cost + move.cost;
      if (cost >= (paths.get(move.to)?.cost ?? Infinity)) continue;
      paths.set(move.to, { cost, moves: [...path.moves, move] });
      improved = true;
    }
  }
  return paths;
}

/** Moves one up along the cheapest path from a column to any of the others; whether there was one. */
function moveUp(
  lines: readonly Rounded[],
  columnOf: (item: Item) => number,
  from: number,
  to: readonly number[],
): boolean {
  const moves = lines.flatMap((line) => movesIn(line, columnOf));
  const paths = cheapestPaths(moves, from);
  const found = to.flatMap((column) => paths.get(column) ?? []);
  const [cheapest] = found.sort((one, other) => one.cost - other.cost);
  if (cheapest === undefined) return false;
  for (const { turned } of cheapest.moves) for (const item of turned) item.up = !item.up;
  return true;
}

/** Lets ups move until the columns meet their sums, or as near as numbers just below and above can get. */
function balanceColumns(lines: readonly Rounded[], sums: readonly (number | null)[]): void {
  const columnOf = ({ column }: Item) => ((sums[column] ?? null) === null ? FREE : column);
  const excess = (column: number) =>
    lines
      .flatMap(({ items }) => items.filter((item) => item.column === column))
      .reduce((all, item) => all + valueOf(item), -(sums[column] ?? 0));
  const bound = sums.flatMap((sum, column) => (sum === null ? [] : [column]));
  for (const column of bound) {
    const wanting = () => [...bound.filter((other) => excess(other) < 0), FREE];
    while (excess(column) > 0 && moveUp(lines, columnOf, column, wanting())) continue;
  }
  for (const column of bound) while (excess(column) < 0 && moveUp(lines, columnOf, FREE, [column])) continue;
}

/**
 * Rounds numbers given in steps to whole steps: lines first, then columns. A sum must be the exact one rounded up
 * or down, or it is met as nearly as may be; of columns that cannot all be met some stay off.
 */
export function roundTogether(
  lines: readonly Line[],
  columnSums: readonly (number | null)[] = [],
): (number | null)[][] {
  const rounded = lines.map(roundLine);
  balanceColumns(rounded, columnSums);
  return lines.map(({ items }, line) => {
    const values = new Map(rounded[line]?.items.map((item) => [item.column, valueOf(item)]));
    return items.map((_, column) => values.get(column) ?? null);
  });
}
