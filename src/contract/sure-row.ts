/** How sure a row of a published table is: as its table, or as the total that it is. Pure. */
import type { PeriodSummary, PublishedTable, Sureness } from './statistics.js';
import { CONVERSATION, KIND } from './vocabulary.js';

type Totals = PeriodSummary['sureness'];

/** Whether a row is all conversations of its period, which stand among the kinds of contact as the total that they are. */
export const isConversationTotal = (
  { rows, columns, universe }: Pick<PublishedTable, 'rows' | 'columns' | 'universe'>,
  row: number,
): boolean =>
  columns === null && universe === 'all' && rows.dimension === KIND && rows.codes[row]?.code === CONVERSATION;

/** One number has one ± wherever it stands: the conversations carry their total's, every other row its table's. */
export function surenessOfRow(table: PublishedTable, row: number, totals: Totals): Sureness {
  const { sigma2, threshold, step, uncertainty } = table;
  const total = isConversationTotal(table, row) ? totals.conversations : null;
  return total ?? { sigma2, threshold, step, uncertainty };
}
