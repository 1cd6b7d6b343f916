/** Reading and changing the settings of an installation. */
import { settingsSchema } from '../contract/settings.js';
import { route, type Route } from '../platform/routes.js';
import { recordEvent } from './events.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';
import { readSettings, writeSettings } from './setting-store.js';

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
