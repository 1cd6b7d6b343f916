/** The SQL of unanswered calls. */
import type { DataSource } from 'typeorm';
import type { Month } from '../../contract/period.js';
import type { Unanswered } from '../../contract/unanswered.js';

/** Every month that somebody typed a number in for, in order. */
export async function listUnanswered(desk: DataSource): Promise<Unanswered[]> {
  const rows: Unanswered[] = await desk.query(
    'SELECT month, calls FROM desk.unanswered ORDER BY month COLLATE "C"',
  );
  return rows;
}

/** Stores the number of a month, in place of the one that was there. */
export async function setUnanswered(desk: DataSource, { month, calls }: Unanswered): Promise<void> {
  await desk.query(
    `INSERT INTO desk.unanswered (month, calls) VALUES ($1, $2)
     ON CONFLICT (month) DO UPDATE SET calls = excluded.calls`,
    [month, calls],
  );
}

/** Takes the number of a month away; false when there was none. */
export async function forgetUnanswered(desk: DataSource, month: Month): Promise<boolean> {
  const [rows]: [unknown[], number] = await desk.query(
    'DELETE FROM desk.unanswered WHERE month = $1 RETURNING month',
    [month],
  );
  return rows.length > 0;
}
