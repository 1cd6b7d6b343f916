/**
 * Consistent estimates: of all numbers that fit together (every table adds up to its total, `kind=conversation` is
 * the total of conversations, margins of cross tables are the one-way numbers, groups are the sums of their codes)
 * those nearest to the noisy ones. Least squares, so unbiased, with variances that depend on the plan alone.
 * Nothing keeps an estimate from being negative: that would lift all small numbers. Pure.
 *
 * The totals come first (`totals.ts`) and the cells follow them. Month tables are observations like the others, but
 * their numbers stay as they came out month by month; tables of several answers to a call (referral) share no fact
 * with the rest, so nothing can be learnt about them.
 */
import { MONTH, type TableShape } from '../contract/plan.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import {
  answeredByAll,
  ALL_CONTACTS,
  ALL_CONVERSATIONS,
  factsOf,
  sumsCountCalls,
  type Cells,
  type Facts,
} from './facts.js';
import { factorise, fixedBy, fixedPart, nearest, product, type Row } from './least-squares.js';
import type { Estimates, NoisyPeriod, NoisyTable, TableEstimates, Totals } from './noisy.js';
import { estimatedValue } from './totals.js';

/** A sum of cells that is the total of that fact, or (`total` null) the difference of two sums that count the same calls. */
interface Equality {
  readonly row: Row;
  readonly total: string | null;
}

const onesAt = (cells: Cells): Map<number, number> => new Map(cells.map((cell) => [cell, 1]));

function difference(cells: Cells, less: Cells): Row {
  const row = onesAt(cells);
  for (const cell of less) row.set(cell, (row.get(cell) ?? 0) - 1);
  return row;
}

function equalitiesOf(facts: Facts): Equality[] {
  return [...facts].flatMap(([key, sums]): Equality[] => {
    if (key === ALL_CONTACTS || key === ALL_CONVERSATIONS)
      return sums.map((cells) => ({ row: onesAt(cells), total: key }));
    const [first = [], ...others] = sums;
    return others.map((cells) => ({ row: difference(cells, first), total: null }));
  });
}

/** The weight of each cell in a total: the mean of its sums, weighted by one over their numbers of cells. */
function weightsIn(sums: readonly Cells[], size: number): number[] {
  const weights = new Array<number>(size).fill(0);
  const all = sums.reduce((sum, cells) => sum + 1 / cells.length, 0);
  for (const cells of sums)
    for (const cell of cells) weights[cell] = (weights[cell] ?? 0) + 1 / cells.length / all;
  return weights;
}

const sizeOf = ({ rows, columns }: TableShape) => rows.codes.length * (columns?.codes.length ?? 1);

/** The consistent numbers of a quarter's cells, and the variance of the sum of any of them, in units of sigma2. */
function fit(facts: Facts, observed: readonly number[], totals: Totals) {
  const equalities = equalitiesOf(facts);
  const system = factorise(equalities.map(({ row }) => row));
  const isTotal = (key: Equality['total']) =>
    system.places.map((place) => (equalities[place]?.total === key ? 1 : 0));
  const [contacts, conversations] = [isTotal(ALL_CONTACTS), isTotal(ALL_CONVERSATIONS)];
  const value = (total: Totals['contacts']) => (total === null ? 0 : estimatedValue(total));
  const right = contacts.map(
    (one, place) => one * value(totals.contacts) + (conversations[place] ?? 0) * value(totals.conversations),
  );
  const [byContacts, byConversations] = [fixedBy(system, contacts), fixedBy(system, conversations)];
  const ofContacts = weightsIn(facts.get(ALL_CONTACTS) ?? [], observed.length);
  const ofConversations = weightsIn(facts.get(ALL_CONVERSATIONS) ?? [], observed.length);
  /**
   * A sum c of cells is the part of c that no equality touches, applied to the noisy cells, plus so much of each
   * total. The totals are sums along the equalities, so their noise is independent of the first part's.
   */
  const varianceOf = (cells: Cells): number => {
    const fixed = fixedPart(system, onesAt(cells));
    const [a, b] = [product(fixed, byContacts), product(fixed, byConversations)];
    return (
      cells.length -
      product(fixed, fixed) +
      a * a * product(ofContacts, ofContacts) +
      2 * a * b * product(ofContacts, ofConversations) +
      b * b * product(ofConversations, ofConversations)
    );
  };
  return { cells: nearest(system, observed, right), varianceOf };
}

