/** What a new installation shows: what will be here, and when. */
import { useState } from 'react';
import { useNames } from './names.js';
import { Planned } from './planned.js';
import { today, upcomingQuarter } from './upcoming.js';
import { UpcomingLine } from './upcoming-report.js';

export function EmptyReport() {
  const { statistics } = useNames();
  const { title, lead } = statistics.empty;
  const [upcoming] = useState(() => upcomingQuarter([], today()));
  return (
    <div className="page prose">
      <h1>{title}</h1>
      <p>{lead}</p>
      {upcoming !== null && <UpcomingLine upcoming={upcoming} />}
      <p className="notice">{statistics.approximate}</p>
      {upcoming !== null && <Planned quarter={upcoming.quarter} />}
    </div>
  );
}
