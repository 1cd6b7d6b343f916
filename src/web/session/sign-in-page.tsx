import type { User } from '../../contract/session.js';
import { useLanguage, useTitle } from '../messages/language.js';
import { Notice } from '../notice.js';
import { AboutLink } from '../address-link.js';
import '../styles/sign-in.css';
import { SignInForm } from './sign-in-form.js';

interface Props {
  readonly notice: string | null;
  readonly onSignedIn: (user: User) => void;
}

export function SignInPage({ notice, onSignedIn }: Props) {
  const { words } = useLanguage();
  useTitle(words.signIn.title);
  return (
    <>
      <div className="sheet">
        <h1>{words.signIn.title}</h1>
        {notice !== null && <Notice>{notice}</Notice>}
        <SignInForm onSignedIn={onSignedIn} />
      </div>
      <p className="invite soft">
        {words.about.invite} <AboutLink>{words.about.inviteLink}</AboutLink>
      </p>
    </>
  );
}
