/** A machine put back to what it was, key directory and all, as somebody does who has a copy of it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '../../support/database.js';

interface Copy {
  /** Puts the machine back to the moment of the copy. */
  readonly restore: () => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** Copies what a close reads and changes, before anything is published. */
export async function copyOf({ owner, keys }: TestDatabase): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'tyst-copy-'));
  await cp(keys.path, folder, { recursive: true });
  const counters: { quarter: string; key_id: string; blob: Buffer }[] = await owner.query(
    'SELECT quarter, key_id, blob FROM sealed.counters',
  );
  const [key]: { id: string; public_key: Buffer }[] = await owner.query(
    'SELECT id, public_key FROM intake.key',
  );
  const restore = async () => {
    await owner.transaction(async (transaction) => {
      for (const table of ['published.noisy_answer', 'published.period', 'sealed.counters'])
        await transaction.query(`DELETE FROM ${table}`);
      for (const { quarter, key_id: id, blob } of counters)
        await transaction.query('INSERT INTO sealed.counters VALUES ($1, $2, $3)', [quarter, id, blob]);
      await transaction.query('UPDATE intake.key SET id = $1, public_key = $2', [key?.id, key?.public_key]);
    });
    await rm(keys.path, { recursive: true });
    await cp(folder, keys.path, { recursive: true });
  };
  return { restore, forget: () => rm(folder, { recursive: true, force: true }) };
}
