/** The OpenAPI 3.1 document, made from the routes themselves. */
import { z } from 'zod';
import { problems, problemSchema, type ProblemSlug } from '../contract/problem.js';
import type { Route } from './routes.js';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Json;
  return json;
}

const parametersOf = (path: string): Json[] =>
  [...path.matchAll(/:([a-z]+)/gi)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

/** What may stand in the query, as its schema says; none of it has to. */
const queryOf = (query: z.ZodObject | undefined): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema as z.ZodType),
  }));

function repliesOf(route: Route): Json {
  const replies = Object.entries(route.replies).map(([status, { description, schema, contentType }]) => {
    const type = contentType ?? 'application/json';
    const content =
      schema === undefined
        ? contentType === undefined
          ? null
          : { [type]: {} }
        : { [type]: { schema: schemaOf(schema) } };
    return [status, { description, ...(content === null ? {} : { content }) }];
  });
  return Object.fromEntries(replies) as Json;
}

/** Problems by status; a status that several problems share lists them all. */
function problemsOf(slugs: readonly ProblemSlug[]): Json {
  const byStatus = new Map<number, ProblemSlug[]>();
  for (const slug of slugs)
    byStatus.set(problems[slug].status, [...(byStatus.get(problems[slug].status) ?? []), slug]);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      { description: list.map((slug) => `\`${slug}\`: ${problems[slug].title.en}`).join('; '), content },
    ]),
  );
}

function operationOf(route: Route): Json {
  const parameters = [...parametersOf(route.path), ...queryOf(route.query)];
  const roles = typeof route.access === 'string' ? route.access : route.access.join(', ');
  return {
    summary: route.summary,
    description: `Who may: ${roles}.`,
    ...(route.access === 'public' ? {} : { security: [{ session: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } },
        }),
    responses: { ...problemsOf([...route.problems, 'internal']), ...repliesOf(route) },
  };
}

/** The whole document, for the routes below each prefix such as `/api/v1`. */
export function openApiDocument(groups: Readonly<Record<string, readonly Route[]>>, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [prefix, routes] of Object.entries(groups)) {
    for (const route of routes) {
      const path = prefix + route.path.replaceAll(/:([a-z]+)/gi, '{$1}');
      paths[path] = { ...paths[path], [route.method]: operationOf(route) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tyst',
      version,
      description:
        'An anonymous support-line log. Days, months and quarters are those of the installation; times never appear.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'tyst_session' } },
    },
  };
}
