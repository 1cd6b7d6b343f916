/** The web server: every room's routes behind one guard, the web app's pages, and one place where errors leave. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import { subjects } from './contract/api/index.js';
import * as api from './contract/api/process.js';
import { authenticate } from './desk/sign-in/session.js';
import { directoryRoutes } from './desk/directory/routes.js';
import { importRoutes } from './desk/imports/routes.js';
import type { Passwords } from './desk/sign-in/passwords.js';
import { askedOf } from './desk/planning/asked.js';
import { planRoutes } from './desk/planning/plan-routes.js';
import { readSettings } from './desk/settings/setting-store.js';
import { deskRoutes } from './desk/routes.js';
import { unansweredRoutes } from './desk/planning/unanswered-routes.js';
import { listUnanswered } from './desk/planning/unanswered-store.js';
import { vocabularyRoutes } from './desk/planning/vocabulary-routes.js';
import { healthRoutes } from './health-routes.js';
import { intakeRoutes } from './intake/routes.js';
import { apiPageRouter } from './platform/api-page/router.js';
import type { Clock } from './platform/clock.js';
import type { WebDatabase } from './platform/database.js';
import { describeError, type Log } from './platform/log.js';
import { openApiDocument } from './platform/openapi.js';
import { ProblemError, sendProblem, toProblem } from './platform/problems.js';
import { projectRoot, softwareVersion } from './platform/project.js';
import { guardedRouter, serve } from './platform/routes.js';
import { readingPrimary, type Reading } from './platform/standby.js';
import { openRouter } from './release/open/router.js';
import { releaseRoutes } from './release/routes.js';
import { statusRoutes } from './release/status-routes.js';
import { readPeriod, readPeriods } from './statistics/read.js';
import { recommendedPreset } from './statistics/recommend.js';
import { statisticsRoutes } from './statistics/routes.js';
import { displayRuleFor } from './statistics/show.js';

export interface AppDependencies {
  readonly database: WebDatabase;
  readonly clock: Clock;
  readonly log: Log;
  /** Where published numbers are read that decide nothing; the reader's own pool unless given. */
  readonly reading?: Reading;
  /** Other than the real ones only in tests, which would wait long for them. */
  readonly passwords?: Passwords;
}

const pages = [
  ...['/', '/statistics', '/explore', '/plan', '/releases', '/invitation', '/about', '/check', '/method'],
  '/account',
  ...['', '/people', '/vocabulary', '/directory', '/import', '/settings', '/events', '/size'].map(
    (page) => `/administration${page}`,
  ),
];

/** Every route of the API, and those that say how the process does. */
export function appRoutes({
  database,
  clock,
  passwords,
  reading = readingPrimary(database.reader),
}: Omit<AppDependencies, 'log'>) {
  const { desk, intake, reader } = database;
  const asked = askedOf({ desk, reader, clock });
  const routes = [
    ...deskRoutes({ desk, reader, clock, ...(passwords === undefined ? {} : { passwords }) }),
    ...vocabularyRoutes({ desk, clock, askedOf: asked }),
    ...directoryRoutes({ desk, clock }),
    ...planRoutes({
      desk,
      reader,
      clock,
      displayOf: displayRuleFor,
      recommend: async () => recommendedPreset(await readPeriods(reader)),
    }),
    ...unansweredRoutes({ desk, clock }),
    ...importRoutes({ desk }),
    ...intakeRoutes({ intake, clock, askedOf: asked }),
    ...statisticsRoutes({ reading }),
    ...releaseRoutes({ reader, desk, readPeriod: (period) => readPeriod(reader, period) }),
    ...statusRoutes({
      reader,
      clock,
      readDesk: async () => ({
        open: (await readSettings(desk)).openReleases,
        unanswered: (await listUnanswered(desk)).map(({ month }) => month),
      }),
    }),
  ];
  const openApi = serve(api.getOpenApi, () => Promise.resolve({ status: 200, body: document }));
  return [...routes, openApi, ...healthRoutes({ database, clock })];
}

const document = openApiDocument(subjects, softwareVersion);

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

const webRoot = join(projectRoot, 'dist', 'web');

/** The address of a stylesheet of pages that the server makes itself; null where the web app is not built. */
function stylesheetOf(name: string): string | null {
  const manifest = join(webRoot, '.vite', 'manifest.json');
  if (!existsSync(manifest)) return null;
  const built: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return `/${z.record(z.string(), z.object({ file: z.string() })).parse(built)[`styles/${name}.css`]?.file ?? ''}`;
}

/** The built web app: hashed assets for ever, the page itself never kept by a browser. */
function webRouter() {
  const root = webRoot;
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
  router.all(pages, () => {
    throw new ProblemError('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
  });
  return router;
}

/** Nothing of the error or of the request is written but the error's class and the database's own code. */
function errorHandler(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      // Too late for words; Express's own handler would print the error.
      response.destroy();
      return;
    }
    // A path or parameter that cannot be decoded names nothing.
    const problem = error instanceof URIError ? new ProblemError('not-found') : toProblem(error);
    if (problem.slug === 'internal') log('request-failed', describeError(error));
    sendProblem(request, response, problem.slug, problem.extras);
  };
}

/** The Express application over open pools. */
export function createApp(dependencies: AppDependencies): Express {
  const app = express();
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders);
  const whoIs = authenticate(dependencies.database.desk, dependencies.clock);
  app.use(guardedRouter(appRoutes(dependencies), whoIs));
  const { reader, desk } = dependencies.database;
  app.use(
    openRouter({
      reading: dependencies.reading ?? readingPrimary(reader),
      readPeriods,
      readSettings: () => readSettings(desk),
      stylesheet: stylesheetOf('open'),
    }),
  );
  app.use(apiPageRouter(document, stylesheetOf('api')));
  app.use(webRouter());
  app.use(() => {
    throw new ProblemError('not-found');
  });
  app.use(errorHandler(dependencies.log));
  return app;
}
