/** The web server: every room's routes behind one guard, the web app's pages, and one place where errors leave. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { authenticate } from './desk/session.js';
import { deskRoutes } from './desk/routes.js';
import { vocabularyOf } from './desk/vocabulary.js';
import { intakeRoutes } from './intake/routes.js';
import type { Clock } from './platform/clock.js';
import type { WebDatabase } from './platform/database.js';
import { describeError, type Log } from './platform/log.js';
import { openApiDocument } from './platform/openapi.js';
import { ProblemError, sendProblem, toProblem } from './platform/problems.js';
import { projectRoot, softwareVersion } from './platform/project.js';
import { guardedRouter, route, type Route } from './platform/routes.js';
import { releaseRoutes } from './release/routes.js';
import { readPeriod } from './statistics/read.js';
import { statisticsRoutes } from './statistics/routes.js';

export interface AppOptions {
  readonly database: WebDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

const API = '/api/v1';
const pages = ['/', '/statistics', '/invitation'];

function apiRoutes({ database, clock }: AppOptions): Route[] {
  const { desk, intake, reader } = database;
  const rooms = [
    ...deskRoutes({ desk, clock }),
    ...intakeRoutes({ intake, clock, vocabularyOf: vocabularyOf(desk) }),
    ...statisticsRoutes({ reader }),
    ...releaseRoutes({ reader, desk, readPeriod: (period) => readPeriod(reader, period) }),
  ];
  const openApi = route({
    method: 'get',
    path: '/openapi.json',
    access: 'public',
    summary: 'This document',
    replies: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
    problems: [],
    handle: () => Promise.resolve({ status: 200, body: document }),
  });
  const routes = [...rooms, openApi];
  const document = openApiDocument(routes, API, softwareVersion);
  return routes;
}

/** Whether the process runs, and whether it can do its work. Neither moves a counter. */
function healthRouter({ database }: AppOptions) {
  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/health/ready', async (_request, response) => {
    await Promise.all(Object.values(database).map((source) => source.query('SELECT 1')));
    response.json({ status: 'ok' });
  });
  router.all(['/health/live', '/health/ready'], () => {
    throw new ProblemError('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
  });
  return router;
}

const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
});

/** The built web app: hashed assets for ever, the page itself never kept by a browser. */
function webRouter() {
  const root = join(projectRoot, 'dist', 'web');
  const router = express.Router();
  if (!existsSync(root)) return router;
  router.use(
    '/assets',
    express.static(join(root, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.use(express.static(root, { index: false, cacheControl: false }));
  router.get(pages, (_request, response) => {
    response.set('Cache-Control', 'no-store').sendFile('index.html', { root, cacheControl: false });
  });
  return router;
}

/** Nothing of the error or of the request is written but the error's class and the database's own code. */
function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // A path or parameter that cannot be decoded names nothing.
    const problem = error instanceof URIError ? new ProblemError('not-found') : toProblem(error);
    if (problem.slug === 'internal') log('request-failed', describeError(error));
    sendProblem(request, response, problem.slug, problem.extras);
  };
}

/** The Express application over open pools. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders);
  app.use(healthRouter(options));
  app.use(API, guardedRouter(apiRoutes(options), authenticate(options.database.desk, options.clock)));
  app.use(webRouter());
  app.use(() => {
    throw new ProblemError('not-found');
  });
  app.use(errorHandler(options.log));
  return app;
}
