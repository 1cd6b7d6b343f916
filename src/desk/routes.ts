/** The desk's routes: people, signing in, planning and settings. */
import type { Route } from '../platform/routes.js';
import { userRoutes } from './people/routes.js';
import { vocabularyDraftRoutes } from './planning/vocabulary-draft-routes.js';
import { vocabularyRoutes } from './planning/vocabulary-routes.js';
import type { Room } from './room.js';
import { eventRoutes } from './settings/event-routes.js';
import { settingRoutes } from './settings/setting-routes.js';
import { ownAccountRoutes } from './sign-in/own-account-routes.js';
import { passwords } from './sign-in/passwords.js';
import { signInRoutes } from './sign-in/routes.js';

/** `passwords` are other than the real ones only in tests, which would wait long for them. */
export type DeskOptions = Omit<Room, 'passwords'> & Partial<Room>;

export function deskRoutes(options: DeskOptions): Route[] {
  const room = { passwords, ...options };
  return [
    ...signInRoutes(room),
    ...ownAccountRoutes(room),
    ...vocabularyRoutes(room),
    ...vocabularyDraftRoutes(room),
    ...userRoutes(room),
    ...settingRoutes(room),
    ...eventRoutes(room),
  ];
}
