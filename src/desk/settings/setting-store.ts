/** The settings of an installation that are not the operator's: those, the environment holds. */
import type { Settings } from '../../contract/settings.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { affected } from '../../platform/statements.js';
import { settings, type Setting } from '../entities.js';

/** The settings as they stand: one that is off has no row. */
export async function readSettings(desk: Sql): Promise<Settings> {
  const rows = await desk.getRepository(settings).find();
  const valueOf = (wanted: Setting['name']) => rows.find(({ name }) => name === wanted)?.value ?? null;
  return { organisation: valueOf('organisation'), openReleases: valueOf('open-releases') !== null };
}

/** Writes one setting, or takes it away; whether it is other than it was. */
async function writeSetting(
  transaction: Transaction,
  name: Setting['name'],
  value: string | null,
): Promise<boolean> {
  if (value === null) {
    const removed = await transaction.getRepository(settings).delete({ name });
    return removed.affected === 1;
  }
  const written = await affected(
    transaction,
    `INSERT INTO desk.setting AS known (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE known.value <> excluded.value`,
    [name, value],
  );
  return written > 0;
}

/** Writes the settings; whether anything is other than it was. Always in this order, so that two at once take turns. */
export async function writeSettings(
  transaction: Transaction,
  { organisation, openReleases }: Settings,
): Promise<boolean> {
  const named = await writeSetting(transaction, 'organisation', organisation);
  const opened = await writeSetting(transaction, 'open-releases', openReleases ? 'yes' : null);
  return named || opened;
}
