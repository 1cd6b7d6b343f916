/** Whether the process runs, whether the installation can do its work, and why not. None of it moves a counter. */
import * as api from './contract/api/process.js';
import { unreadyFor, type UnreadyReason } from './contract/readiness.js';
import { isOpen } from './intake/store.js';
import type { Clock } from './platform/clock.js';
import { untilAnswered, type WebDatabase } from './platform/database.js';
import { readBegunAnew, readKept } from './platform/installation-store.js';
import { ProblemError } from './platform/problems.js';
import { serve, type Route } from './platform/routes.js';

interface HealthDependencies {
  readonly database: WebDatabase;
  readonly clock: Clock;
}

async function readUnready({ database, clock }: HealthDependencies): Promise<UnreadyReason[]> {
  const { intake, reader } = database;
  const [intakeOpen, kept] = await Promise.all([isOpen(intake), readKept(reader)]);
  return unreadyFor({ intakeOpen, kept }, clock.local());
}

/** GET /health/live and /health/ready for anybody, and GET /status for administrators. */
export function healthRoutes(dependencies: HealthDependencies): Route[] {
  const { reader, desk } = dependencies.database;
  const live = serve(api.getLive, () => Promise.resolve({ status: 200, body: { status: 'ok' } }));
  const ready = serve(api.getReady, async () => {
    const [unready] = await Promise.all([readUnready(dependencies), untilAnswered(desk)]);
    if (unready.length === 0) return { status: 200, body: { status: 'ok' } };
    const errors = unready.map((code) => ({ path: '', code }));
    // Whatever it is, the keeper looks again within half a minute.
    throw new ProblemError('not-ready', { errors, headers: { 'Retry-After': '30' } });
  });
  const status = serve(api.getStatus, async () => {
    const [unready, begunAnew] = await Promise.all([
      readUnready(dependencies),
      readBegunAnew(reader, 'unpublished'),
    ]);
    return { status: 200, body: { unready, begunAnew } };
  });
  return [live, ready, status];
}
