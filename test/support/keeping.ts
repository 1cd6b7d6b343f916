/** Keeping in a test database: the real functions, on a day that the test says. */
import { deskOf } from '../../src/desk-of.js';
import { close } from '../../src/keeping/close.js';
import { addImport, readImport, type Imported, type ImportMode } from '../../src/keeping/import.js';
import type { ImportSource } from '../../src/keeping/import-source.js';
import { seal } from '../../src/keeping/seal.js';
import type { Keeping } from '../../src/keeping/turn.js';
import type { TestDatabase } from './database.js';

/** A database with a key, and the keeper's pool. */
export type Keepable = Pick<TestDatabase, 'keeper' | 'keys'>;

/** What keeping takes; it logs nothing unless the test says where. */
export const keepingOf = (
  { keeper, keys }: Keepable,
  today: string,
  change: Partial<Keeping> = {},
): Keeping => ({ keeper, keys, desk: deskOf(keeper), today, log: () => undefined, ...change });

/** Seals all days before a day, on that day. */
export const sealBefore = (database: Keepable, day: string, change: Partial<Keeping> = {}): Promise<void> =>
  seal(keepingOf(database, day, change), day);

/** Closes a period on a day, as the keeper does. */
export const closeOn = (
  database: Keepable,
  day: string,
  period: string,
  change: Partial<Keeping> = {},
): Promise<void> => close({ ...keepingOf(database, day, change), actor: 'keeper' }, period);

/** Imports a file on a day: reads it, and adds what it moves to the counters. */
export async function importOn(
  database: Keepable,
  day: string,
  source: ImportSource,
  { change = {}, ...mode }: ImportMode & { readonly change?: Partial<Keeping> } = {},
): Promise<Imported> {
  const keeping = keepingOf(database, day, change);
  const { imported, counted } = await readImport(keeping, source, mode);
  if (counted !== null) await addImport({ ...keeping, actor: 'keeper' }, counted);
  return imported;
}
