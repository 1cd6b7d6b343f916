/** The dimension and the code that make a contact a conversation; every vocabulary keeps both. */
export const KIND = 'kind';
export const CONVERSATION = 'conversation';
