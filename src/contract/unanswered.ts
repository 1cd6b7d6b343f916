/**
 * Unanswered calls of a month, as the telephone system counts them: a plain, exact number that a supervisor types
 * in. They never reached anybody, so no published number counts them and an exact figure gives nothing away. The
 * number of answered calls has no place here: an exact one beside the protected totals would pin them.
 */
import { z } from 'zod';
import { monthSchema } from './period.js';

const callsSchema = z.int().min(0).max(1_000_000);

export const setUnansweredSchema = z.strictObject({ calls: callsSchema });

export const unansweredSchema = z.strictObject({ month: monthSchema, calls: callsSchema });
export const unansweredListSchema = z.strictObject({ months: z.array(unansweredSchema) });

export type Unanswered = z.infer<typeof unansweredSchema>;
