/** Whether an installation can do its work, and if not, why: by what it has written down of itself, and by the clock. */
import { z } from 'zod';
import { clockGap, keptUntil, sealDay, type Kept, type Moment } from './kept.js';
import { addDays } from './period.js';
import { begunAnewSchema } from './statistics.js';

/**
 * `intake-shut`: no call is taken in, because the keeper has not confirmed the key that would open it. `clock-gap`: the
 * clock is so far after the last seal that it may be wrong, and the keeper does nothing. `nights-not-sealed`: a night has
 * gone by without its seal.
 */
export const unreadyReasons = ['intake-shut', 'clock-gap', 'nights-not-sealed'] as const;
export type UnreadyReason = (typeof unreadyReasons)[number];

/** What an installation has written down of itself. */
export interface ReadinessFacts {
  /** Whether there is a key for calls, and the keeper has confirmed it. */
  readonly intakeOpen: boolean;
  readonly kept: Kept;
}

/**
 * Why an installation cannot do its work, in the order of `unreadyReasons`; empty where it can. A seal is known by its day
 * alone: one is late when the next was due on a day after the day after it.
 */
export function unreadyFor({ intakeOpen, kept }: ReadinessFacts, now: Moment): UnreadyReason[] {
  const holds: Readonly<Record<UnreadyReason, boolean>> = {
    'intake-shut': !intakeOpen,
    'clock-gap': clockGap(kept, now.day) !== null,
    'nights-not-sealed': sealDay(now) > addDays(keptUntil(kept), 1),
  };
  return unreadyReasons.filter((reason) => holds[reason]);
}

/** How the installation does, for its administrators. */
export const installationStatusSchema = z.strictObject({
  /** Why it cannot do its work; empty where it can. */
  unready: z.array(z.enum(unreadyReasons)),
  /** The quarters that are not published yet and whose counters had to begin anew. */
  begunAnew: z.array(begunAnewSchema),
});
export type InstallationStatus = z.infer<typeof installationStatusSchema>;
