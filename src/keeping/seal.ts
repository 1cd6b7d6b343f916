/** Sealing: the calls of finished days become counters, and are forgotten. */
import { addMonths, monthOfDay, quarterOfMonth, type Day } from '../contract/period.js';
import { beforeDay } from './intake-store.js';
import { noteSeal } from './key-store.js';
import { isPublished } from './quarter-store.js';
import { turnKey, type Keeping } from './turn.js';

/**
 * Seals every day before `before`. The current quarter, and that of the month before, begin if they had not, and get
 * their counters, whether or not there are calls: nothing tells the nights apart.
 */
export async function seal(keeping: Keeping, before: Day): Promise<void> {
  const { today } = keeping;
  const current = monthOfDay(today);
  await turnKey(keeping, {
    finished: beforeDay(before, today),
    async before({ transaction, begin, countersOf }) {
      for (const quarter of new Set([addMonths(current, -1), current].map(quarterOfMonth))) {
        await begin(quarter);
        if (!(await isPublished(transaction, quarter))) await countersOf(quarter);
      }
    },
    after: ({ transaction }) => noteSeal(transaction, today),
  });
}
