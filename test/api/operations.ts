/** The operations of the OpenAPI document as the running application gives it, and requests for them. */
import request from 'supertest';
import { parameters, type ParameterName } from '../../src/contract/api/parameters.js';
import type { Role } from '../../src/contract/session.js';
import { hashOfToken, newToken } from '../../src/desk/sign-in/token.js';
import type { TestApp } from '../support/app.js';
import { aReceipt } from '../support/calls.js';

export interface MediaType {
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly example?: object;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

export interface Operation {
  readonly method: string;
  /** As in the document: `/api/v1/calls/{receipt}`. */
  readonly path: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: object;
    readonly example?: string;
    readonly description?: string;
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

/** A value of the form that a path parameter has; each call has a receipt of its own. */
export const sampleParameter = (name: string): string =>
  name === 'receipt' ? aReceipt() : parameters[name as ParameterName].example;

/** The path with its parameters filled in. */
export const samplePath = ({ path }: Pick<Operation, 'path'>): string =>
  path.replaceAll(/\{([a-z]+)\}/gi, (_, name: string) => sampleParameter(name));

/** A body that the operation accepts as to its form: the document's own example. */
export function sampleBody({ requestBody, ...operation }: Operation): object {
  const example = requestBody?.content['application/json']?.example;
  if (example === undefined) throw new Error(`${nameOf(operation)} shows no example of a body.`);
  return example;
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