/** The rows of a table out of the list of all cells. */
function rowsFrom(cells: readonly number[], { rows, columns }: TableShape, first: number): number[][] {
  const width = columns?.codes.length ?? 1;
  return rows.codes.map((_, row) => cells.slice(first + row * width, first + (row + 1) * width));
}

/**
 * The estimates of a quarter's tables by table id; tables that stay as they are have none. All tables must have
 * noise of the variance sigma2; the totals must be those of the same tables.
 */
export function quarterEstimates(
  tables: readonly NoisyTable[],
  totals: Totals,
  vocabulary: Vocabulary,
  sigma2: number,
): Estimates {
  const used = tables.filter(({ shape }) => sumsCountCalls(shape, vocabulary));
  const shapes = used.map(({ shape }) => shape);
  const facts = factsOf(shapes, vocabulary);
  const { cells, varianceOf } = fit(
    facts,
    used.flatMap(({ noisy }) => noisy.flat()),
    totals,
  );
  const estimates = new Map<string, TableEstimates>();
  let next = 0;
  for (const shape of shapes) {
    const first = next;
    next += sizeOf(shape);
    if (shape.rows.dimension === MONTH) continue;
    estimates.set(shape.id, {
      cells: rowsFrom(cells, shape, first),
      fitTogether: true,
      answeredByAll: {
        rows: answeredByAll(shape.rows, vocabulary),
        columns: answeredByAll(shape.columns, vocabulary),
      },
      varianceOf: (places) => sigma2 * varianceOf(places.map((place) => first + place)),
    });
  }
  return estimates;
}

/** A table of a quarter by its estimates, or by its noisy numbers where it has none. */
function estimatesIn(quarter: NoisyPeriod, id: string): TableEstimates | null {
  const estimates = quarter.estimates().get(id);
  if (estimates !== undefined) return estimates;
  const table = quarter.tables.find(({ shape }) => shape.id === id);
  if (table === undefined) return null;
  const { noisy: cells, sigma2 } = table;
  const answered = { rows: false, columns: false };
  return {
    cells,
    fitTogether: false,
    answeredByAll: answered,
    varianceOf: (places) => sigma2 * places.length,
  };
}

/**
 * The estimates of a year's tables: those of its quarters added up, which for quarters of one plan is also what the
 * sums of their noisy numbers would give. They fit together if they do in each quarter.
 */
export function yearEstimates(quarters: readonly NoisyPeriod[], tables: readonly NoisyTable[]): Estimates {
  const estimates = new Map<string, TableEstimates>();
  for (const { shape } of tables) {
    if (!quarters.some((quarter) => quarter.estimates().has(shape.id))) continue;
    const parts = quarters.flatMap((quarter) => estimatesIn(quarter, shape.id) ?? []);
    const sum = (of: (part: TableEstimates) => number) => parts.reduce((all, part) => all + of(part), 0);
    const columns = shape.columns?.codes ?? [null];
    estimates.set(shape.id, {
      cells: shape.rows.codes.map((_, row) =>
        columns.map((_column, column) => sum(({ cells }) => cells[row]?.[column] ?? 0)),
      ),
      fitTogether: parts.every(({ fitTogether }) => fitTogether),
      answeredByAll: {
        rows: parts.every((part) => part.answeredByAll.rows),
        columns: parts.every((part) => part.answeredByAll.columns),
      },
      varianceOf: (places) => sum(({ varianceOf }) => varianceOf(places)),
    });
  }
  return estimates;
}
