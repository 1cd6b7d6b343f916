/** The OpenAPI 3.1 document, made from the endpoints themselves. */
import { z } from 'zod';
import {
  parameterNames,
  problemsOf,
  type Endpoint,
  type Method,
  type ReplyDescription,
} from '../contract/api/endpoint.js';
import type { Subject } from '../contract/api/index.js';
import { parameters } from '../contract/api/parameters.js';
import { problems, problemSchema, type ProblemSlug } from '../contract/problem.js';

export type Schema = z.core.JSONSchema.JSONSchema;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: string;
}

/** A form that a body or a reply has; a status that several problems share has an example of each, by its slug. */
interface MediaType {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: z.infer<typeof problemSchema> }>>;
}
export type Content = Readonly<Record<string, MediaType>>;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

export type OpenApi = ReturnType<typeof openApiDocument>;

/** A schema as what is sent has it (`input`), or as what comes back has it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any', io });
  return json;
}

const parametersOf = (path: string): Parameter[] =>
  parameterNames(path).map((name) => {
    const { description, schema, example } = parameters[name];
    return { name, in: 'path', required: true, description, schema: schemaOf(schema, 'input'), example };
  });

/** What may stand in the query, as its schema says; none of it has to. */
const queryOf = (query: z.ZodObject | undefined): Parameter[] =>
  Object.entries(query?.shape ?? {}).map(([name, type]) => {
    const { description = '', ...schema } = schemaOf(type as z.ZodType, 'input');
    return { name, in: 'query', required: false, description, schema };
  });

const ofExample = (example: unknown) => (example === undefined ? {} : { example });

function contentOf({ schema, contentType, orAs, example }: ReplyDescription): Content | null {
  if (contentType !== undefined)
    return { [contentType]: { schema: { type: 'string' }, ...ofExample(example) } };
  if (schema === undefined) return null;
  const json: Content = {
    'application/json': { schema: schemaOf(schema, 'output'), ...ofExample(example) },
  };
  return orAs === undefined ? json : { ...json, [orAs]: { schema: { type: 'string' } } };
}

function repliesOf({ replies }: Endpoint): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(replies).map(([status, reply]) => {
      const content = contentOf(reply);
      return [status, { description: reply.description, ...(content === null ? {} : { content }) }];
    }),
  );
}

/** Problems by status; a status that several problems share lists them all. */
function answersOf(slugs: readonly ProblemSlug[]): Operation['responses'] {
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
function exampleOf(slug: ProblemSlug): z.infer<typeof problemSchema> {
  const { status, title, detail } = problems[slug];
  return { type: `/problems/${slug}`, title: title.en, status, detail: detail.en };
}

/** Why a body may be longer than it has to be; nothing where ours are as long as what they say. */
function paddingOf({ body, bodyBytes }: Endpoint): string {
  if (bodyBytes === undefined) return '';
  const bytes = `${bodyBytes.toLocaleString('en')} bytes`;
  return body === undefined
    ? ` No body is needed, and none is read; Tyst's own pages send {} and spaces, ${bytes} in all, so that its length says nothing.`
    : ` Spaces after the JSON are welcome; Tyst's own pages fill the body up with them to ${bytes}, so that its length says nothing.`;
}

function operationOf(endpoint: Endpoint, tag: string): Operation {
  const { operationId, summary, access, path, query, body, example } = endpoint;
  const given = [...parametersOf(path), ...queryOf(query)];
  const roles = typeof access === 'string' ? access : access.join(', ');
  return {
    operationId,
    tags: [tag],
    summary,
    description: `Who may: ${roles}.${paddingOf(endpoint)}`,
    ...(access === 'public' ? {} : { security: [{ session: [] }] }),
    ...(given.length === 0 ? {} : { parameters: given }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input'), ...ofExample(example) } },
          },
        }),
    responses: { ...answersOf(problemsOf(endpoint)), ...repliesOf(endpoint) },
  };
}

/** The whole document. */
export function openApiDocument(subjects: readonly Subject[], version: string) {
  const paths: Record<string, Partial<Record<Method, Operation>>> = {};
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
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'tyst_session' } },
    },
  };
}
