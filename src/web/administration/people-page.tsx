/** Everybody who works here: inviting, roles, one-time links, shutting and opening accounts. */
import { useCallback } from 'react';
import { listUsers } from '../../contract/api/people.js';
import { call } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { useSession } from '../session/session.js';
import '../styles/parts.css';
import '../styles/people.css';
import { InviteForm } from './invite-form.js';
import { Person } from './person.js';
import { useAdministration } from './words.js';

const load = () => call(listUsers);

export function PeoplePage() {
  const { t } = useAdministration();
  const { user } = useSession();
  useTitle(t.people.title);
  const { loaded, reload } = useLoaded(useCallback(load, []));
  return (
    <div className="page administration parts">
      <h1>{t.people.title}</h1>
      <p className="lead">{t.people.intro}</p>
      {loaded.status === 'here' ? (
        <>
          <section className="part">
            <h2>{t.people.everybody(loaded.body.users.length)}</h2>
            <div className="people">
              {loaded.body.users.map((account) => (
                <Person
                  key={account.username}
                  account={account}
                  own={account.username === user.username}
                  onChanged={reload}
                />
              ))}
            </div>
          </section>
          <InviteForm onAdded={reload} />
        </>
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </div>
  );
}
