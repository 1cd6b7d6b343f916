/** The OpenAPI 3.1 document, made from the endpoints themselves. */
import { z } from 'zod';
import {
  parameterNames,
  problemsOf,
  type Endpoint,
  type ReplyDescription,
} from '../contract/api/endpoint.js';
import type { Subject } from '../contract/api/index.js';
import { parameters } from '../contract/api/parameters.js';
import { problems, problemSchema, type ProblemSlug } from '../contract/problem.js';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Json;
  return json;
}

const parametersOf = (path: string): Json[] =>
  parameterNames(path).map((name) => {
    const { description, schema, example } = parameters[name];
    return { name, in: 'path', required: true, description, schema: schemaOf(schema), example };
  });

/** What may stand in the query, as its schema says; none of it has to. */
const queryOf = (query: z.ZodObject | undefined): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema as z.ZodType),
  }));

function contentOf({ schema, contentType, orAs }: ReplyDescription): Json | null {
  if (contentType !== undefined) return { [contentType]: { schema: { type: 'string' } } };
  if (schema === undefined) return null;
  const json = { 'application/json': { schema: schemaOf(schema) } };
  return orAs === undefined ? json : { ...json, [orAs]: { schema: { type: 'string' } } };
}

function repliesOf({ replies }: Endpoint): Json {
  return Object.fromEntries(
    Object.entries(replies).map(([status, reply]) => {
      const content = contentOf(reply);
      return [status, { description: reply.description, ...(content === null ? {} : { content }) }];
    }),
  );
}

/** Problems by status; a status that several problems share lists them all. */
function answersOf(slugs: readonly ProblemSlug[]): Json {
  const byStatus = new Map<number, ProblemSlug[]>();
  for (const slug of slugs)
    byStatus.set(problems[slug].status, [...(byStatus.get(problems[slug].status) ?? []), slug]);
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map((slug) => `\`${slug}\`: ${problems[slug].title.en}`).join('; '),
        content: {
          'application/problem+json': {
            schema,
            examples: Object.fromEntries(list.map((slug) => [slug, { value: exampleOf(slug) }])),
          },
        },
      },
    ]),
  );
}

/** A problem as it is answered in English; what is wrong where is left to the reply itself. */
const exampleOf = (slug: ProblemSlug): Json => {
  const { status, title, detail } = problems[slug];
  return { type: `/problems/${slug}`, title: title.en, status, detail: detail.en };
};

function operationOf(endpoint: Endpoint, tag: string): Json {
  const { operationId, summary, access, path, query, body, example } = endpoint;
  const parameters = [...parametersOf(path), ...queryOf(query)];
  const roles = typeof access === 'string' ? access : access.join(', ');
  return {
    operationId,
    tags: [tag],
    summary,
    description: `Who may: ${roles}.`,
    ...(access === 'public' ? {} : { security: [{ session: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body), example } },
          },
        }),
    responses: { ...answersOf(problemsOf(endpoint)), ...repliesOf(endpoint) },
  };
}

/** The whole document. */
export function openApiDocument(subjects: readonly Subject[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const { name, endpoints } of subjects) {
    for (const endpoint of endpoints) {
      const path = endpoint.path.replaceAll(/:([a-z]+)/gi, '{$1}');
      paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint, name) };
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
      contact: { name: 'Whoever runs this installation' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    tags: subjects.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'tyst_session' } },
    },
  };
}
