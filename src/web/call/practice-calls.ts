/** What would be sensible answers to the made-up calls, for the default vocabulary. */
import type { Words } from '../messages/sv.js';
import type { Chosen } from './draft.js';

export type Story = keyof Words['stories'];

const call = (answers: Readonly<Record<string, string | readonly string[]>>): Chosen =>
  Object.fromEntries(
    Object.entries(answers).map(([id, code]) => [id, typeof code === 'string' ? [code] : code]),
  );

/** The part of the day is left out: that is measured. */
export const suggestions: Readonly<Record<Story, Chosen>> = {
  mother: call({
    kind: 'conversation',
    channel: 'phone',
    concern: 'online',
    environment: 'right',
    relation: 'parent',
    caller_age: 'adult',
    age: '16-17',
    gender: 'male',
    area: 'SE311',
    language: 'sv',
    contact: 'first',
    length: '30-59',
    referral: ['social_services', 'coordinator'],
    outcome: 'advised',
  }),
  teacher: call({
    kind: 'conversation',
    channel: 'phone',
    concern: 'contact',
    environment: 'islamist',
    relation: 'school',
    caller_age: 'adult',
    age: '16-17',
    gender: 'unknown',
    area: 'SE232',
    language: 'sv',
    contact: 'repeat',
    length: '10-29',
    referral: ['school_health', 'knowledge'],
    outcome: 'advised',
  }),
  leaver: call({
    kind: 'conversation',
    channel: 'chat',
    concern: 'leave',
    environment: 'left',
    relation: 'self',
    caller_age: 'adult',
    age: '18-25',
    gender: 'female',
    area: 'unknown',
    language: 'sv',
    contact: 'first',
    length: '30-59',
    referral: ['exit'],
    outcome: 'advised',
  }),
};

export const storyOrder: readonly Story[] = ['mother', 'teacher', 'leaver'];
