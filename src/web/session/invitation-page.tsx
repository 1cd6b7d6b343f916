import { useState, type SubmitEvent } from 'react';
import { acceptInvitation } from '../../contract/api/session.js';
import { SHORTEST_PASSWORD } from '../../contract/password.js';
import { call, type Problem } from '../api.js';
import { problemWords, useLanguage, useTitle } from '../messages/language.js';
import { ErrorText, Notice } from '../notice.js';
import { PasswordField } from './password-field.js';

interface Props {
  /** '' when the link had none. */
  readonly token: string;
  /** `done`: whether a password was chosen. */
  readonly onLeave: (done: boolean) => void;
}

type State =
  | { readonly name: 'choosing' | 'saving' | 'too-short' }
  | { readonly name: 'failed'; readonly problem: Problem };

function PasswordForm({ token, onLeave }: Props) {
  const { locale, words } = useLanguage();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<State>({ name: 'choosing' });

  const save = async () => {
    setState({ name: 'saving' });
    const reply = await call(acceptInvitation, {
      params: { token },
      body: { password, locale },
    });
    if (reply.ok) onLeave(true);
    else setState({ name: 'failed', problem: reply.problem });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name === 'saving') return;
    if (password.length < SHORTEST_PASSWORD) setState({ name: 'too-short' });
    else void save();
  };

  return (
    <form onSubmit={submit} noValidate>
      <p className="soft">{words.invitation.intro}</p>
      <PasswordField
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        hint={words.invitation.rule}
        error={state.name === 'too-short' ? words.invitation.tooShort : null}
      />
      {state.name === 'failed' && <ErrorText>{problemWords(words, state.problem)}</ErrorText>}
      <button type="submit" className="button primary" aria-disabled={state.name === 'saving'}>
        {words.invitation.submit}
      </button>
    </form>
  );
}

/** Where whoever was invited chooses a password. */
export function InvitationPage({ token, onLeave }: Props) {
  const { words } = useLanguage();
  useTitle(words.invitation.title);
  return (
    <div className="sheet">
      <h1>{words.invitation.title}</h1>
      {token === '' ? (
        <>
          <Notice>{words.invitation.noToken}</Notice>
          <button
            type="button"
            className="button"
            onClick={() => {
              onLeave(false);
            }}
          >
            {words.invitation.toSignIn}
          </button>
        </>
      ) : (
        <PasswordForm token={token} onLeave={onLeave} />
      )}
    </div>
  );
}
