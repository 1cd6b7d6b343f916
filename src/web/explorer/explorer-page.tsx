/** Any table over any published periods. */
import { howToRead } from '../../contract/how-to-read.js';
import { methodAddress } from '../address.js';
import { AddressLink } from '../address-link.js';
import { useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { DimensionsContext, useNames } from '../statistics/names.js';
import { Planned } from '../statistics/planned.js';
import { today, upcomingQuarter } from '../statistics/upcoming.js';
import { UpcomingLine } from '../statistics/upcoming-report.js';
import { PageLoading } from '../supervisor/page-loading.js';
import '../styles/explorer.css';
import { Explorer } from './explorer.js';
import { loadCatalogue } from './load.js';

export function ExplorerPage() {
  const { statistics, locale } = useNames();
  const { explorer } = statistics;
  useTitle(explorer.title);
  const { loaded, reload } = useLoaded(loadCatalogue);
  if (loaded.status !== 'here')
    return <PageLoading title={explorer.title} loaded={loaded} onRetry={reload} />;
  const { periods, dimensions } = loaded.body;
  const upcoming = upcomingQuarter(periods, today());
  return (
    <DimensionsContext value={dimensions}>
      <div className="page report">
        <h1>{explorer.title}</h1>
        <p className="prose-line">{explorer.lead}</p>
        <p className="notice">{statistics.approximate}</p>
        <p>
          <AddressLink to={methodAddress(locale)} apart>
            {howToRead[locale].title}
          </AddressLink>
        </p>
        {periods.length === 0 ? <p>{explorer.empty}</p> : <Explorer catalogue={loaded.body} />}
        {upcoming !== null && <UpcomingLine upcoming={upcoming} />}
        {periods.length === 0 && upcoming !== null && <Planned quarter={upcoming.quarter} />}
      </div>
    </DimensionsContext>
  );
}
