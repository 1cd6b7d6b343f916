/** Which page is shown: an invitation's by its address, the others by who is signed in. */
import { useEffect, useState } from 'react';
import type { Role } from '../contract/session.js';
import { AboutPage } from './about/about-page.js';
import { CallPage } from './call/call-page.js';
import { LazyPage } from './lazy-page.js';
import { useLanguage } from './messages/language.js';
import { useWipeOnLeave } from './leaving.js';
import { ErrorText } from './notice.js';
import {
  aboutPath,
  accountPath,
  administrationPaths,
  checkPath,
  goTo,
  methodPath,
  usePath,
} from './address.js';
import { InvitationPage } from './session/invitation-page.js';
import { isInvitation, leaveInvitation, takeInvitation } from './session/invitation.js';
import { RunningOut } from './session/running-out.js';
import { SessionContext, useSessionState } from './session/session.js';
import { SignInAgain } from './session/sign-in-again.js';
import { SignInPage } from './session/sign-in-page.js';
import { Shell } from './shell.js';

// Functions of their own, so that each is the same one at every drawing.
const loadSupervisor = () => import('./supervisor/supervisor-area.js');
const SupervisorPages = () => <LazyPage load={loadSupervisor} />;
const loadAdministrator = () => import('./administration/administrator-area.js');
const AdministratorPages = () => <LazyPage load={loadAdministrator} />;
const loadCheck = () => import('./check/check-page.js');
const loadMethod = () => import('./method/method-page.js');
const loadAccount = () => import('./account/account-page.js');

interface RolePages {
  /** The addresses of the role's pages, the first one first. */
  readonly paths: readonly [string, ...string[]];
  readonly Page: () => React.JSX.Element;
}

const pages: Readonly<Record<Role, RolePages>> = {
  handler: { paths: ['/'], Page: CallPage },
  supervisor: { paths: ['/statistics', '/explore', '/plan', '/releases'], Page: SupervisorPages },
  administrator: { paths: administrationPaths, Page: AdministratorPages },
};

/** The page of a role, at one of its own addresses, or the page about one's own account. */
function RolePage({ role }: { readonly role: Role }) {
  const { paths, Page } = pages[role];
  const path = usePath();
  const own = path === accountPath || paths.includes(path);
  useEffect(() => {
    if (!own) goTo(paths[0], { replace: true });
  }, [own, paths]);
  // The other roles' pages have that page among them, with the way back; a draft outlives the way there and back.
  return path === accountPath && role === 'handler' ? <LazyPage load={loadAccount} /> : <Page />;
}

function Unreachable({ onRetry }: { readonly onRetry: () => void }) {
  const { words } = useLanguage();
  return (
    <div className="sheet">
      <ErrorText>{words.problems['no-contact']}</ErrorText>
      <button type="button" className="button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}

function SessionPages({ notice }: { readonly notice: string | null }) {
  const { words } = useLanguage();
  const session = useSessionState();
  if (session.status !== 'signed-in')
    return (
      <Shell>
        {session.status === 'unreachable' && <Unreachable onRetry={session.load} />}
        {session.status === 'signed-out' && (
          <SignInPage
            notice={session.ended ? words.call.shift.ended : notice}
            onSignedIn={session.signedIn}
          />
        )}
      </Shell>
    );
  const { user, expired } = session;
  return (
    <SessionContext value={session}>
      <Shell user={user} onSignOut={session.signOut}>
        {/* Another person's session never meets this one's draft. */}
        <RolePage key={`${user.username} ${user.role}`} role={user.role} />
      </Shell>
      {session.soon && !expired && <RunningOut onStay={session.stay} />}
      {expired && (
        <SignInAgain
          soon={session.soon}
          username={user.username}
          onSignedIn={session.signedIn}
          onSignOut={session.signOut}
        />
      )}
    </SessionContext>
  );
}

/** The app, as long as its page is not left. */
export function App() {
  const [gone, setGone] = useState(false);
  useWipeOnLeave(setGone);
  return gone ? null : <Pages />;
}

function Pages() {
  const { words } = useLanguage();
  const path = usePath();
  const [invitation, setInvitation] = useState(takeInvitation);
  const [accepted, setAccepted] = useState(false);
  useEffect(() => {
    const onHashChange = () => {
      if (isInvitation()) setInvitation(takeInvitation());
    };
    addEventListener('hashchange', onHashChange);
    return () => {
      removeEventListener('hashchange', onHashChange);
    };
  }, []);
  // Nobody is asked who they are on the public pages.
  if (path === checkPath)
    return (
      <Shell place="check">
        <LazyPage load={loadCheck} />
      </Shell>
    );
  if (path === methodPath)
    return (
      <Shell place="method">
        <LazyPage load={loadMethod} />
      </Shell>
    );
  if (path === aboutPath)
    return (
      <Shell place="about">
        <AboutPage />
      </Shell>
    );
  if (invitation === null) return <SessionPages notice={accepted ? words.signIn.passwordChosen : null} />;
  const leave = (done: boolean) => {
    leaveInvitation();
    setAccepted(done);
    setInvitation(null);
  };
  return (
    <Shell>
      <InvitationPage key={invitation} token={invitation} onLeave={leave} />
    </Shell>
  );
}
