/** What is printed for whoever sets an installation up. */
import { firstAdministratorInvitation } from './desk/people/invitations.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';

/** Prints a one-time link for the first administrator, as long as none has a password. */
export async function printWelcome(desk: Database, clock: Clock, address: string): Promise<void> {
  const token = await firstAdministratorInvitation(desk, clock);
  if (token === null) return;
  process.stdout.write(
    `\nSet up the first administrator, user name admin (the link works once, for 24 hours):\n  ${address}/invitation#${token}\n\n`,
  );
}
