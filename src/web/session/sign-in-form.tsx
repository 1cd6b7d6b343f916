import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { signIn } from '../../contract/api/session.js';
import type { User } from '../../contract/session.js';
import { call, type Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { PasswordField } from './password-field.js';

interface Props {
  /** Who was signed in before; filled in. */
  readonly username?: string;
  readonly onSignedIn: (user: User) => void;
}

/** The second step, once the password was right: a code of an app, or a recovery code. */
function CodeField({
  onChange,
  value,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { words } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  return (
    <div className="field">
      <label htmlFor={id}>{words.signIn.code}</label>
      <p className="soft" id={`${id}-why`}>
        {words.signIn.codeWhy}
      </p>
      <input
        ref={input}
        id={id}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        required
        aria-describedby={`${id}-why`}
      />
    </div>
  );
}

type State = { readonly name: 'typing' | 'sending' } | { readonly name: 'failed'; readonly problem: Problem };

/** User name and password, and what came of them. */
export function SignInForm({ username: before = '', onSignedIn }: Props) {
  const { words } = useLanguage();
  const id = useId();
  const [username, setUsername] = useState(before);
  const [password, setPassword] = useState('');
  // Null until the account turns out to have a second factor.
  const [code, setCode] = useState<string | null>(null);
  const [state, setState] = useState<State>({ name: 'typing' });

  const send = async () => {
    setState({ name: 'sending' });
    const body = { username, password, ...(code === null ? {} : { code }) };
    const reply = await call(signIn, { body });
    if (reply.ok) {
      onSignedIn(reply.body.user);
      return;
    }
    if (reply.problem.slug === 'code-required') setCode('');
    setState(
      reply.problem.slug === 'code-required'
        ? { name: 'typing' }
        : { name: 'failed', problem: reply.problem },
    );
  };
  // Another name or password is another attempt, and may need no code.
  const startAnew = (change: () => void) => {
    change();
    setCode(null);
  };
  const wrongCode = code !== null && state.name === 'failed' && state.problem.slug === 'wrong-credentials';
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
            startAnew(() => setUsername(event.target.value));
          }}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
        />
      </div>
      <PasswordField
        value={password}
        onChange={(value) => {
          startAnew(() => setPassword(value));
        }}
        autoComplete="current-password"
      />
      {code !== null && <CodeField value={code} onChange={setCode} />}
      {state.name === 'failed' && (
        <ErrorText>{wrongCode ? words.signIn.codeWrong : problemWords(words, state.problem)}</ErrorText>
      )}
      <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
        {words.signIn.submit}
      </button>
    </form>
  );
}
