/** Where the API can be read: for anybody, as one page that is made once. */
import express, { type Router } from 'express';
import { DOCS } from '../../contract/api/index.js';
import { PAGE_POLICY } from '../html.js';
import type { OpenApi } from '../openapi.js';
import { ProblemError } from '../problems.js';
import { apiPage } from './page.js';

/** Serves the document as a page; `stylesheet` is the address of its own. */
export function apiPageRouter(document: OpenApi, stylesheet: string | null): Router {
  const page = apiPage(document, stylesheet);
  const router = express.Router({ caseSensitive: true });
  router.get(DOCS, (_request, response) => {
    response
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Language': 'en',
        'Content-Security-Policy': PAGE_POLICY,
        'Cache-Control': 'no-store',
      })
      .send(page);
  });
  router.all(DOCS, () => {
    throw new ProblemError('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
  });
  return router;
}
