/** Calls that are like no other, so that their bytes are found nowhere by chance. */
import { aConversation } from '../../support/calls.js';
import type { Call } from './line.js';

const rare = (change: Parameters<typeof aConversation>[0]): Call => ({
  month: '2026-10',
  answers: aConversation({ gender: 'other', ...change }),
});

export const rareCalls: readonly Call[] = [
  rare({ channel: 'voicemail', concern: 'leave', environment: 'fixation', area: 'SE214' }),
  rare({ channel: 'email', concern: 'targeted', environment: 'mixed', area: 'SE322' }),
  rare({ channel: 'callback', concern: 'travel', environment: 'left', area: 'SE332' }),
];
