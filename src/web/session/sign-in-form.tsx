import { useId, useState, type SubmitEvent } from 'react';
import type { User } from '../../contract/session.js';
import { api, type Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { PasswordField } from './password-field.js';

interface Props {
  /** Who was signed in before; filled in. */
  readonly username?: string;
  readonly onSignedIn: (user: User) => void;
}

type State = { readonly name: 'typing' | 'sending' } | { readonly name: 'failed'; readonly problem: Problem };

/** User name and password, and what came of them. */
export function SignInForm({ username: before = '', onSignedIn }: Props) {
  const { words } = useLanguage();
  const id = useId();
  const [username, setUsername] = useState(before);
  const [password, setPassword] = useState('');
  const [state, setState] = useState<State>({ name: 'typing' });

  const send = async () => {
    setState({ name: 'sending' });
    const reply = await api<{ user: User }>('POST', '/session', { body: { username, password } });
    if (reply.ok) onSignedIn(reply.body.user);
    else setState({ name: 'failed', problem: reply.problem });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name !== 'sending') void send();
  };

  return (
    <form onSubmit={submit}>
      <div className="field">
        <label htmlFor={id}>{words.signIn.username}</label>
        <input
          id={id}
          value={username}
          onChange={(event) => {
            setUsername(event.target.value);
          }}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
        />
      </div>
      <PasswordField value={password} onChange={setPassword} autoComplete="current-password" />
      {state.name === 'failed' && <ErrorText>{problemWords(words, state.problem)}</ErrorText>}
      <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
        {words.signIn.submit}
      </button>
    </form>
  );
}
