/**
 * What comes next for whoever issues releases, and the calendar of it. All of it follows from the calendar and from what
 * is published, issued and typed in: nothing here knows whether there are calls.
 */
import { z } from 'zod';
import { daySchema, monthSchema, quarterSchema } from './period.js';
import { releasePeriodSchema } from './release.js';
import { begunAnewSchema } from './statistics.js';

/** `running`: not over. `resting`: over, and not closed yet, so that late calls find it open. `due`: may close now. */
const waitSchema = z.enum(['running', 'resting', 'due']);

const nextMonthSchema = z.strictObject({
  month: monthSchema,
  state: z.enum(['coming', ...waitSchema.options, 'published']),
  /** At 04 on this day it closes by itself. */
  closesFrom: daySchema,
});

export const releaseStatusSchema = z.strictObject({
  /** Whether anybody may read what is issued, at /open. */
  open: z.boolean(),
  /** The newest published quarter and the newest published year, those of them that are not issued. */
  ready: z.array(
    z.strictObject({
      period: releasePeriodSchema,
      /** Its months without a number of unanswered calls, which would stand in the report. */
      withoutUnanswered: z.array(monthSchema),
    }),
  ),
  /** The quarters whose counters had to begin anew and that are not published, or not issued. */
  begunAnew: z.array(begunAnewSchema),
  /** The quarter that is published next, with its months from the one of the installation on. */
  next: z.strictObject({
    quarter: quarterSchema,
    state: waitSchema,
    closesFrom: daySchema,
    months: z.array(nextMonthSchema),
  }),
});
export type ReleaseStatus = z.infer<typeof releaseStatusSchema>;
export type NextMonth = z.infer<typeof nextMonthSchema>;

/** In which language the calendar is asked for; Swedish unless it is said. */
export const calendarQuerySchema = z.strictObject({
  language: z
    .enum(['sv', 'en'])
    .optional()
    .meta({ description: 'The language of the calendar; Swedish unless it is said', examples: ['en'] }),
});
