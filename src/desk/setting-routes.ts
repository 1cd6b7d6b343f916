/** The settings of an installation that are not the operator's: those, the environment holds. */
import { settingsSchema, type Settings } from '../contract/settings.js';
import { route, type Route } from '../platform/routes.js';
import { recordEvent, type Sql } from './events.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';

/** The settings as they stand. */
export async function readSettings(desk: Sql): Promise<Settings> {
  const [row]: { value: string }[] = await desk.query(
    `SELECT value FROM desk.setting WHERE name = 'organisation'`,
  );
  return { organisation: row?.value ?? null };
}

/** Writes the settings; whether anything is other than it was. */
async function writeSettings(manager: Sql, { organisation }: Settings): Promise<boolean> {
  if (organisation === null) {
    const [, gone]: [unknown, number] = await manager.query(
      `DELETE FROM desk.setting WHERE name = 'organisation'`,
    );
    return gone > 0;
  }
  const written: unknown[] = await manager.query(
    `INSERT INTO desk.setting AS known (name, value) VALUES ('organisation', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE known.value <> excluded.value
     RETURNING name`,
    [organisation],
  );
  return written.length > 0;
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
        if (!(await writeSettings(manager, { organisation }))) return;
        const by = { day: clock.local().day, actor: user?.username ?? '' };
        await recordEvent(manager, { ...by, kind: 'settings-set' });
      });
      return { status: 204 };
    },
  });
  return [get, put];
}
