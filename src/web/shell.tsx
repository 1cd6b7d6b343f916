/** What is around every page: the word mark, the language and who is signed in. */
import { LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { User } from '../contract/session.js';
import { languageNames, useLanguage } from './messages/language.js';
import { accountPath } from './address.js';
import { AboutLink, AddressLink } from './address-link.js';
import { HideScreen } from './hide-screen.js';
import { HeaderPlace } from './in-header.js';
import { leave } from './leaving.js';
import './styles/shell.css';

function LanguageSwitch() {
  const { locale, words, setLocale } = useLanguage();
  return (
    <div className="languages" role="group" aria-label={words.language}>
      {languageNames.map(([language, name]) => (
        <button
          key={language}
          type="button"
          className="link"
          lang={language}
          aria-pressed={language === locale}
          onClick={() => {
            setLocale(language);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function WordMark() {
  return (
    <span className="word-mark">
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <path d="M7 4h18a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4h-8l-7 6v-6H7a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z" />
        <path d="M10.500 13.500h11" />
      </svg>
      Tyst
    </span>
  );
}

interface Props {
  /** Which of the public pages it is, that are nobody's own. */
  readonly place?: 'about' | 'check' | 'method';
  readonly user?: User;
  readonly onSignOut?: () => void;
  readonly children: ReactNode;
}

export function Shell({ place, user, onSignOut, children }: Props) {
  const { words } = useLanguage();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <HeaderPlace value={slot}>
      <header className="top" data-signed-in={user !== undefined}>
        <WordMark />
        <div className="slot" ref={setSlot} />
        {place !== undefined ? (
          <AddressLink to="/">{words.signIn.title}</AddressLink>
        ) : (
          <span className="to-about">
            <AboutLink apart={user !== undefined}>{words.about.link}</AboutLink>
          </span>
        )}
        <HideScreen />
        <LanguageSwitch />
        {user !== undefined && (
          <>
            <span className="who">
              <AddressLink to={accountPath} apart={user.role === 'handler'}>
                <span className="visually-hidden">{words.account} </span>
                {user.username}
              </AddressLink>
            </span>
            <button
              type="button"
              className="link"
              onClick={() => {
                if (onSignOut !== undefined) leave(onSignOut);
              }}
            >
              <LogOut size={16} aria-hidden="true" />
              {words.signOut}
            </button>
          </>
        )}
      </header>
      <main>{children}</main>
      {user !== undefined && (
        <footer className="foot">
          <AboutLink apart>{words.about.link}</AboutLink>
          <AddressLink to={accountPath} apart={user.role === 'handler'}>
            {words.account} {user.username}
          </AddressLink>
        </footer>
      )}
    </HeaderPlace>
  );
}
