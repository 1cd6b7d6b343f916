/** One's own account, for everybody who is signed in. */
import { useTitle } from '../messages/language.js';
import { useSession } from '../session/session.js';
import '../styles/account.css';
import '../styles/parts.css';
import { LanguageForm } from './language-form.js';
import { PasswordForm } from './password-form.js';
import { TwoFactorPart } from './two-factor-part.js';
import { useAccount } from './words.js';

export function Page() {
  const { user } = useSession();
  const { t } = useAccount();
  useTitle(t.title);
  return (
    <div className="page prose parts account">
      <h1>{t.title}</h1>
      <p>{t.intro(user.username)}</p>
      <TwoFactorPart />
      <PasswordForm />
      <LanguageForm />
    </div>
  );
}
