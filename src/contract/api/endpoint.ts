/**
 * What an endpoint of the API is, said once: the server serves it, the OpenAPI document shows it, the web app and the
 * typed client call it. Nothing else knows a path.
 */
import type { z } from 'zod';
import { problems, type ProblemSlug } from '../problem.js';
import type { Role, User } from '../session.js';
import { parameters, type ParameterName, type ParametersOf } from './parameters.js';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** A reply that is not a problem: JSON of a schema, bytes or text of a media type, or nothing. */
export interface ReplyDescription {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** A reply as the document shows it, which the schema takes. */
  readonly example?: unknown;
  /** Where it is not JSON. */
  readonly contentType?: string;
  /** A media type that whoever asks for it gets instead of JSON. */
  readonly orAs?: string;
  /** JSON is sent with spaces after it, up to a multiple of this many bytes. */
  readonly bodyBytes?: number;
  /** The words after the status, where those that are usual would make the reply longer or shorter than another. */
  readonly reason?: string;
}

export interface Endpoint {
  /** A verb and a noun, as the typed client's users say it. */
  readonly operationId: string;
  readonly method: Method;
  /** From the root, with the names of `parameters` as Express writes them: `/api/v1/calls/:receipt`. */
  readonly path: string;
  /** Who may: anybody, anybody signed in, or these roles. */
  readonly access: 'public' | 'signed-in' | readonly Role[];
  readonly summary: string;
  /** What may stand in the address's query; none of it has to. */
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A body as the document shows it, which the schema takes. */
  readonly example?: unknown;
  /** The most bytes a body may have, where it is not 8 KiB. */
  readonly maxBytes?: number;
  /**
   * Clients of ours send a body with spaces after it, up to a multiple of this many bytes, so that its length says nothing
   * (padding.ts). The server takes any length.
   */
  readonly bodyBytes?: number;
  /** The problem that a body that does not fit is answered with, where it is not invalid-request. */
  readonly invalid?: ProblemSlug;
  readonly replies: Readonly<Record<number, ReplyDescription>>;
  /** Its own. Those that follow from access, method, body, query and parameters are derived: `problemsOf`. */
  readonly problems: readonly ProblemSlug[];
}

/** Keeps the literal types of a description, from which those of its requests and replies follow. */
export const endpoint = <const E extends Endpoint>(description: E): E => description;

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type ParamsOf<E extends Endpoint> = ParametersOf<E['path']>;
type ReadBy<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown;
/** The body as the server gets it, read by its schema; undefined where the endpoint takes none. */
export type BodyOf<E extends Endpoint> = 'body' extends keyof E ? ReadBy<E['body']> : undefined;
export type QueryOf<E extends Endpoint> = 'query' extends keyof E ? ReadBy<E['query']> : undefined;

type Admitted<Access> = Access extends 'public'
  ? null
  : Access extends readonly (infer R)[]
    ? User & { readonly role: R }
    : User;
/** Whom an endpoint has before it: nobody that is known, or a user, of one of its roles where it names some. */
export type UserOf<E extends Endpoint> = Admitted<E['access']>;

interface Headers {
  readonly headers?: Readonly<Record<string, string>>;
}
type ReplyAs<Status, Description> = Headers & { readonly status: Status } & (Description extends {
    readonly contentType: string;
  }
    ? { readonly body: string | Uint8Array }
    : Description extends { readonly schema: infer S extends z.ZodType }
      ? {
          readonly body:
            DeepReadonly<z.input<S>> | (Description extends { readonly orAs: string } ? string : never);
        }
      : { readonly body?: undefined });

/** What a handler may answer with. */
export type ReplyOf<E extends Endpoint> = {
  [Status in keyof E['replies']]: ReplyAs<Status, E['replies'][Status]>;
}[keyof E['replies']];

type JsonAs<Description> = Description extends { readonly contentType: string }
  ? never
  : Description extends { readonly schema: infer S extends z.ZodType }
    ? z.output<S>
    : undefined;

/** What a client gets, where it is not a problem: JSON, or nothing. */
export type ResultOf<E extends Endpoint> = {
  [Status in keyof E['replies'] & (200 | 201 | 204)]: JsonAs<E['replies'][Status]>;
}[keyof E['replies'] & (200 | 201 | 204)];

type GivenFor<Schema> = Schema extends z.ZodType ? DeepReadonly<z.input<Schema>> : unknown;

/** What an address is made of: the parameters of its path, and what may stand in its query. */
export type AddressOf<E extends Endpoint> = (string extends E['path']
  ? { readonly params?: object | undefined }
  : E['path'] extends `${string}:${string}`
    ? { readonly params: { readonly [Name in keyof ParamsOf<E>]: string } }
    : { readonly params?: undefined }) & {
  readonly query?: ('query' extends keyof E ? GivenFor<E['query']> : undefined) | undefined;
};

/** What a client gives: what the address is made of, and a body where the endpoint takes one. */
export type InputOf<E extends Endpoint> = AddressOf<E> &
  ('body' extends keyof E ? { readonly body: GivenFor<E['body']> } : { readonly body?: undefined });

/** The names of the parameters in a path, in their order. */
export const parameterNames = (path: string): ParameterName[] =>
  [...path.matchAll(/:([a-z]+)/gi)].map(([, name = '']) => name as ParameterName);

/** Every problem that an endpoint can answer with: those that follow from what it is, its own, and our own faults. */
export function problemsOf({
  access,
  method,
  body,
  invalid,
  query,
  path,
  problems: own,
}: Endpoint): ProblemSlug[] {
  const unfit = parameterNames(path).flatMap((name) => {
    const parameter = parameters[name];
    return 'unfit' in parameter ? [parameter.unfit] : [];
  });
  const derived: ProblemSlug[] = [
    ...(access === 'public' ? [] : (['not-signed-in', 'unavailable'] as const)),
    ...(typeof access === 'string' ? [] : (['not-allowed'] as const)),
    ...(method === 'get' ? [] : (['cross-origin'] as const)),
    ...(body === undefined ? [] : (['malformed-json', 'wrong-content-type', 'too-large'] as const)),
    ...(body === undefined ? [] : [invalid ?? 'invalid-request']),
    ...(query === undefined ? [] : (['invalid-request'] as const)),
    ...unfit,
  ];
  const all = new Set([...derived, ...own, 'internal' as const]);
  return [...all].sort((a, b) => problems[a].status - problems[b].status);
}
