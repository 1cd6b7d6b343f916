/** Unanswered calls in the database. */
import type { Month } from '../../contract/period.js';
import type { Unanswered } from '../../contract/unanswered.js';
import type { Database } from '../../platform/database.js';
import { unanswered } from '../entities.js';

/** Every month that somebody typed a number in for, in order. */
export async function listUnanswered(desk: Database): Promise<Unanswered[]> {
  return desk.getRepository(unanswered).find({ order: { month: 'ASC' } });
}

/** Stores the number of a month, in place of the one that was there. */
export async function setUnanswered(desk: Database, { month, calls }: Unanswered): Promise<void> {
  await desk.getRepository(unanswered).upsert({ month, calls }, ['month']);
}

/** Takes the number of a month away; false when there was none. */
export async function forgetUnanswered(desk: Database, month: Month): Promise<boolean> {
  const { affected } = await desk.getRepository(unanswered).delete({ month });
  return affected === 1;
}
