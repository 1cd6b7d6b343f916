/** The real application over a fresh database, with people who can sign in; requests go through supertest. */
import type { Server } from 'node:http';
import bcrypt from 'bcrypt';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { monthOfDay, quarterOfMonth } from '../../src/contract/period.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Role } from '../../src/contract/session.js';
import { insertAccount } from '../../src/desk/people/account-store.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { actors } from '../../src/platform/event-log.js';
import { passwordsWith } from '../../src/desk/sign-in/passwords.js';
import { problems, type FieldProblem, type ProblemSlug } from '../../src/contract/problem.js';
import type { Log } from '../../src/platform/log.js';
import type { Reading } from '../../src/platform/standby.js';
import { freshDatabase, standingClock, type TestDatabase } from './database.js';

export const PASSWORD = 'correct horse battery';

/** Real bcrypt at its least cost; what it takes at its real cost is tested in test/desk/passwords.test.ts. */
const cheap = passwordsWith(bcrypt, 4);

export interface TestApp {
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof standingClock>;
  /** An unconnected server: supertest listens on a free loopback port itself. */
  readonly server: Server;
  /** Every line the application logged. */
  readonly logged: string[];
  /** A client that is signed in with a role. */
  readonly as: (role: Role) => Promise<ReturnType<typeof request.agent>>;
  readonly close: () => Promise<void>;
}

interface Beginning {
  /** The database it stands over; a fresh one unless given. */
  readonly database?: TestDatabase;
  /** Where published numbers are read. */
  readonly reading?: Reading;
  /** The size of the line that is chosen for the quarter of installation, where one is. */
  readonly preset?: Preset;
}

/** Starts the application at a moment of local Stockholm time, over a fresh database unless it is given another. */
export async function startApp(
  at = '2026-11-11T12:00:00Z',
  { database: given, reading, preset }: Beginning = {},
): Promise<TestApp> {
  const clock = standingClock(at);
  const database = given ?? (await freshDatabase(clock));
  const logged: string[] = [];
  const log: Log = (event, facts = {}) => {
    logged.push(JSON.stringify({ event, ...facts }));
  };
  const { createServer } = await import('node:http');
  const server = createServer(
    createApp({ database, clock, log, passwords: cheap, ...(reading ? { reading } : {}) }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const passwordHash = await cheap.hash(PASSWORD);
  for (const role of ['handler', 'supervisor', 'administrator'] as const) {
    const by = { day: clock.local().day, actor: actors.commandLine };
    await database.desk.transaction((manager) =>
      insertAccount(manager, { username: role, role, passwordHash }, by),
    );
  }
  if (preset !== undefined) {
    const quarter = quarterOfMonth(monthOfDay(clock.local().day));
    await setPlan(database, quarter, presetPlan(preset), { clock, actor: actors.commandLine });
  }
  const as = async (role: Role) => {
    const agent = request.agent(server);
    await agent.post('/api/v1/session').send({ username: role, password: PASSWORD }).expect(200);
    return agent;
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await database.destroy();
  };
  return { database, clock, server, logged, as, close };
}

/** The shape of a problem reply, for `toMatchObject`. */
export function aProblem(slug: ProblemSlug, errors?: { path: string; code: FieldProblem }[]) {
  return {
    type: `/problems/${slug}`,
    status: problems[slug].status,
    ...(errors === undefined ? {} : { errors }),
  };
}
