/** The settings of an installation that are not the operator's: those, the environment holds. */
import { settingsSchema, type Settings } from '../contract/settings.js';
import { route, type Route } from '../platform/routes.js';
import { recordEvent, type Sql } from './events.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';

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
async function writeSettings(manager: Sql, { organisation, openReleases }: Settings): Promise<boolean> {
  const named = await writeSetting(manager, 'organisation', organisation);
  const opened = await writeSetting(manager, 'open-releases', openReleases ? 'yes' : null);
  return named || opened;
}

/** GET and PUT /settings, for administrators. */
export function settingRoutes({ desk, clock }: Room): Route[] {
  const get = route({
    method: 'get',
    path: '/settings',
    access: ['administrator'],
    summary: 'What is set about the installation',
    replies: { 200: { description: 'The settings', schema: settingsSchema } },
    problems: [...signedInProblems, 'not-allowed'],
    handle: async () => ({ status: 200, body: await readSettings(desk) }),
  });
  const put = route({
    method: 'put',
    path: '/settings',
    access: ['administrator'],
    summary: 'Set what is set about the installation',
    body: settingsSchema,
    replies: { 204: { description: 'Set' } },
    problems: [...signedInProblems, 'not-allowed', ...bodyProblems],
    async handle({ body, user }) {
      const organisation = body.organisation?.trim() ?? null;
      await desk.transaction(async (manager) => {
        if (!(await writeSettings(manager, { ...body, organisation }))) return;
        const by = { day: clock.local().day, actor: user?.username ?? '' };
        await recordEvent(manager, { ...by, kind: 'settings-set' });
      });
      return { status: 204 };
    },
  });
  return [get, put];
}
