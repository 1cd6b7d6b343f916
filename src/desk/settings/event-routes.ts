/** Reading the event log. */
import * as api from '../../contract/api/settings.js';
import { serve, type Route } from '../../platform/routes.js';
import type { DeskDependencies } from '../dependencies.js';
import { readEvents } from './event-store.js';

/** GET /events, for administrators. */
export function eventRoutes({ desk }: DeskDependencies): Route[] {
  const list = serve(api.listEvents, async ({ query }) => ({
    status: 200,
    body: await readEvents(desk, query),
  }));
  return [list];
}
