/** The supervisor's pages, with the way from one to another. */
import { useEffect, useRef } from 'react';
import { usePath } from '../address.js';
import { AddressLink } from '../address-link.js';
import { ExplorerPage } from '../explorer/explorer-page.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { PlanPage } from '../plan/plan-page.js';
import { ReleasesPage } from '../releases/releases-page.js';
import { StatisticsPage } from '../statistics/statistics-page.js';
import '../styles/foreword.css';
import '../styles/statistics.css';
import '../styles/supervisor.css';
import { paths } from './paths.js';

const pages: Readonly<Record<string, () => React.JSX.Element>> = {
  [paths.statistics]: StatisticsPage,
  [paths.explore]: ExplorerPage,
  [paths.plan]: PlanPage,
  [paths.releases]: ReleasesPage,
};

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
  const box = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // Whoever follows a link goes on reading at the top of the new page.
    if (!first.current) box.current?.focus();
    first.current = false;
  }, [path]);
  return (
    <>
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
    </>
  );
}
