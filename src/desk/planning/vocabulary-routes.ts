/** The vocabulary and what is asked of it: for those who log calls, and for whoever wants to know what can be kept of one. */
import { createHash } from 'node:crypto';
import * as api from '../../contract/api/vocabulary.js';
import { monthOfDay, quarterOfMonth, takesCalls } from '../../contract/period.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { readSettings } from '../settings/setting-store.js';
import type { AskedOf } from './asked.js';

interface VocabularyDependencies {
  readonly desk: Database;
  readonly clock: Clock;
  readonly askedOf: AskedOf;
}

/** GET /vocabulary and GET /about. */
export function vocabularyRoutes({ desk, clock, askedOf }: VocabularyDependencies): Route[] {
  const current = () => monthOfDay(clock.local().day);
  const vocabulary = serve(api.getVocabulary, async ({ query: { month = current() } }) => {
    if (!takesCalls(month, current()))
      throw new ProblemError('invalid-request', { errors: [{ path: 'month', code: 'closed-period' }] });
    const body = await askedOf(quarterOfMonth(month));
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
    const asked = await askedOf(quarterOfMonth(current()));
    return { status: 200, body: { vocabulary: asked, organisation } };
  });
  return [vocabulary, about];
}
