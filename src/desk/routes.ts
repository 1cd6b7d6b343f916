/** The desk's routes: people, signing in, planning and settings. */
import type { Route } from '../platform/routes.js';
import { userRoutes } from './people/routes.js';
import { vocabularyDraftRoutes } from './planning/vocabulary-draft-routes.js';
import type { GivenDependencies } from './dependencies.js';
import { eventRoutes } from './settings/event-routes.js';
import { settingRoutes } from './settings/setting-routes.js';
import { ownAccountRoutes } from './sign-in/own-account-routes.js';
import { passwords } from './sign-in/passwords.js';
import { signInRoutes } from './sign-in/routes.js';

/** Every route of the desk but those that need more than it has: plans, what is asked, the directory, unanswered calls and imports. */
export function deskRoutes(given: GivenDependencies): Route[] {
  const dependencies = { passwords, ...given };
  return [
    ...signInRoutes(dependencies),
    ...ownAccountRoutes(dependencies),
    ...vocabularyDraftRoutes(dependencies),
    ...userRoutes(dependencies),
    ...settingRoutes(dependencies),
    ...eventRoutes(dependencies),
  ];
}
