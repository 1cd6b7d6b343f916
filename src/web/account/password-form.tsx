import { useId, useState, type SubmitEvent } from 'react';
import { changePassword } from '../../contract/api/session.js';
import { SHORTEST_PASSWORD } from '../../contract/password.js';
import type { Problem } from '../api.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText, Notice } from '../notice.js';
import { PasswordField } from '../session/password-field.js';
import { useSend } from '../session/send.js';
import { useAccount } from './words.js';

type State =
  | { readonly name: 'typing' | 'sending' | 'too-short' | 'changed' }
  | { readonly name: 'failed'; readonly problem: Problem };

/** Changes the password, with the one there is. */
export function PasswordForm() {
  const { words } = useLanguage();
  const { t, tell } = useAccount();
  const send = useSend();
  const id = useId();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [state, setState] = useState<State>({ name: 'typing' });
  const wrong = state.name === 'failed' && state.problem.slug === 'wrong-credentials';

  const change = async () => {
    setState({ name: 'sending' });
    const reply = await send(changePassword, { body: { password, newPassword } });
    if (!reply.ok) {
      setState({ name: 'failed', problem: reply.problem });
      return;
    }
    setPassword('');
    setNewPassword('');
    setState({ name: 'changed' });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name === 'sending') return;
    if (newPassword.length < SHORTEST_PASSWORD) setState({ name: 'too-short' });
    else void change();
  };
  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id}>{t.password}</h2>
      <form onSubmit={submit} noValidate>
        <PasswordField
          label={t.current}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={wrong ? t.wrong : null}
        />
        <PasswordField
          label={t.fresh}
          value={newPassword}
          onChange={setNewPassword}
          autoComplete="new-password"
          hint={words.invitation.rule}
          error={state.name === 'too-short' ? words.invitation.tooShort : null}
        />
        {state.name === 'failed' && !wrong && <ErrorText>{tell(state.problem)}</ErrorText>}
        <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
          {t.change}
        </button>
        {state.name === 'changed' && <Notice>{t.changed}</Notice>}
      </form>
    </section>
  );
}
