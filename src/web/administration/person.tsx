/** One account: how it stands, and what can be done with it. */
import { useState } from 'react';
import { changeUser, makeInvitation } from '../../contract/api/people.js';
import type { Role } from '../../contract/session.js';
import type { AccountEntry, UserChange } from '../../contract/users.js';
import type { Problem } from '../api.js';
import { ErrorText, Notice } from '../notice.js';
import { useSend } from '../session/send.js';
import { OneTimeLink } from './one-time-link.js';
import { RoleChoice } from './role-choice.js';
import { useAdministration } from './words.js';

interface Props {
  readonly account: AccountEntry;
  /** Whether it is one's own. */
  readonly own: boolean;
  readonly onChanged: () => void;
}

type Outcome =
  | { readonly name: 'idle' | 'sending' }
  | { readonly name: 'changed'; readonly words: string }
  | { readonly name: 'link'; readonly link: string }
  | { readonly name: 'failed'; readonly problem: Problem };

function Summary({ account, own }: Omit<Props, 'onChanged'>) {
  const { t } = useAdministration();
  const status = account.disabled ? 'disabled' : account.ready ? 'active' : 'invited';
  return (
    <summary>
      <span className="name">
        {account.username}
        {own && <span className="soft aside"> ({t.people.you})</span>}
      </span>
      <span>{t.roles[account.role].name}</span>
      <span className="state" data-state={status}>
        {t.people[status]}
      </span>
      <span className="soft">{account.twoFactor && t.people.twoFactor}</span>
    </summary>
  );
}

interface ActionProps {
  readonly label: string;
  readonly why: string;
  readonly danger?: boolean;
  readonly onAct: () => void;
}

function Action({ label, why, danger = false, onAct }: ActionProps) {
  return (
    <div className="action">
      <button type="button" className={danger ? 'button danger' : 'button'} onClick={onAct}>
        {label}
      </button>
      <p className="soft">{why}</p>
    </div>
  );
}

export function Person({ account, own, onChanged }: Props) {
  const { t, tell } = useAdministration();
  const send = useSend();
  const { username } = account;
  const [role, setRole] = useState<Role>(account.role);
  const [outcome, setOutcome] = useState<Outcome>({ name: 'idle' });

  const change = async (body: UserChange, words: string) => {
    setOutcome({ name: 'sending' });
    const reply = await send(changeUser, { params: { username }, body });
    setOutcome(reply.ok ? { name: 'changed', words } : { name: 'failed', problem: reply.problem });
    if (reply.ok) onChanged();
    else setRole(account.role);
  };
  const makeLink = async () => {
    setOutcome({ name: 'sending' });
    const reply = await send(makeInvitation, { body: { username } });
    setOutcome(
      reply.ok ? { name: 'link', link: reply.body.link } : { name: 'failed', problem: reply.problem },
    );
  };
  const { changed } = t.people;

  return (
    <details className="person">
      <Summary account={account} own={own} />
      <div className="actions">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void change({ role }, changed.role(username, t.roles[role].name));
          }}
        >
          <RoleChoice value={role} onChange={setRole} />
          <div className="action">
            <button type="submit" className="button" aria-disabled={role === account.role}>
              {t.people.changeRole}
            </button>
            <p className="soft">{t.people.roleWhy}</p>
          </div>
        </form>
        {!account.disabled && (
          <Action
            label={t.people.makeLink}
            why={account.ready ? t.people.linkWhyForgotten : t.people.linkWhyNew}
            onAct={() => void makeLink()}
          />
        )}
        {outcome.name === 'link' && <OneTimeLink username={username} link={outcome.link} />}
        {account.twoFactor && (
          <Action
            label={t.people.reset}
            why={t.people.resetWhy}
            onAct={() => void change({ resetTwoFactor: true }, changed.reset(username))}
          />
        )}
        {account.disabled ? (
          <Action
            label={t.people.open}
            why=""
            onAct={() => void change({ disabled: false }, changed.opened(username))}
          />
        ) : (
          <Action
            danger
            label={t.people.disable}
            why={t.people.disableWhy}
            onAct={() => void change({ disabled: true }, changed.disabled(username))}
          />
        )}
        {outcome.name === 'changed' && <Notice>{outcome.words}</Notice>}
        {outcome.name === 'failed' && <ErrorText>{tell(outcome.problem)}</ErrorText>}
      </div>
    </details>
  );
}
