/** A one-time link, shown once, to be handed over. */
import { useEffect, useId, useRef, useState } from 'react';
import { Notice } from '../notice.js';
import { useAdministration } from './words.js';

interface Props {
  readonly username: string;
  /** As the server gives it: relative to the address of Tyst. */
  readonly link: string;
}

export function OneTimeLink({ username, link }: Props) {
  const { t } = useAdministration();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const whole = new URL(link, location.origin).href;
  useEffect(() => {
    setCopied(false);
    input.current?.focus();
    input.current?.select();
  }, [whole]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(whole);
      setCopied(true);
    } catch {
      // A page that is not served encrypted has no clipboard: it is marked, for the person to copy.
      input.current?.focus();
      input.current?.select();
    }
  };
  return (
    <div className="one-time field">
      <label htmlFor={id}>{t.people.link(username)}</label>
      <p id={`${id}-why`}>{t.people.linkOnce}</p>
      <div className="line">
        <input ref={input} id={id} readOnly value={whole} autoComplete="off" aria-describedby={`${id}-why`} />
        <button type="button" className="button" onClick={() => void copy()}>
          {t.people.copy}
        </button>
      </div>
      {copied && <Notice>{t.people.copied}</Notice>}
    </div>
  );
}
