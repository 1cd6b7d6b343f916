/** Which release is to be issued, which quarter comes next, what it waits for and when it closes. */
import type { NextMonth, ReleaseStatus } from '../../contract/release-status.js';
import { AddressLink } from '../address-link.js';
import { openAddress } from '../address.js';
import { useLoaded } from '../loaded.js';
import { useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { BegunAnewNote } from '../statistics/begun-anew.js';
import { earliestDay, periodTitle, periodWords } from '../statistics/period-words.js';
import { paths } from '../supervisor/paths.js';
import { loadStatus, useStatusWords } from './status.js';

/** Periods, and lists of months, in the words of the page. */
function useNamed() {
  const { locale } = useLanguage();
  const { statistics } = useSupervisorWords();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const month = (id: string) => periodWords(statistics, { id, kind: 'month' });
  return {
    title: (id: string) => periodTitle(statistics, { id, kind: id.includes('Q') ? 'quarter' : 'year' }),
    day: (id: string) => earliestDay(statistics, id),
    month,
    months: (ids: readonly string[]) => list.format(ids.map(month)),
  };
}

function Waiting({ months }: { readonly months: readonly NextMonth[] }) {
  const words = useStatusWords();
  const named = useNamed();
  const out = months.filter(({ state }) => state === 'published').map(({ month }) => month);
  const waiting = months.flatMap(({ month, state }) =>
    state === 'published' ? [] : [words.months[state](named.month(month), named.day(month))],
  );
  return (
    <>
      {waiting.length > 0 && (
        <div>
          <p className="soft">{words.waitsFor}</p>
          <ul className="plain-list soft">
            {waiting.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {out.length > 0 && <p className="soft">{words.out(named.months(out))}</p>}
    </>
  );
}

function Next({ status: { open, ready, begunAnew, next } }: { readonly status: ReleaseStatus }) {
  const words = useStatusWords();
  const named = useNamed();
  const { locale } = useLanguage();
  const address = openAddress(locale);
  return (
    <section className="numbers next-release" aria-labelledby="next">
      <h2 id="next">{words.title}</h2>
      {ready.map(({ period, withoutUnanswered }) => (
        <div key={period}>
          <p className="to-do">{words.ready(named.title(period))}</p>
          {withoutUnanswered.length > 0 && (
            <p className="soft">
              {/* All twelve months of a year would be a long line that says little. */}
              {withoutUnanswered.length === (period.includes('Q') ? 3 : 12)
                ? words.withoutAny
                : words.withoutUnanswered(named.months(withoutUnanswered))}{' '}
              {words.typeIn}
            </p>
          )}
        </div>
      ))}
      {open && (
        <p>
          {words.open}{' '}
          <a className="link" href={address}>
            {new URL(address, location.origin).href}
          </a>
        </p>
      )}
      <BegunAnewNote
        period={null}
        beside={begunAnew.map((each) => ({ id: each.quarter, begunAnew: [each] }))}
      />
      <p>{words[next.state](named.title(next.quarter), named.day(next.quarter))}</p>
      <Waiting months={next.months} />
    </section>
  );
}

/** The whole of it; nothing while it is on its way, and nothing where it cannot be had. `issued` says when to look anew. */
export function NextRelease({ issued }: { readonly issued: number }) {
  return <Loaded key={issued} />;
}

function Loaded() {
  const { loaded } = useLoaded(loadStatus);
  return loaded.status === 'here' ? <Next status={loaded.body} /> : null;
}

/** The same in a line, where there is something to do. */
export function ReleaseReminder() {
  const words = useStatusWords();
  const named = useNamed();
  const { loaded } = useLoaded(loadStatus);
  if (loaded.status !== 'here') return null;
  const { ready, next } = loaded.body;
  const [first] = ready;
  if (first === undefined && next.state !== 'due') return null;
  return (
    <p className="upcoming reminder">
      {first === undefined
        ? words.due(named.title(next.quarter), named.day(next.quarter))
        : words.ready(named.title(first.period))}{' '}
      {first !== undefined && <AddressLink to={paths.releases}>{words.toReleases}</AddressLink>}
    </p>
  );
}
