/** Reading and changing the settings of an installation. */
import * as api from '../../contract/api/settings.js';
import { serve, type Route } from '../../platform/routes.js';
import { actorOf, recordEvent } from '../../platform/event-log.js';
import type { DeskDependencies } from '../dependencies.js';
import { readSettings, writeSettings } from './setting-store.js';

/** GET and PUT /settings, for administrators. */
export function settingRoutes({ desk, clock }: DeskDependencies): Route[] {
  const get = serve(api.getSettings, async () => ({ status: 200, body: await readSettings(desk) }));
  const put = serve(api.putSettings, async ({ body, user }) => {
    const organisation = body.organisation?.trim() ?? null;
    await desk.transaction(async (manager) => {
      if (!(await writeSettings(manager, { ...body, organisation }))) return;
      const by = { day: clock.local().day, actor: actorOf(user) };
      await recordEvent(manager, { ...by, kind: 'settings-set' });
    });
    return { status: 204 };
  });
  return [get, put];
}
