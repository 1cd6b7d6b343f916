/** The SQL of the settings of an installation that are not the operator's: those, the environment holds. */
import type { Settings } from '../../contract/settings.js';
import type { Sql } from './events.js';

/** The rows there may be: a setting that is off has none. */
type SettingName = 'organisation' | 'open-releases';

/** The settings as they stand. */
export async function readSettings(desk: Sql): Promise<Settings> {
  const rows: { name: SettingName; value: string }[] = await desk.query(
    'SELECT name, value FROM desk.setting',
  );
  const valueOf = (wanted: SettingName) => rows.find(({ name }) => name === wanted)?.value ?? null;
  return { organisation: valueOf('organisation'), openReleases: valueOf('open-releases') !== null };
}

/** Writes one setting, or takes it away; whether it is other than it was. */
async function writeSetting(manager: Sql, name: SettingName, value: string | null): Promise<boolean> {
  if (value === null) {
    const [, gone]: [unknown, number] = await manager.query('DELETE FROM desk.setting WHERE name = $1', [
      name,
    ]);
    return gone > 0;
  }
  const written: unknown[] = await manager.query(
    `INSERT INTO desk.setting AS known (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE known.value <> excluded.value
     RETURNING name`,
    [name, value],
  );
  return written.length > 0;
}

/** Writes the settings; whether anything is other than it was. Always in this order, so that two at once take turns. */
export async function writeSettings(
  manager: Sql,
  { organisation, openReleases }: Settings,
): Promise<boolean> {
  const named = await writeSetting(manager, 'organisation', organisation);
  const opened = await writeSetting(manager, 'open-releases', openReleases ? 'yes' : null);
  return named || opened;
}
