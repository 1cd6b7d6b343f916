/**
 * The way to every page and action by name, in the head of the page and by Ctrl+K (Cmd+K), for supervisors and
 * administrators. Handlers have none: on the call form the keys are the form's own.
 */
import { Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { aboutAddress, accountPath, goTo } from '../address.js';
import { hideScreen } from '../hide-screen.js';
import { InHeader } from '../in-header.js';
import { leave } from '../leaving.js';
import { useLanguage } from '../messages/language.js';
import { useSession } from '../session/session.js';
import '../styles/palette.css';
import type { Entry } from './entry.js';
import { PaletteDialog } from './palette.js';
import { isDark, setDark } from './theme.js';
import { usePaletteWords } from './words.js';

/** A page by its address and its name. */
export type PageName = readonly [address: string, name: string];

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Goes to a page; the focus, where it belongs to nothing there, begins at its top. */
export function goToPage(address: string): void {
  if (location.pathname !== address) goTo(address);
  const main = document.querySelector('main');
  if (main === null || document.activeElement !== document.body) return;
  main.tabIndex = -1;
  main.focus();
}

/** What can be done on every page. */
function useActions(): readonly Entry[] {
  const t = usePaletteWords();
  const { locale, setLocale } = useLanguage();
  const { signOut } = useSession();
  const action = (id: string, label: string, also: string, run: () => void): Entry => ({
    ...{ id, group: 'actions', label, also, run },
  });
  const dark = isDark();
  return [
    action('language', t.language, t.languageAlso, () => {
      setLocale(locale === 'sv' ? 'en' : 'sv');
    }),
    action('theme', dark ? t.light : t.dark, t.themeAlso, () => {
      setDark(!dark);
    }),
    action('hide', t.hide, t.hideAlso, hideScreen),
    action('sign-out', t.signOut, t.signOutAlso, () => {
      leave(signOut);
    }),
  ];
}

interface ListProps {
  readonly pages: readonly PageName[];
  readonly more: readonly Entry[];
  readonly onClose: () => void;
}

/** The list with everything in it; what it holds is put together when it is opened. */
export function EntryList({ pages, more, onClose }: ListProps) {
  const t = usePaletteWords();
  const { locale } = useLanguage();
  const actions = useActions();
  const own = [...pages, [accountPath, t.account] as const].map(([address, label]): Entry => ({
    id: `page${address.replaceAll('/', '-')}`,
    group: 'pages',
    label,
    run: () => {
      goToPage(address);
    },
  }));
  const about: Entry = {
    id: 'about',
    group: 'pages',
    label: t.about,
    run: () => {
      open(aboutAddress(locale), '_blank', 'noopener');
    },
  };
  return <PaletteDialog entries={[...own, about, ...more, ...actions]} onClose={onClose} />;
}

interface Props {
  /** The list, while it is open. */
  readonly children: (onClose: () => void) => ReactNode;
}

export function Palette({ children }: Props) {
  const t = usePaletteWords();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (!wanted || event.altKey || event.shiftKey || event.repeat) return;
      event.preventDefault();
      // Over a question that waits for its answer nothing else is opened.
      setOpen((now) => !now && document.querySelector('dialog[open]') === null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <>
      <InHeader>
        <button
          type="button"
          className="link palette-button"
          aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
          aria-haspopup="dialog"
          onClick={() => {
            setOpen(true);
          }}
        >
          <Search size={16} aria-hidden="true" />
          <span>{t.open}</span>
          <kbd aria-hidden="true">{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
        </button>
      </InHeader>
      {isOpen &&
        children(() => {
          setOpen(false);
        })}
    </>
  );
}
