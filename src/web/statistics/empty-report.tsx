/** What a new installation shows: what will be here, and when. */
import { useState } from 'react';
import { AddressLink } from '../address-link.js';
import { paths } from '../supervisor/paths.js';
import { useNames } from './names.js';
import { today, upcomingQuarter } from './upcoming.js';
import { UpcomingLine } from './upcoming-report.js';

export function EmptyReport() {
  const { statistics } = useNames();
  const { title, lead, when, will, list, plan } = statistics.empty;
  const [upcoming] = useState(() => upcomingQuarter([], today()));
  return (
    <div className="page prose">
      <h1>{title}</h1>
      <p>{lead}</p>
      {upcoming !== null && <UpcomingLine upcoming={upcoming} />}
      <p className="soft">{when}</p>
      <h2>{will}</h2>
      <ul className="plain-list">
        {list.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        {plan} <AddressLink to={paths.plan}>{statistics.changeThePlan}</AddressLink>
      </p>
      <p className="notice">{statistics.approximate}</p>
    </div>
  );
}
