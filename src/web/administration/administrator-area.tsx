/** The administrator's pages and the way between them. What is not saved of the vocabulary outlives that way. */
import { useEffect, useState } from 'react';
import { Page as AccountPage } from '../account/account-page.js';
import { accountPath, administrationPaths, usePath } from '../address.js';
import { AddressLink } from '../address-link.js';
import { EntryList, Palette } from '../palette/palette-button.js';
import '../styles/administration.css';
import { DirectoryPage } from './directory-page.js';
import { EventsPage } from './events-page.js';
import { ImportPage } from './import-page.js';
import { PeoplePage } from './people-page.js';
import { SettingsPage } from './settings-page.js';
import { SizePage } from './size-page.js';
import { StartPage } from './start-page.js';
import { VocabularyPage, type Unsaved } from './vocabulary-page.js';
import { useAdministration } from './words.js';

const tabs = ['start', 'people', 'vocabulary', 'directory', 'importing', 'settings', 'events'] as const;

function Navigation({ path }: { readonly path: string }) {
  const { t } = useAdministration();
  const pages = tabs.map((tab, index) => [administrationPaths[index] ?? '', t.tabs[tab]] as const);
  return (
    <>
      <Palette>{(onClose) => <EntryList pages={pages} more={[]} onClose={onClose} />}</Palette>
      <nav className="tabs" aria-label={t.nav}>
        {pages.map(([to, name]) => (
          <AddressLink key={to} to={to} current={path === to}>
            {name}
          </AddressLink>
        ))}
      </nav>
    </>
  );
}

/** Asks before the tab is closed over changes that nobody has. */
function useAskBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, [unsaved]);
}

export function Page() {
  const path = usePath();
  const [unsaved, setUnsaved] = useState<Unsaved | null>(null);
  useAskBeforeLeaving(unsaved !== null);
  const pages: Readonly<Record<string, () => React.JSX.Element>> = {
    [accountPath]: () => <AccountPage />,
    '/administration/people': () => <PeoplePage />,
    '/administration/vocabulary': () => <VocabularyPage unsaved={unsaved} onChange={setUnsaved} />,
    '/administration/directory': () => <DirectoryPage />,
    '/administration/import': () => <ImportPage />,
    '/administration/settings': () => <SettingsPage />,
    '/administration/events': () => <EventsPage />,
    '/administration/size': () => <SizePage />,
  };
  const show = pages[path];
  return (
    <>
      <Navigation path={path} />
      {show === undefined ? <StartPage /> : show()}
    </>
  );
}
