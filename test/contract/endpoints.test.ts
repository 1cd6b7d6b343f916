/** Each endpoint is described whole, its examples are true, and no path of the API stands anywhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterNames, problemsOf, type Endpoint } from '../../src/contract/api/endpoint.js';
import { subjects } from '../../src/contract/api/index.js';
import { parameters, type Parameter } from '../../src/contract/api/parameters.js';
import { problems } from '../../src/contract/problem.js';
import { projectRoot } from '../../src/platform/project.js';
import { describe, expect, test } from '../support/jest.js';

const endpoints = subjects.flatMap((subject) => subject.endpoints);
const named = endpoints.map((endpoint): [string, Endpoint] => [endpoint.operationId, endpoint]);

test('there are all of them, each under one name', () => {
  expect(endpoints.length).toBeGreaterThan(40);
  expect(new Set(named.map(([name]) => name)).size).toBe(endpoints.length);
  expect(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length);
});

describe.each(named)('%s', (name, endpoint) => {
  test('has a name that a program can use, and says what it does', () => {
    expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)+$|^signIn$|^signOut$/);
    expect(endpoint.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  test('has an example of its body, which its own schema takes', () => {
    expect(endpoint.example !== undefined).toBe(endpoint.body !== undefined);
    if (endpoint.body !== undefined) expect(endpoint.body.safeParse(endpoint.example).error).toBeUndefined();
  });

  test('has an example of each parameter of its path and of its query', () => {
    for (const parameter of parameterNames(endpoint.path)) {
      const { schema, example }: Parameter = parameters[parameter];
      expect([parameter, schema.safeParse(example).error]).toEqual([parameter, undefined]);
    }
    for (const [parameter, schema] of Object.entries(endpoint.query?.shape ?? {})) {
      const { description, examples } =
        (schema as { meta: () => Record<string, unknown> | undefined }).meta() ?? {};
      expect([parameter, description]).toEqual([parameter, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      const [example] = examples as unknown[];
      expect(endpoint.query?.safeParse({ [parameter]: example }).error).toBeUndefined();
    }
  });

  test('has an example of what comes back, which its own schema takes', () => {
    for (const { schema, example, contentType } of Object.values(endpoint.replies)) {
      // Of any type, and the document itself.
      if (schema === undefined || contentType === '*/*' || name === 'getOpenApi') continue;
      expect([name, example]).not.toEqual([name, undefined]);
      expect(schema.safeParse(example).error).toBeUndefined();
    }
  });

  test('names as its own no problem that follows from what it is', () => {
    const derived = problemsOf({ ...endpoint, problems: [] });
    expect(endpoint.problems.filter((slug) => derived.includes(slug))).toEqual([]);
    expect(problemsOf(endpoint).every((slug) => slug in problems)).toBe(true);
  });
});

test('in src, no path of the API stands outside src/contract/api', () => {
  const sources = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(tsx?|html)$/.test(name));
  const paths = [...new Set(endpoints.map(({ path }) => path))];
  const holding = (name: string) => {
    const text = readFileSync(join(projectRoot, 'src', name), 'utf8');
    return /\/api\/(v\d|docs)/.test(text) || paths.some((path) => text.includes(`'${path}'`));
  };
  const found = sources.filter(holding);
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((name) => !name.startsWith('contract/api/'))).toEqual([]);
});
