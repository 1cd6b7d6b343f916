import { useEffect, useId, useRef } from 'react';
import type { User } from '../../contract/session.js';
import { staysOpen } from '../dialog.js';
import { useLanguage } from '../messages/language.js';
import { SignInForm } from './sign-in-form.js';

interface Props {
  /** Whether the session is still there, for a moment. */
  readonly soon: boolean;
  readonly username: string;
  readonly onSignedIn: (user: User) => void;
  readonly onSignOut: () => void;
}

/** Lies over the page when the session has run out; the page below keeps what was filled in. */
export function SignInAgain({ soon, username, onSignedIn, onSignOut }: Props) {
  const { words } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const show = () => {
      element.showModal();
      element.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
    };
    // Where the browser does not know `closedby`, a phone's gesture to go back still closes it.
    element.addEventListener('close', show);
    show();
    return () => {
      element.removeEventListener('close', show);
      element.close();
    };
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id} {...staysOpen}>
      <h2 id={id}>{words.signIn.again}</h2>
      <p>{soon ? words.guard.againSoon : words.signIn.againWhy}</p>
      <SignInForm username={username} onSignedIn={onSignedIn} />
      <button type="button" className="link" onClick={onSignOut}>
        {words.signOut}
      </button>
    </dialog>
  );
}
