/** The vocabulary as it stands: for those who log calls, and for whoever wants to know what can be kept of one. */
import { createHash } from 'node:crypto';
import * as api from '../../contract/api/vocabulary.js';
import { monthOfDay, quarterOfMonth } from '../../contract/period.js';
import { serve, type Route } from '../../platform/routes.js';
import type { DeskDependencies } from '../dependencies.js';
import { readSettings } from '../settings/setting-store.js';
import { vocabularyOf } from './vocabulary.js';

/** GET /vocabulary and GET /about. */
export function vocabularyRoutes({ desk, clock }: DeskDependencies): Route[] {
  const read = vocabularyOf(desk);
  const current = () => read(quarterOfMonth(monthOfDay(clock.local().day)));
  const vocabulary = serve(api.getVocabulary, async () => {
    const body = await current();
    const tag = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
    // Express itself answers 304 when If-None-Match has this tag.
    return {
      status: 200,
      body,
      headers: { ETag: `"${tag}"`, 'Cache-Control': 'private, no-cache' },
    };
  });
  const about = serve(api.getAbout, async () => {
    const { organisation } = await readSettings(desk);
    return { status: 200, body: { vocabulary: await current(), organisation } };
  });
  return [vocabulary, about];
}
