/** An invitation's token travels in the address's fragment, which no server sees; here it is read once and wiped. */

const path = '/invitation';
let taken: string | null = null;

/** Whether the address is that of an invitation. */
export const isInvitation = (): boolean => location.pathname === path;

/**
 * The token of the invitation that was opened, '' when its link has none, null when no invitation was opened.
 * Takes it out of the address bar and the history at once.
 */
export function takeInvitation(): string | null {
  if (!isInvitation()) return null;
  if (location.hash !== '' || taken === null) {
    taken = location.hash.slice(1);
    history.replaceState(null, '', path);
  }
  return taken;
}

/** Forgets the token and goes to the start page's address. */
export function leaveInvitation(): void {
  taken = null;
  history.replaceState(null, '', '/');
}
