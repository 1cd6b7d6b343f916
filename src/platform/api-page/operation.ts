/** One operation on the page of the API: what it takes, what comes back, and what can go wrong. */
import { html, type Html } from '../html.js';
import type { Content, Operation, Parameter } from '../openapi.js';
import { fieldsOf, typeOf } from './fields.js';

/** An operation with its place in the document. */
export interface Placed extends Operation {
  readonly method: string;
  readonly path: string;
}

/** What stands in a problem's example, with its slug. */
export interface NamedProblem {
  readonly slug: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

export const problemAnchor = (slug: string): string => `problem-${slug}`;

/** The problems that an operation can be answered with, by status. */
export const problemsIn = ({ responses }: Operation): NamedProblem[] =>
  Object.values(responses)
    .flatMap(({ content = {} }) => Object.values(content))
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .map(([slug, { value }]) => ({ slug, ...value }));

const isProblem = (content: Content): boolean =>
  Object.values(content).some(({ examples }) => examples !== undefined);

const shown = (example: unknown): string =>
  typeof example === 'string' ? example : JSON.stringify(example, null, 2);

function examplesOf(content: Content): Html[] {
  return Object.entries(content).flatMap(([type, { example }]) =>
    example === undefined
      ? []
      : [
          html`<figure>
            <figcaption>${type}</figcaption>
            <pre><code>${shown(example)}</code></pre>
          </figure>`,
        ],
  );
}

/** Each media type, with the fields of what is in it. */
function formsOf(content: Content): Html[] {
  return Object.entries(content).map(([type, { schema }]) => {
    const fields = fieldsOf(schema);
    return html`<p><code>${type}</code>${fields === null ? null : `: ${typeOf(schema)}`}</p>
      ${fields}`;
  });
}

function parameterOf({ name, in: place, required, description = '', schema, example }: Parameter): Html {
  const [first = example] = schema.examples ?? [];
  return html`<li>
    <code class="name">${name}</code>
    ${required ? html`<span class="required">required</span>` : html`<span class="soft">optional</span>`}
    <span class="type">in the ${place}: ${typeOf(schema)}</span>
    <span class="what"
      >${description}${typeof first !== 'string' ? null : html`, such as <code>${first}</code>`}</span
    >
  </li>`;
}

/** A part of an operation, with its examples beside it. */
const part = (title: Html | string, content: Html | readonly Html[], examples: readonly Html[] = []): Html =>
  html`<div class="part">
    <div>
      <h4>${title}</h4>
      ${content}
    </div>
    ${examples.length === 0 ? null : html`<div class="examples">${examples}</div>`}
  </div>`;

const replyOf = (status: string, { description, content = {} }: Operation['responses'][string]): Html =>
  part(html`<span class="status">${status}</span> ${description}`, formsOf(content), examplesOf(content));

/** The path, with its parameters told apart. */
const pathOf = (path: string): Html[] =>
  path
    .split(/(\{\w+\})/)
    .map((text) => (text.startsWith('{') ? html`<span class="parameter">${text}</span>` : html`${text}`));

/** A whole operation, at an anchor of its name. */
export function operationSection(operation: Placed): Html {
  const { operationId, method, path, summary, description, parameters, requestBody, responses } = operation;
  const good = Object.entries(responses).filter(([, { content = {} }]) => !isProblem(content));
  return html`<section class="operation" aria-labelledby="${operationId}">
    <h3 id="${operationId}">
      <a href="#${operationId}">
        <span class="method ${method}">${method.toUpperCase()}</span> <code>${pathOf(path)}</code>
      </a>
    </h3>
    <p>${summary}.</p>
    <p class="soft">${description} <code>${operationId}</code></p>
    ${
      parameters === undefined
        ? null
        : part(
            'Parameters',
            html`<ul class="fields">
              ${parameters.map(parameterOf)}
            </ul>`,
          )
    }
    ${
      requestBody === undefined
        ? null
        : part('Body', formsOf(requestBody.content), examplesOf(requestBody.content))
    }
    ${good.map(([status, reply]) => replyOf(status, reply))}
    ${part(
      'Problems',
      html`<ul class="problems">
        ${problemsIn(operation).map(
          ({ slug, status, title }) =>
            html`<li>
              <span class="status">${status}</span> <a href="#${problemAnchor(slug)}">${slug}</a>
              <span class="soft">${title}</span>
            </li>`,
        )}
      </ul>`,
    )}
  </section>`;
}
