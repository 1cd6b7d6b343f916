/** The cells of a table by their places, row by row, and which of them stand elsewhere as a total. Pure. */
import { CONVERSATION, KIND } from './kind.js';

interface Codes {
  readonly codes: readonly { readonly code: string }[];
}

/** A table as it is laid out, or as it is published. */
interface Laid {
  readonly rows: Codes & { readonly dimension: string };
  readonly columns: Codes | null;
  readonly universe: 'all' | 'conversation';
}

export const widthOf = ({ columns }: Pick<Laid, 'columns'>): number => columns?.codes.length ?? 1;

/** How many cells a table has. */
export const sizeOf = (table: Pick<Laid, 'rows' | 'columns'>): number =>
  table.rows.codes.length * widthOf(table);

export const placesOf = (table: Pick<Laid, 'rows' | 'columns'>): number[] =>
  Array.from({ length: sizeOf(table) }, (_, place) => place);

/** Whether a row is all conversations of its period, which stand among the kinds of contact as the total that they are. */
export const isConversationTotal = ({ rows, columns, universe }: Laid, row: number): boolean =>
  columns === null && universe === 'all' && rows.dimension === KIND && rows.codes[row]?.code === CONVERSATION;

/** The places of the cells by which a table is as sure as it is: one that is a total only where it is all there is. */
export function ownPlacesOf(table: Laid): number[] {
  const places = placesOf(table);
  const own = places.filter((place) => !isConversationTotal(table, place));
  return own.length === 0 ? places : own;
}
