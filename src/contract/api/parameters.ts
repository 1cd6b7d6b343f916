/** What stands in the paths of the API: the form of each parameter, and what is answered to what cannot be one. */
import { z } from 'zod';
import { receiptSchema } from '../call.js';
import { organisationIdSchema } from '../directory.js';
import { monthSchema, quarterSchema } from '../period.js';
import type { ProblemSlug } from '../problem.js';
import { usernameSchema } from '../session.js';

export interface Parameter {
  readonly description: string;
  readonly schema: z.ZodType<string>;
  readonly example: string;
  /** Answered to what does not fit. Without it anything may be asked for, and is there or not. */
  readonly unfit?: ProblemSlug;
}

export const parameters = {
  receipt: {
    description: 'Made by the client: 128 random bits in base64url',
    schema: receiptSchema,
    example: 'jwXg1b3K0S7m2y9QpRt4Lw',
    unfit: 'invalid-call',
  },
  quarter: { description: 'A quarter', schema: quarterSchema, example: '2027-Q1', unfit: 'not-found' },
  month: { description: 'A month', schema: monthSchema, example: '2026-10', unfit: 'not-found' },
  organisation: {
    description: 'The id of an organisation in the referral directory',
    schema: organisationIdSchema,
    example: 'exit-fryshuset',
    unfit: 'not-found',
  },
  username: { description: 'Whose account', schema: usernameSchema, example: 'anna', unfit: 'unknown-user' },
  token: { description: 'From a one-time link', schema: z.string(), example: 'A'.repeat(43) },
  period: { description: 'A published month, quarter or year', schema: z.string(), example: '2026-Q3' },
  table: { description: 'A table of the period', schema: z.string(), example: 'concern-top' },
  release: {
    description: 'A quarter or a year; `2026-Q3.r2` for its second revision',
    schema: z.string(),
    example: '2026-Q3',
  },
  file: { description: 'A file of the release', schema: z.string(), example: 'tables.csv' },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

type Named<Name extends string> = Name extends ParameterName
  ? { readonly [Key in Name]: z.output<(typeof parameters)[Name]['schema']> }
  : never;

/** The parameters of a path, by their names, as their schemas read them. */
export type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Named<Name> & ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Named<Name>
    : object;
