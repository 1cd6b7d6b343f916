/** The OpenAPI document as a page to read: no script, no cookie, nothing from another address. */
import { addressOf } from '../../contract/api/address.js';
import { getOpenApi } from '../../contract/api/process.js';
import { html, type Html } from '../html.js';
import type { OpenApi, Operation } from '../openapi.js';
import { fieldsOf } from './fields.js';
import { operationSection, problemAnchor, problemsIn, type NamedProblem, type Placed } from './operation.js';

/** Every operation, in the document's order. */
const operationsOf = ({ paths }: OpenApi): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );

const anchorOf = (tag: string): string => `about-${tag}`;
const titleOf = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1);
const isAbout =
  (tag: string) =>
  ({ tags }: Operation): boolean =>
    tags.includes(tag);

function contents({ tags }: OpenApi, operations: readonly Placed[]): Html {
  return html`<nav class="contents" aria-label="Contents">
    <ul>
      <li><a href="#begin">How to begin</a></li>
      ${tags.map(
        ({ name }) =>
          html`<li>
            <a href="#${anchorOf(name)}">${titleOf(name)}</a>
            <ul>
              ${operations
                .filter(isAbout(name))
                .map(({ operationId }) => html`<li><a href="#${operationId}">${operationId}</a></li>`)}
            </ul>
          </li>`,
      )}
      <li><a href="#problems">Problems</a></li>
    </ul>
  </nav>`;
}

function subject({ name, description }: OpenApi['tags'][number], operations: readonly Placed[]): Html {
  return html`<section aria-labelledby="${anchorOf(name)}">
    <h2 id="${anchorOf(name)}">${titleOf(name)}</h2>
    <p>${description}</p>
    ${operations.filter(isAbout(name)).map(operationSection)}
  </section>`;
}

/** Every problem once, by status, with what to do about it. */
function allProblems({ components }: OpenApi, operations: readonly Placed[]): Html {
  const bySlug = new Map(
    operations.flatMap(problemsIn).map((problem): [string, NamedProblem] => [problem.slug, problem]),
  );
  const sorted = [...bySlug.values()].sort((a, b) => a.status - b.status);
  return html`<section aria-labelledby="problems">
    <h2 id="problems">Problems</h2>
    <p>
      A problem is <code>application/problem+json</code> (RFC 9457), in English with
      <code>Accept-Language: en</code>, else in Swedish. Its <code>type</code> is <code>/problems/</code> and
      one of the names below. It never repeats a value that was sent. Where fields are wrong,
      <code>errors</code> says which.
    </p>
    ${fieldsOf(components.schemas.Problem)}
    <dl class="all-problems">
      ${sorted.map(
        ({ slug, status, title, detail }) =>
          html`<div id="${problemAnchor(slug)}">
            <dt><span class="status">${status}</span> <code>${slug}</code></dt>
            <dd>${title}. ${detail}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function beginning({ info }: OpenApi): Html {
  const document = addressOf(getOpenApi, {});
  return html`<section aria-labelledby="begin">
    <h1 id="begin">The API of ${info.title}</h1>
    <p class="lead">${info.description}</p>
    <p>
      Version ${info.version}. For programs, the same as an OpenAPI 3.1 document:
      <a href="${document}">${document}</a>. Bodies and replies are JSON in UTF-8.
    </p>
    <p>
      Whoever signs in gets the cookie <code>tyst_session</code> and sends it along. What may be used without
      it says “public”. A request that changes something is refused when it comes from a page of another site.
    </p>
  </section>`;
}

/** The whole page. `stylesheet` is its address; null where the web app is not built. */
export function apiPage(document: OpenApi, stylesheet: string | null): string {
  const operations = operationsOf(document);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>The API of ${document.info.title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${stylesheet === null ? null : html`<link rel="stylesheet" href="${stylesheet}" />`}
        <link rel="alternate" type="application/json" title="OpenAPI" href="${addressOf(getOpenApi, {})}" />
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header><a class="name" href="/">${document.info.title}</a></header>
        ${contents(document, operations)}
        <main id="content">
          ${beginning(document)} ${document.tags.map((tag) => subject(tag, operations))}
          ${allProblems(document, operations)}
        </main>
      </body>
    </html> `.text;
}
