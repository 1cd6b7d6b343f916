/** How sure a row of a published table is: as its table, or as the total that it is. Pure. */
import { isConversationTotal } from './cells.js';
import type { PeriodSummary, Sureness } from './statistics.js';

/** One number has one ± wherever it stands: the conversations carry their total's, every other row its table's. */
export function surenessOfRow(
  table: Parameters<typeof isConversationTotal>[0] & Sureness,
  row: number,
  totals: PeriodSummary['sureness'],
): Sureness {
  const { sigma2, threshold, step, uncertainty } = table;
  const total = isConversationTotal(table, row) ? totals.conversations : null;
  return total ?? { sigma2, threshold, step, uncertainty };
}
