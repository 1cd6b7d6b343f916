/** The dimension and the code that make a contact a conversation; every vocabulary keeps both. */
export const KIND = 'kind';
export const CONVERSATION = 'conversation';

interface Applying {
  readonly applies: 'all' | 'conversation';
}

/** Whether a dimension says something of a contact of this kind: some of every contact, the others of conversations. */
export const applies = (dimension: Applying, kind: unknown): boolean =>
  dimension.applies === 'all' || kind === CONVERSATION;
