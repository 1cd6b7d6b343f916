/** The supervisor's pages, with the way from one to another. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Page as AccountPage } from '../account/account-page.js';
import { accountPath, usePath } from '../address.js';
import { AddressLink } from '../address-link.js';
import { ExplorerPage } from '../explorer/explorer-page.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { EntryList, goToPage, Palette, type PageName } from '../palette/palette-button.js';
import { usePeriodEntries } from '../palette/period-entries.js';
import { PlanPage } from '../plan/plan-page.js';
import { ReleasesPage } from '../releases/releases-page.js';
import { PickedContext, usePicked } from '../statistics/picked.js';
import { StatisticsPage } from '../statistics/statistics-page.js';
import '../styles/statistics.css';
import '../styles/supervisor.css';
import { paths } from './paths.js';

const pages: Readonly<Record<string, () => React.JSX.Element>> = {
  [paths.statistics]: StatisticsPage,
  [paths.explore]: ExplorerPage,
  [paths.plan]: PlanPage,
  [paths.releases]: ReleasesPage,
  [accountPath]: AccountPage,
};

interface EntriesProps {
  readonly pages: readonly PageName[];
  readonly onClose: () => void;
}

/** What the supervisor can go to by name: the published periods too. */
function Entries(props: EntriesProps) {
  const { pick } = usePicked();
  const periods = usePeriodEntries((period) => {
    pick(period);
    goToPage(paths.statistics);
  });
  return <EntryList {...props} more={periods} />;
}

export function Page() {
  const { statistics, plan, releases } = useSupervisorWords();
  const path = usePath();
  const Shown = pages[path] ?? StatisticsPage;
  const links = [
    [paths.statistics, statistics.title],
    [paths.explore, statistics.explorer.title],
    [paths.plan, plan.title],
    [paths.releases, releases.title],
  ] as const;
  const [picked, pick] = useState<string | null>(null);
  const period = useMemo(() => ({ picked, pick }), [picked]);
  const box = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // Whoever follows a link goes on reading at the top of the new page.
    if (!first.current) box.current?.focus();
    first.current = false;
  }, [path]);
  return (
    <PickedContext value={period}>
      <Palette>{(onClose) => <Entries pages={links} onClose={onClose} />}</Palette>
      <nav className="pages" aria-label={statistics.pages}>
        {links.map(([to, name]) => (
          <AddressLink key={to} to={to} current={to === path}>
            {name}
          </AddressLink>
        ))}
      </nav>
      <div ref={box} tabIndex={-1} className="shown-page" key={path}>
        <Shown />
      </div>
    </PickedContext>
  );
}
