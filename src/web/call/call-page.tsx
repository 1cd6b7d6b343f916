/** Where a handler works: the call at hand, the referral directory, the calls of the shift, and practice. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { getDirectory } from '../../contract/api/directory.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { AskedVocabulary } from '../../contract/vocabulary.js';
import { call } from '../api.js';
import { AskFirst, useQuestion } from '../ask-first.js';
import { InHeader } from '../in-header.js';
import { useLeaveGuard } from '../leaving.js';
import { Loading, useLoaded } from '../loaded.js';
import { useLanguage, useTitle } from '../messages/language.js';
import '../styles/handler.css';
import { CallForm } from './call-form.js';
import { useCall } from './call-state.js';
import { Confirmation } from './confirmation.js';
import { formOf } from './form-vocabulary.js';
import { Places, type Place } from './places.js';
import { PracticePage } from './practice-page.js';
import { useSendCall } from './sending.js';
import { ShiftPage } from './shift-page.js';
import { useMonthNow } from './use-month-now.js';

const loadDirectoryPage = () => import('../directory/directory-page.js');
const DirectoryPage = lazy(async () => ({ default: (await loadDirectoryPage()).DirectoryPage }));
const loadDirectory = () => call(getDirectory);

interface Props {
  readonly vocabulary: AskedVocabulary;
  readonly reloadVocabulary: () => void;
  /** Told the month of the call at hand, whose plan says what is asked; null while it is none in particular. */
  readonly onMonth: (month: string | null) => void;
}

function Leaving({ answer }: { readonly answer: (go: boolean) => void }) {
  const { title, why, stay, leave } = useLanguage().words.call.leaving;
  return <AskFirst title={title} why={why} stay={stay} go={leave} answer={answer} />;
}

function Workplace({ vocabulary: whole, reloadVocabulary, onMonth }: Props) {
  const { words } = useLanguage();
  const vocabulary = useMemo(() => formOf(whole), [whole]);
  const call = useCall({ vocabulary, reloadVocabulary, send: useSendCall() });
  const { month } = call.draft;
  useEffect(() => {
    onMonth(month);
  }, [month, onMonth]);
  const [place, setPlace] = useState<Place>('call');
  const { asked, ask, answer } = useQuestion();
  // Fetched with the form and not when it is opened, so that not even the network shows that somebody looked it up.
  const directory = useLoaded(loadDirectory);
  useEffect(() => {
    void loadDirectoryPage();
  }, []);
  useLeaveGuard(call.unsaved, ask);
  useTitle({ ...words.call.places, call: words.call.title, shift: words.call.shift.title }[place]);

  /** Does what would lay another call on the desk, after asking where one is not saved. */
  const layAside = (proceed: () => void) => {
    if (call.unsaved) ask(proceed);
    else proceed();
  };
  const toCall = () => {
    setPlace('call');
  };
  return (
    <>
      <InHeader>
        <Places place={place} onGo={setPlace} calls={call.shift.length} />
      </InHeader>
      {/* It stays as it is while the handler looks elsewhere. */}
      <div className="place" hidden={place !== 'call'}>
        <CallForm
          vocabulary={vocabulary}
          call={call}
          active={place === 'call'}
          done={<Confirmation vocabulary={vocabulary} call={call} />}
        />
      </div>
      {place === 'directory' &&
        (directory.loaded.status === 'here' ? (
          <Suspense fallback={<Loading loaded={{ status: 'coming' }} onRetry={directory.reload} />}>
            <DirectoryPage
              directory={directory.loaded.body}
              vocabulary={whole}
              asked={vocabulary}
              call={call}
              onLeave={toCall}
            />
          </Suspense>
        ) : (
          <Loading loaded={directory.loaded} onRetry={directory.reload} />
        ))}
      {place === 'shift' && (
        <ShiftPage
          vocabulary={vocabulary}
          call={call}
          onOpen={(record, to) => {
            layAside(() => {
              call.reopen(record, to);
              toCall();
            });
          }}
        />
      )}
      {place === 'practice' && <PracticePage vocabulary={vocabulary} onLeave={toCall} />}
      {asked && <Leaving answer={answer} />}
    </>
  );
}

/** Milliseconds after which the questions of a month are asked for again, where they could not be had. */
const again = 15_000;

/** What is asked of a call of a month; until that is here, what is asked in the month before it was wanted. */
function useAsked(month: string, now: string) {
  const load = useCallback(async () => {
    const reply = await call(getVocabulary, month === now ? {} : { query: { month } });
    return reply.ok ? { ...reply, body: { month, vocabulary: reply.body } } : reply;
  }, [month, now]);
  const { loaded, reload } = useLoaded(load);
  const isOther = loaded.status === 'here' && loaded.body.month !== month;
  useEffect(() => {
    if (!isOther) return;
    const trying = setInterval(reload, again);
    return () => {
      clearInterval(trying);
    };
  }, [isOther, reload]);
  return { loaded, reload };
}

export function CallPage() {
  const { words } = useLanguage();
  useTitle(words.call.title);
  const now = useMonthNow();
  const [month, setMonth] = useState<string | null>(null);
  const { loaded, reload } = useAsked(month ?? now, now);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  return <Workplace vocabulary={loaded.body.vocabulary} reloadVocabulary={reload} onMonth={setMonth} />;
}
