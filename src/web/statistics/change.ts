/** What has changed in a table between two periods, where the difference exceeds its uncertainty. Pure. */
import { changeBetween, type Change } from '../../contract/change.js';
import type { PublishedTable } from '../../contract/statistics.js';

const sameAxis = (a: PublishedTable['rows'], b: PublishedTable['rows']) => a.dimension === b.dimension;

/**
 * The changes of a table without columns, by code. Empty where there is nothing to compare with: another dimension or
 * universe, or codes of another level.
 */
export function changesIn(now: PublishedTable, before: PublishedTable | undefined): Map<string, Change> {
  if (before === undefined || now.columns !== null || before.columns !== null) return new Map();
  if (!sameAxis(now.rows, before.rows) || now.universe !== before.universe) return new Map();
  const old = new Map(before.rows.codes.map(({ code }, row) => [code, before.cells[row]?.[0]]));
  return new Map(
    now.rows.codes.flatMap(({ code }, row) => {
      const change = changeBetween(
        { number: now.cells[row]?.[0], uncertainty: now.uncertainty },
        { number: old.get(code), uncertainty: before.uncertainty },
      );
      return change === null ? [] : [[code, change] as const];
    }),
  );
}
