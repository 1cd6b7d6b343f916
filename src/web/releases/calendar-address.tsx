/** The address of the calendar, to be copied or opened. */
import { useId, useRef, useState } from 'react';
import { addressOf } from '../../contract/api/address.js';
import { getReleaseCalendar } from '../../contract/api/releases.js';
import { useLanguage } from '../messages/language.js';
import { useStatusWords } from './status.js';

export function CalendarAddress() {
  const words = useStatusWords();
  const { locale } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<string | null>(null);
  const address = new URL(addressOf(getReleaseCalendar, { query: { language: locale } }), location.origin)
    .href;
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(address);
      setCopied(address);
    } catch {
      // A page that is not served encrypted has no clipboard: it is marked, for the person to copy.
      input.current?.focus();
    }
  };
  return (
    <section className="numbers calendar" aria-labelledby={`${id}title`}>
      <h2 id={`${id}title`}>{words.calendarTitle}</h2>
      <p className="soft">{words.calendarWhy}</p>
      <div className="inline-form">
        <div className="field">
          <label htmlFor={id}>{words.calendarAddress}</label>
          <input ref={input} id={id} readOnly value={address} autoComplete="off" />
        </div>
        <button type="button" className="button" onClick={() => void copy()}>
          {words.copy}
        </button>
        <a className="link" href={address.replace(/^https?:/, 'webcal:')}>
          {words.subscribe}
        </a>
      </div>
      <p role="status">{copied === address && words.copied}</p>
    </section>
  );
}
