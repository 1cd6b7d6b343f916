/** A schema in words: what a value may be, and the fields of an object one by one. */
import { html, type Html } from '../html.js';
import type { Schema } from '../openapi.js';

/** A schema; one that says nothing where there is none. */
const schemaIn = (given: Schema['items']): Schema =>
  typeof given === 'object' && !Array.isArray(given) ? given : {};

const isSafe = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

const amount = (bound: number): string => bound.toLocaleString('en');

/** "1 to 64", "at least 1", "at most 64"; null where nothing is said. */
function between(least: number | undefined, most: number | undefined): string | null {
  if (isSafe(least) && isSafe(most))
    return least === most ? amount(least) : `${amount(least)} to ${amount(most)}`;
  if (isSafe(most)) return `at most ${amount(most)}`;
  return isSafe(least) ? `at least ${amount(least)}` : null;
}

const list = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(', ');

function textOf({ minLength, maxLength, format, pattern }: Schema): string {
  const length = between(minLength, maxLength);
  return list([
    format === 'date' ? 'day' : 'text',
    length === null ? null : `${length} characters`,
    pattern === undefined || format !== undefined ? null : `of the form ${pattern}`,
  ]);
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }: Schema): string {
  return list([
    type === 'integer' ? 'whole number' : 'number',
    between(minimum, maximum),
    typeof exclusiveMinimum === 'number' ? `above ${amount(exclusiveMinimum)}` : null,
  ]);
}

function arrayOf({ items, minItems, maxItems }: Schema): string {
  const size = between(minItems, maxItems);
  return list([`list, each ${typeOf(schemaIn(items))}`, size === null ? null : `${size} of them`]);
}

function objectOf({ properties, additionalProperties }: Schema): string {
  if (properties !== undefined) return 'object';
  const values = schemaIn(additionalProperties);
  return Object.keys(values).length === 0 ? 'object' : `object, in which each value is ${typeOf(values)}`;
}

const byType: Readonly<Partial<Record<string, (schema: Schema) => string>>> = {
  string: textOf,
  number: numberOf,
  integer: numberOf,
  array: arrayOf,
  object: objectOf,
  boolean: () => 'true or false',
  null: () => 'null',
};

/** What a value of a schema may be, with its limits. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(', or ');
  const say = typeof schema.type === 'string' ? byType[schema.type] : undefined;
  return say?.(schema) ?? 'anything';
}

/** The objects that a value of a schema is or holds, through lists and choices. */
function objectsIn(schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(objectsIn);
  if (schema.items !== undefined) return objectsIn(schemaIn(schema.items));
  if (schema.properties !== undefined) return [schema];
  return schema.additionalProperties === undefined ? [] : objectsIn(schemaIn(schema.additionalProperties));
}

function field(name: string, schema: Schema, required: boolean): Html {
  return html`<li>
    <code class="name">${name}</code>
    ${required ? html`<span class="required">required</span>` : html`<span class="soft">optional</span>`}
    <span class="type">${typeOf(schema)}</span>
    ${fieldsOf(schema)}
  </li>`;
}

/** The fields of the objects in a schema, with those in them; null where there are none. */
export function fieldsOf(schema: Schema): Html | null {
  const fields = objectsIn(schema).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([name, type]) => field(name, schemaIn(type), required.includes(name))),
  );
  return fields.length === 0
    ? null
    : html`<ul class="fields">
        ${fields}
      </ul>`;
}
