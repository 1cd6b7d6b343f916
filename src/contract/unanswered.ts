/**
 * Unanswered calls of a month: those that nobody answered, where no message was left and nobody called back. A plain,
 * exact number that a supervisor types in. Such a call is not logged as a contact, so no published number counts it and
 * an exact figure gives nothing away. A message or a call-back may be logged, and has no place here, nor has the number
 * of answered calls: an exact one beside the protected totals would pin them.
 */
import { z } from 'zod';
import { monthSchema } from './period.js';

const callsSchema = z.int().min(0).max(1_000_000);

export const setUnansweredSchema = z.strictObject({ calls: callsSchema });

export const unansweredSchema = z.strictObject({ month: monthSchema, calls: callsSchema });
export const unansweredListSchema = z.strictObject({ months: z.array(unansweredSchema) });

export type Unanswered = z.infer<typeof unansweredSchema>;
