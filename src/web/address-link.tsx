/** Links within the app. */
import type { MouseEvent, ReactNode } from 'react';
import { aboutAddress, goTo } from './address.js';
import { useLanguage } from './messages/language.js';

interface Props {
  readonly to: string;
  /** Opened beside this tab, which may hold a call that is not saved yet. */
  readonly apart?: boolean;
  /** Whether this is where one is. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

export function AddressLink({ to, apart = false, current = false, children }: Props) {
  const { words } = useLanguage();
  const follow = (event: MouseEvent) => {
    if (apart || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a
      href={to}
      className="link"
      onClick={follow}
      {...(current && { 'aria-current': 'page' })}
      {...(apart && { target: '_blank', rel: 'noopener' })}
    >
      {children}
      {apart && <span className="visually-hidden"> {words.opensApart}</span>}
    </a>
  );
}

/** The way to the public page, in the language of this one. */
export function AboutLink({ apart = false, children }: Pick<Props, 'apart' | 'children'>) {
  const { locale } = useLanguage();
  return (
    <AddressLink to={aboutAddress(locale)} apart={apart}>
      {children}
    </AddressLink>
  );
}
