/** The document under test: its form, and that it has every route and nothing else. */
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { DOCS } from '../../src/contract/api/index.js';
import { problems } from '../../src/contract/problem.js';
import { softwareVersion } from '../../src/platform/project.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { documentOf, nameOf, operationsOf, samplePath, type Document, type Operation } from './operations.js';

let app: TestApp;
let document: Document;
let operations: Operation[];

beforeAll(async () => {
  app = await startApp();
  document = await documentOf(app);
  operations = operationsOf(document);
});
afterAll(() => app.close());

/** Every value in the document, with the path to it. */
function* walk(value: unknown, path: readonly string[] = []): Generator<[readonly string[], unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* walk(child, [...path, key]);
}

const words = /\p{L}{2,}/u;

describe('the document', () => {
  test('is OpenAPI 3.1, of this version, and anybody may read it', async () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Tyst', version: softwareVersion });
    expect(document.info['license']).toMatchObject({ identifier: 'EUPL-1.2' });
    const known = [
      'openapi',
      'info',
      'paths',
      'components',
      'servers',
      'tags',
      'jsonSchemaDialect',
      'security',
    ];
    expect(known).toEqual(expect.arrayContaining(Object.keys(document)));
    await request(app.server)
      .get('/api/v1/openapi.json')
      .expect('Content-Type', /^application\/json/);
  });

  test('refers to nothing that is not in it', () => {
    const refs = [...walk(document)].filter(([path]) => path.at(-1) === '$ref').map(([, ref]) => String(ref));
    expect(refs.length).toBeGreaterThan(operations.length);
    for (const ref of refs) {
      const keys = ref
        .replace(/^#\//, '')
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
      const target = keys.reduce<unknown>(
        (value, key) => (value as Record<string, unknown> | undefined)?.[key],
        document,
      );
      expect([ref, typeof target]).toEqual([ref, 'object']);
    }
  });

  test('says of every operation what it does, who may and what comes back', () => {
    const fields = [
      'operationId',
      'tags',
      'summary',
      'description',
      'security',
      'parameters',
      'requestBody',
      'responses',
      'method',
      'path',
    ];
    for (const operation of operations) {
      const name = nameOf(operation);
      expect([name, fields]).toEqual([name, expect.arrayContaining(Object.keys(operation))]);
      expect(['get', 'put', 'post', 'patch', 'delete']).toContain(operation.method);
      expect([name, operation.summary]).toEqual([name, expect.stringMatching(words)]);
      expect([name, operation.description]).toEqual([
        name,
        expect.stringMatching(/^Who may: [a-z, -]+\.( |$)/),
      ]);
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => /^2\d\d$/.test(status))).toBe(true);
      expect(statuses).toContain('500');
      for (const [status, { description, ...rest }] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2345]\d\d$/);
        expect([name, status, description]).toEqual([name, status, expect.stringMatching(words)]);
        expect(['', 'content']).toContain(Object.keys(rest).join());
        const types = Object.keys(rest.content ?? {});
        if (Number(status) >= 400) expect(types).toEqual(['application/problem+json']);
        if (status === '204' || status === '304') expect(types).toEqual([]);
        for (const type of types) expect(type).toMatch(/^[a-z*]+\/[a-z.+*-]+$/);
      }
    }
  });

  test('says that requests about calls may be filled up, and why', () => {
    const filled = operations.filter(({ description = '' }) =>
      /spaces.* 1,024 bytes.* so that/i.test(description),
    );
    expect(filled.map(nameOf)).toEqual(['DELETE /api/v1/calls/{receipt}', 'PUT /api/v1/calls/{receipt}']);
  });

  test('declares the parameters of every path, and no other', () => {
    for (const operation of operations) {
      const inPath = [...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
      expect(operation.path).not.toContain(':');
      const parameters = operation.parameters ?? [];
      expect(parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name)).toEqual(inPath);
      for (const parameter of parameters) {
        expect(['path', 'query']).toContain(parameter.in);
        expect(parameter).toMatchObject({ required: parameter.in === 'path', schema: { type: 'string' } });
        // What is not as its schema says is refused.
        if (parameter.in === 'query') expect(Object.keys(operation.responses)).toContain('422');
      }
    }
  });

  test('has a schema of each body, closed against unknown fields, and the problems a body can lead to', () => {
    for (const operation of operations) {
      const name = nameOf(operation);
      const taken = ['post', 'put', 'patch'].includes(operation.method);
      expect([name, operation.requestBody !== undefined]).toEqual([name, taken]);
      if (operation.requestBody === undefined) continue;
      expect(operation.requestBody.required).toBe(true);
      expect(Object.keys(operation.requestBody.content)).toEqual(['application/json']);
      const schema = operation.requestBody.content['application/json']?.schema;
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '413', '415', '422']));
    }
  });

  test('asks for a session where one is needed, with the scheme it declares', () => {
    const schemes = Object.keys(document.components.securitySchemes);
    for (const { security, responses, method } of operations) {
      for (const requirement of security ?? []) expect(schemes).toEqual(Object.keys(requirement));
      if (security !== undefined) expect(Object.keys(responses)).toContain('401');
      if (method !== 'get') expect(Object.keys(responses)).toContain('403');
    }
    expect(document.components.securitySchemes['session']).toEqual({
      type: 'apiKey',
      in: 'cookie',
      name: 'tyst_session',
    });
  });

  test('names no problem that does not exist, each with its own words', () => {
    const named = [...JSON.stringify(document).matchAll(/`([a-z-]+)`: ([^;"]+)/g)];
    expect(named.length).toBeGreaterThan(30);
    for (const [, slug = '', title] of named)
      expect([slug, problems[slug as keyof typeof problems].title.en]).toEqual([slug, title]);
  });
});

describe('the routes of the application', () => {
  interface Layer {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    readonly handle?: { readonly stack?: readonly Layer[] };
  }

  /** Every route that Express knows, by the path below its router. */
  function registered(layers: readonly Layer[]): string[] {
    return layers.flatMap(({ route, handle }) =>
      route === undefined
        ? registered(handle?.stack ?? [])
        : [route.path].flat().flatMap((path) =>
            // The entry for every method answers 405.
            Object.keys(route.methods).flatMap((method) =>
              method === '_all' ? [] : [`${method} ${path.replaceAll(/:([a-z]+)/gi, '{$1}')}`],
            ),
          ),
    );
  }

  test('are all in the document, and it has no other; the rest are pages of the web app', async () => {
    const { database, clock } = app;
    const { router } = createApp({ database, clock, log: () => undefined });
    const rest = registered((router as unknown as { stack: Layer[] }).stack);
    for (const { method, path } of operations) {
      const at = rest.indexOf(`${method} ${path}`);
      expect([method, path, at >= 0]).toEqual([method, path, true]);
      rest.splice(at, 1);
    }
    expect(rest).toContain('get /statistics');
    expect(rest).toContain(`get ${DOCS}`);
    for (const route of rest) {
      expect(route).toMatch(/^get \//);
      await request(app.server)
        .get(route.slice(4))
        .expect(200)
        .expect('Content-Type', /^text\/html/);
    }
  });

  test('are there under the paths the document gives', async () => {
    for (const operation of operations) {
      const reply = await request(app.server)[operation.method as 'get'](samplePath(operation));
      expect([nameOf(operation), reply.status]).not.toEqual([nameOf(operation), 405]);
      const missing =
        reply.status === 404 && (reply.body as { type?: unknown }).type === '/problems/not-found';
      // The one public thing that may not be there yet.
      expect([nameOf(operation), missing]).toEqual([
        nameOf(operation),
        operation.path === '/api/v1/release-key',
      ]);
    }
  });
});
