/** Messages about the event log: who did what, and on which day. Logging a call is no event. */
import { z } from 'zod';
import { daySchema } from './period.js';

/** Everything that is written down. */
export const eventKinds = [
  'sign-in',
  'sign-in-locked',
  'account-added',
  'account-disabled',
  'account-opened',
  'made-handler',
  'made-supervisor',
  'made-administrator',
  'invitation-made',
  'invitation-accepted',
  'password-changed',
  'two-factor-on',
  'two-factor-off',
  'two-factor-reset',
  'recovery-codes-made',
  'recovery-code-used',
  'plan-set',
  'vocabulary-set',
  'settings-set',
  'calls-imported',
  'imports-discarded',
  'counters-begun-anew',
  'clock-gap-confirmed',
  'period-closed',
  'release-issued',
  'release-key-changed',
  'release-key-withdrawn',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** How many events one reply holds at most. */
export const EVENTS_AT_ONCE = 100;

export const eventSchema = z.strictObject({
  day: daySchema,
  /** A user name, `command line`, `the keeper` or `not signed in`. */
  actor: z.string(),
  /** One of these, or what another version of Tyst has written. */
  kind: z.enum(eventKinds).or(z.string()),
  /** What it was done to: a user name, a quarter, a period, a release or a key. */
  subject: z.string().nullable(),
});
export type EventEntry = z.infer<typeof eventSchema>;

/** The newest events first, with the cursor of those before them; null when there are none. */
export const eventsSchema = z.strictObject({ events: z.array(eventSchema), before: z.string().nullable() });
export type Events = z.infer<typeof eventsSchema>;

/** Which events are asked for: those of a kind, about or by a person, and those before a cursor. */
export const eventsQuerySchema = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional()
    .meta({ description: 'Only events of this kind', examples: ['sign-in'] }),
  who: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only what this user did, or what was done to them', examples: ['anna'] }),
  before: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional()
    .meta({ description: 'The cursor of an earlier reply: the events before it', examples: ['112'] }),
});
export type EventsQuery = z.infer<typeof eventsQuerySchema>;
