import { useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  /** What it is called where there is more than one password on the page. */
  readonly label?: string;
  readonly hint?: string;
  readonly error?: string | null;
}

/** A password that can be shown while it is typed. Takes the focus when there is an error in it. */
export function PasswordField({ value, onChange, autoComplete, label, hint, error = null }: Props) {
  const { words } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (error !== null) input.current?.focus();
  }, [error]);
  return (
    <div className="field">
      <label htmlFor={id}>{label ?? words.signIn.password}</label>
      {hint !== undefined && (
        <p className="soft" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        ref={input}
        id={id}
        type={shown ? 'text' : 'password'}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={256}
        required
        aria-invalid={error !== null}
        aria-describedby={`${id}-hint ${id}-error`}
      />
      <span id={`${id}-error`}>{error !== null && <ErrorText>{error}</ErrorText>}</span>
      <label className="tick">
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => {
            setShown(event.target.checked);
          }}
        />
        {words.signIn.show}
      </label>
    </div>
  );
}
