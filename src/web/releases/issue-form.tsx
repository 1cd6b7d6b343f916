/** Issuing a period for the first time, or once more with a reason. */
import { useId, useRef, useState, type SyntheticEvent } from 'react';
import { issueRelease } from '../../contract/api/releases.js';
import type { Foreword } from '../../contract/foreword.js';
import type { Release } from '../../contract/release.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { wordFor } from '../../contract/words.js';
import { call, type Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { ErrorText } from '../notice.js';
import { useWithSession } from '../session/with-session.js';
import { ForewordFields } from './foreword-fields.js';
import { useForeword } from './use-foreword.js';
import { periodWords } from '../statistics/period-words.js';

/** Longer than the server itself waits for the keeper. */
const patience = 45_000;

interface Outcome {
  readonly release?: Release;
  readonly problem?: Problem;
}

interface Wanted {
  readonly period: string;
  readonly reason?: string;
  readonly foreword: Foreword | undefined;
}

/** Asks for a release, signing in again on the way where the session has run out. */
function useIssue(onDone: (outcome: Outcome) => void) {
  const withSession = useWithSession();
  const [issuing, setIssuing] = useState(false);
  const issue = async ({ foreword, ...wanted }: Wanted) => {
    setIssuing(true);
    const body = { ...wanted, ...(foreword !== undefined && { foreword }) };
    const reply = await withSession(() => call(issueRelease, { body, patience }));
    setIssuing(false);
    onDone(reply.ok ? { release: reply.body } : { problem: reply.problem });
  };
  return { issuing, issue };
}

export function IssueProblem({ problem }: { readonly problem: Problem }) {
  const { words } = useLanguage();
  const { releases, foreword } = useSupervisorWords();
  const about = problem.errors.some(({ path }) => path.startsWith('foreword'));
  if (problem.slug === 'invalid-request' && about) return <ErrorText>{foreword.refused}</ErrorText>;
  return <ErrorText>{wordFor(releases.problems, problem.slug) ?? problemWords(words, problem)}</ErrorText>;
}

interface FirstProps {
  /** Published and not issued. */
  readonly periods: readonly PeriodSummary[];
  readonly onDone: (outcome: Outcome) => void;
}

export function FirstIssue({ periods, onDone }: FirstProps) {
  const { releases, statistics } = useSupervisorWords();
  const id = useId();
  const [picked, setPicked] = useState('');
  const foreword = useForeword();
  const { issuing, issue } = useIssue((outcome) => {
    // What could not be issued is kept for another try.
    if (outcome.release !== undefined) foreword.clear();
    onDone(outcome);
  });
  const period = periods.find((each) => each.id === picked) ?? periods[0];
  if (period === undefined) return null;
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!issuing)
          foreword.send((text) => {
            void issue({ period: period.id, foreword: text });
          });
      }}
    >
      <div className="field">
        <label htmlFor={id}>{releases.period}</label>
        <select
          id={id}
          autoComplete="off"
          value={period.id}
          onChange={(event) => {
            setPicked(event.target.value);
          }}
        >
          {periods.map((each) => (
            <option key={each.id} value={each.id}>
              {periodWords(statistics, each)}
            </option>
          ))}
        </select>
      </div>
      <ForewordFields foreword={foreword} />
      <button type="submit" className="button primary" aria-disabled={issuing}>
        {issuing ? releases.issuing : releases.issue}
      </button>
    </form>
  );
}

interface AgainProps {
  /** The newest revision that is issued. */
  readonly release: Release;
  readonly onDone: (outcome: Outcome) => void;
  readonly onCancel: () => void;
}

export function IssueAgain({ release, onDone, onCancel }: AgainProps) {
  const { releases } = useSupervisorWords();
  const id = useId();
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  const foreword = useForeword(release.foreword);
  const { issuing, issue } = useIssue(onDone);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    if (!issuing)
      foreword.send((text) => {
        void issue({ period: release.period, reason, foreword: text });
      });
  };
  return (
    <form className="inline-form again" onSubmit={submit}>
      <p className="soft">{releases.againWhy}</p>
      <div className="field">
        <label htmlFor={id}>{releases.reason}</label>
        <input ref={field} id={id} maxLength={200} autoComplete="off" aria-describedby={hintId} autoFocus />
        <span id={hintId} className="soft aside">
          {releases.reasonHint}
        </span>
      </div>
      <ForewordFields foreword={foreword} again={release.foreword !== undefined} />
      <button type="submit" className="button primary" aria-disabled={issuing}>
        {issuing ? releases.issuing : releases.againSend(release.revision + 1)}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => {
          if (foreword.unsaved) foreword.leaving.ask(onCancel);
          else onCancel();
        }}
      >
        {releases.cancel}
      </button>
    </form>
  );
}
