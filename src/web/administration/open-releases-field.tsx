/** Whether anybody may read the releases, and where. */
import { useId } from 'react';
import { openAddress } from '../address.js';
import { useLanguage } from '../messages/language.js';
import { openReleases as en } from '../messages/open-releases-en.js';
import { openReleases as sv } from '../messages/open-releases-sv.js';
import '../styles/open-releases.css';

interface Props {
  readonly open: boolean;
  /** Whether the pages are there already, so that they can be looked at. */
  readonly isOpen: boolean;
  readonly onChange: (open: boolean) => void;
}

const languages = { sv, en } as const;

export function OpenReleasesField({ open, isOpen, onChange }: Props) {
  const { locale } = useLanguage();
  const words = languages[locale];
  const id = useId();
  const path = openAddress(locale);
  const address = new URL(path, location.origin).href;
  return (
    <fieldset className="open-releases">
      <legend>{words.title}</legend>
      <p className="soft" id={id}>
        {words.why}
      </p>
      <label className="tick">
        <input
          type="checkbox"
          checked={open}
          aria-describedby={id}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
        {words.label}
      </label>
      <p className="soft">
        {words.address}{' '}
        {isOpen ? (
          <a className="link" href={path} target="_blank" rel="noopener">
            {address}
            <span className="visually-hidden"> {words.apart}</span>
          </a>
        ) : (
          <span className="address">{address}</span>
        )}
        . {words.back}
      </p>
    </fieldset>
  );
}
