/** The operations of the OpenAPI document as the running application gives it, and requests for them. */
import request from 'supertest';
import type { Role } from '../../src/contract/session.js';
import { hashOfToken, newToken } from '../../src/desk/token.js';
import type { TestApp } from '../support/app.js';
import { aConversation, aReceipt } from '../support/calls.js';

export interface MediaType {
  readonly schema?: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly method: string;
  /** As in the document: `/api/v1/calls/{receipt}`. */
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: object;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, MediaType>> }>
  >;
}

export interface Document {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

export async function documentOf({ server }: Pick<TestApp, 'server'>): Promise<Document> {
  return (await request(server).get('/api/v1/openapi.json').expect(200)).body as Document;
}

export const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );

export const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;

/** A value for each path parameter, of the form its route expects. */
const parameters: Readonly<Record<string, () => string>> = {
  receipt: aReceipt,
  token: () => 'A'.repeat(43),
  period: () => '2026-Q3',
  table: () => 'concern-top',
  quarter: () => '2027-Q1',
  organisation: () => 'exit-fryshuset',
  month: () => '2026-10',
  release: () => '2026-Q3',
  file: () => 'tables.csv',
  username: () => 'nobody',
};

export function sampleParameter(name: string): string {
  const make = parameters[name];
  if (make === undefined) throw new Error(`Give the parameter ${name} a value in operations.ts.`);
  return make();
}

/** The path with its parameters filled in. */
export const samplePath = ({ path }: Pick<Operation, 'path'>): string =>
  path.replaceAll(/\{([a-z]+)\}/gi, (_, name: string) => sampleParameter(name));

const bodies: Readonly<Record<string, () => object>> = {
  'POST /api/v1/session': () => ({ username: 'nobody', password: 'not the password', code: '000000' }),
  'PATCH /api/v1/session': () => ({ locale: 'sv' }),
  'PUT /api/v1/session/password': () => ({
    password: 'not the password',
    newPassword: 'another long password',
  }),
  'POST /api/v1/session/two-factor': () => ({ password: 'not the password' }),
  'PUT /api/v1/session/two-factor': () => ({ code: '000000' }),
  'POST /api/v1/session/two-factor/removal': () => ({ password: 'not the password' }),
  'POST /api/v1/session/two-factor/recovery-codes': () => ({ password: 'not the password' }),
  'POST /api/v1/users': () => ({ username: 'somebody', role: 'handler' }),
  'PATCH /api/v1/users/{username}': () => ({ role: 'handler', disabled: false, resetTwoFactor: true }),
  'POST /api/v1/invitations': () => ({ username: 'nobody' }),
  // Of the right form, and far too little to take effect.
  'PUT /api/v1/vocabulary/next': () => ({
    quarter: '2027-Q1',
    dimensions: [
      {
        id: 'kind',
        applies: 'all',
        required: true,
        max: 1,
        layout: 'flat',
        label: { sv: 'Typ', en: 'Kind' },
        codes: [{ id: 'silent', parent: 'none', retired: true, label: { sv: 'Tyst', en: 'Silent' } }],
      },
    ],
  }),
  'PUT /api/v1/settings': () => ({ organisation: 'Linjen', openReleases: false }),
  'POST /api/v1/invitations/{token}': () => ({ password: 'correct horse battery', locale: 'en' }),
  'PUT /api/v1/calls/{receipt}': () => ({ answers: aConversation(), month: '2026-11' }),
  'PUT /api/v1/directory/{organisation}': () => ({
    name: 'Exit',
    referral: 'exit',
    counties: ['SE311'],
    municipalities: ['1780'],
    telephone: '010-000 00 00',
    web: 'https://exit.example',
    hours: '00–24',
    languages: ['sv'],
    needs: ['leave'],
    verifiedOn: '2026-11-01',
  }),
  'PUT /api/v1/plan/{quarter}': () => ({ preset: 'small', rho: 0.5 }),
  'PUT /api/v1/unanswered/{month}': () => ({ calls: 12 }),
  'POST /api/v1/releases': () => ({
    period: '2026-Q3',
    reason: 'A wrong label',
    foreword: { sv: 'Ett förord.', en: 'A foreword.' },
  }),
  // A file without rows.
  'POST /api/v1/imports': () => ({ file: 'bW9udGgK', dryRun: true, drop: ['notes'] }),
};

/** A body that the operation accepts as to its form. */
export function sampleBody(operation: Operation): object {
  const make = bodies[nameOf(operation)];
  if (make === undefined) throw new Error(`Give ${nameOf(operation)} a body in operations.ts.`);
  return make();
}

/** The Cookie header of somebody who has just signed in. */
export async function aSession({ database, clock }: TestApp, role: Role): Promise<string> {
  const token = newToken();
  const ends = new Date(clock.now().getTime() + 3_600_000);
  await database.owner.query(
    'INSERT INTO desk.session (token_hash, username, renew_before, ends_at) VALUES ($1, $2, $3, $3)',
    [hashOfToken(token), role, ends],
  );
  return `tyst_session=${token}`;
}
