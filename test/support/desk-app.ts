/** The desk's routes as the server mounts them, and accounts to sign in with. */
import bcrypt from 'bcrypt';
import express, { type ErrorRequestHandler, type Express } from 'express';
import request, { type Response } from 'supertest';
import type { DataSource } from 'typeorm';
import type { Role } from '../../src/contract/session.js';
import { askedUnder } from '../../src/contract/counted.js';
import type { Plan } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { GivenDependencies } from '../../src/desk/dependencies.js';
import { vocabularyOf } from '../../src/desk/planning/vocabulary.js';
import { vocabularyRoutes } from '../../src/desk/planning/vocabulary-routes.js';
import { deskRoutes } from '../../src/desk/routes.js';
import { passwordsWith, type Passwords } from '../../src/desk/sign-in/passwords.js';
import { authenticate } from '../../src/desk/sign-in/session.js';
import { sendProblem, toProblem } from '../../src/platform/problems.js';
import { guardedRouter } from '../../src/platform/routes.js';

/** Real bcrypt at its least cost; what it takes at its real cost is tested in test/desk/passwords.test.ts. */
const CHEAP = 4;

export const PASSWORD = 'en lång och god lösenfras';
export const SESSION = '/api/v1/session';
export const VOCABULARY = '/api/v1/vocabulary';

/** Cheap passwords that note at what cost each comparison was made. */
export function countingPasswords(): Passwords & { readonly costs: number[] } {
  const costs: number[] = [];
  const compare = (data: string | Buffer, stored: string): Promise<boolean> => {
    costs.push(bcrypt.getRounds(stored));
    return bcrypt.compare(data, stored);
  };
  const counting = { hash: bcrypt.hash, compare: compare as typeof bcrypt.compare };
  return { ...passwordsWith(counting, CHEAP), costs };
}

/** `plan`: of every quarter; nothing here reads those that are stored. */
export function deskApp({
  plan = presetPlan('large'),
  ...options
}: GivenDependencies & { plan?: Plan }): Express {
  const app = express();
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  const { desk, clock } = options;
  const vocabularyIn = vocabularyOf(desk);
  const routes = [
    ...deskRoutes({ passwords: passwordsWith(bcrypt, CHEAP), ...options }),
    ...vocabularyRoutes({
      desk,
      clock,
      askedOf: async (quarter) => askedUnder(plan, await vocabularyIn(quarter)),
    }),
  ];
  app.use(guardedRouter(routes, authenticate(desk, clock)));
  const answerErrors: ErrorRequestHandler = (error, incoming, response, _next) => {
    const { slug, extras } = toProblem(error);
    sendProblem(incoming, response, slug, extras);
  };
  app.use(answerErrors);
  return app;
}

interface AccountParts {
  readonly role: Role;
  readonly password: string | null;
  readonly locale: 'sv' | 'en';
  readonly disabled: boolean;
}

/** Puts an account in the database; its password is `PASSWORD` unless another, or null, is given. */
export async function anAccount(
  desk: DataSource,
  username: string,
  { role = 'handler', password = PASSWORD, locale = 'sv', disabled = false }: Partial<AccountParts> = {},
): Promise<void> {
  const hash = password === null ? null : await passwordsWith(bcrypt, CHEAP).hash(password);
  await desk.query(
    'INSERT INTO desk.account (username, role, password_hash, locale, disabled) VALUES ($1, $2, $3, $4, $5)',
    [username, role, hash, locale, disabled],
  );
}

export function signIn(app: Express, username: string, password = PASSWORD): request.Test {
  return request(app).post(SESSION).send({ username, password });
}

/** The whole Set-Cookie header of a reply, which has one. */
export function setCookie(response: Response): string {
  const header: unknown = response.headers['set-cookie'];
  if (!Array.isArray(header) || header.length !== 1 || typeof header[0] !== 'string')
    throw new Error(`The reply sets ${Array.isArray(header) ? header.length.toString() : 'no'} cookies.`);
  return header[0];
}

/** The Cookie header a browser would send after a sign-in. */
export const cookieOf = (response: Response): string => setCookie(response).split(';')[0] ?? '';

/** Signs in and gives the Cookie header. */
export async function cookieFor(app: Express, username: string): Promise<string> {
  return cookieOf(await signIn(app, username).expect(200));
}
