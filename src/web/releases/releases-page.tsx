/** Releases: issue a period, take the files, check them. */
import { useState } from 'react';
import { listReleases } from '../../contract/api/releases.js';
import { listPeriods } from '../../contract/api/statistics.js';
import { releaseName, type Release } from '../../contract/release.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { call, type Problem, type Reply } from '../api.js';
import { useLoaded } from '../loaded.js';
import { PageLoading } from '../supervisor/page-loading.js';
import { useTitle } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { periodWords } from '../statistics/period-words.js';
import '../styles/next-release.css';
import { CalendarAddress } from './calendar-address.js';
import { FirstIssue, IssueAgain, IssueProblem } from './issue-form.js';
import { NextRelease } from './next-release.js';
import { OwnFiles } from './own-files.js';
import { ReleaseItem } from './release-item.js';

interface Loaded {
  readonly releases: readonly Release[];
  readonly periods: readonly PeriodSummary[];
}

async function loadReleases(): Promise<Reply<Loaded>> {
  const [releases, periods] = await Promise.all([call(listReleases), call(listPeriods)]);
  if (!releases.ok) return releases;
  if (!periods.ok) return periods;
  return { ok: true, status: 200, body: { releases: releases.body, periods: periods.body.periods } };
}

type Said = { readonly issued: string } | { readonly problem: Problem } | null;

function Releases({ releases, periods, reload }: Loaded & { readonly reload: () => void }) {
  const { releases: words, statistics } = useSupervisorWords();
  const [again, setAgain] = useState<string | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const issued = new Set(releases.map(({ period }) => period));
  const publishable = periods.filter(({ kind }) => kind !== 'month').toReversed();
  const open = publishable.filter(({ id }) => !issued.has(id));
  const named = (id: string) => periodWords(statistics, { id, kind: id.includes('Q') ? 'quarter' : 'year' });
  const done = ({ release, problem }: { readonly release?: Release; readonly problem?: Problem }) => {
    if (release !== undefined) {
      setSaid({ issued: words.issued(named(release.period)) });
      setAgain(null);
    } else if (problem !== undefined) setSaid({ problem });
    // Also after a problem: the release may have come all the same.
    reload();
  };
  const newest = (release: Release) =>
    releases.every((each) => each.period !== release.period || each.revision <= release.revision);
  return (
    <>
      <NextRelease issued={releases.length} />
      <section className="numbers" aria-labelledby="issue">
        <h2 id="issue">{words.issueTitle}</h2>
        {open.length > 0 ? (
          <FirstIssue periods={open} onDone={done} />
        ) : (
          <p>{publishable.length > 0 ? words.nothingToIssue : words.nothingPublished}</p>
        )}
        <p role="status">{said !== null && 'issued' in said && said.issued}</p>
        {said !== null && 'problem' in said && <IssueProblem problem={said.problem} />}
      </section>
      {releases.length === 0 && <p>{words.none}</p>}
      <div className="cards">
        {releases.map((release) => {
          const name = releaseName(release.period, release.revision);
          return (
            <div key={name}>
              <ReleaseItem
                release={release}
                onAgain={
                  newest(release) && again !== name
                    ? () => {
                        setAgain(name);
                        setSaid(null);
                      }
                    : null
                }
              />
              {again === name && (
                <IssueAgain
                  release={release}
                  onDone={done}
                  onCancel={() => {
                    setAgain(null);
                  }}
                />
              )}
            </div>
          );
        })}
      </div>
      <OwnFiles />
      <CalendarAddress />
    </>
  );
}

export function ReleasesPage() {
  const { releases } = useSupervisorWords();
  useTitle(releases.title);
  const { loaded, reload } = useLoaded(loadReleases);
  if (loaded.status !== 'here')
    return <PageLoading title={releases.title} loaded={loaded} onRetry={reload} />;
  return (
    <div className="page">
      <h1>{releases.title}</h1>
      <p className="prose-line">{releases.lead}</p>
      <Releases {...loaded.body} reload={reload} />
    </div>
  );
}
