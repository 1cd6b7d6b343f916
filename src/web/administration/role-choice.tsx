import { useId } from 'react';
import type { Role } from '../../contract/session.js';
import { useAdministration } from './words.js';

const roles: readonly Role[] = ['handler', 'supervisor', 'administrator'];

interface Props {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** The three roles, each with what it does. */
export function RoleChoice({ value, onChange }: Props) {
  const { t } = useAdministration();
  const name = useId();
  return (
    <fieldset className="roles">
      <legend>{t.people.role}</legend>
      {roles.map((role) => (
        <label key={role}>
          <input
            type="radio"
            name={name}
            value={role}
            checked={role === value}
            onChange={() => {
              onChange(role);
            }}
          />
          <span>
            <strong>{t.roles[role].name}</strong>
            <span className="soft">{t.roles[role].does}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
