/** Adds an account and makes its first link. */
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { addUser, makeInvitation } from '../../contract/api/people.js';
import type { Role } from '../../contract/session.js';
import type { Problem } from '../api.js';
import { ErrorText, Notice } from '../notice.js';
import { useSend } from '../session/send.js';
import { OneTimeLink } from './one-time-link.js';
import { RoleChoice } from './role-choice.js';
import { useAdministration } from './words.js';

type State =
  | { readonly name: 'typing' | 'sending' | 'bad-name' }
  | { readonly name: 'failed'; readonly problem: Problem }
  | { readonly name: 'done'; readonly username: string; readonly link: string };

const goodName = /^[a-z0-9][a-z0-9._-]{0,31}$/;

export function InviteForm({ onAdded }: { readonly onAdded: () => void }) {
  const { t, tell } = useAdministration();
  const send = useSend();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role>('handler');
  const [state, setState] = useState<State>({ name: 'typing' });
  const bad =
    state.name === 'bad-name' || (state.name === 'failed' && state.problem.slug === 'username-taken');
  useEffect(() => {
    if (bad) field.current?.focus();
  }, [bad]);

  const invite = async () => {
    setState({ name: 'sending' });
    const added = await send(addUser, { body: { username, role } });
    if (!added.ok) {
      setState({ name: 'failed', problem: added.problem });
      return;
    }
    const invited = await send(makeInvitation, { body: { username } });
    if (invited.ok) {
      setState({ name: 'done', username, link: invited.body.link });
      setUsername('');
    } else setState({ name: 'failed', problem: invited.problem });
    onAdded();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name === 'sending') return;
    if (goodName.test(username)) void invite();
    else setState({ name: 'bad-name' });
  };

  return (
    <section className="part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t.people.invite}</h2>
      <form onSubmit={submit} noValidate className="invite-form">
        <div className="field">
          <label htmlFor={id}>{t.people.username}</label>
          <p className="soft" id={`${id}-rule`}>
            {t.people.usernameRule}
          </p>
          <input
            ref={field}
            id={id}
            value={username}
            onChange={(event) => {
              setUsername(event.target.value);
            }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={32}
            required
            aria-invalid={bad}
            aria-describedby={`${id}-rule ${id}-error`}
          />
          <span id={`${id}-error`}>
            {state.name === 'bad-name' && <ErrorText>{t.people.usernameWrong}</ErrorText>}
            {state.name === 'failed' && <ErrorText>{tell(state.problem)}</ErrorText>}
          </span>
        </div>
        <RoleChoice value={role} onChange={setRole} />
        <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
          {t.people.submit}
        </button>
      </form>
      {state.name === 'done' && (
        <>
          <Notice>{t.people.added(state.username)}</Notice>
          <OneTimeLink username={state.username} link={state.link} />
        </>
      )}
    </section>
  );
}
