/** Where a handler works: the call at hand, the referral directory, the calls of the shift, and practice. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { getDirectory } from '../../contract/api/directory.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
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
import { Places, type Place } from './places.js';
import { PracticePage } from './practice-page.js';
import { useSendCall } from './sending.js';
import { ShiftPage } from './shift-page.js';

const loadDirectoryPage = () => import('../directory/directory-page.js');
const DirectoryPage = lazy(async () => ({ default: (await loadDirectoryPage()).DirectoryPage }));
const loadDirectory = () => call(getDirectory);

interface Props {
  readonly vocabulary: Vocabulary;
  readonly reloadVocabulary: () => void;
}

function Leaving({ answer }: { readonly answer: (go: boolean) => void }) {
  const { title, why, stay, leave } = useLanguage().words.call.leaving;
  return <AskFirst title={title} why={why} stay={stay} go={leave} answer={answer} />;
}

function Workplace({ vocabulary, reloadVocabulary }: Props) {
  const { words } = useLanguage();
  const call = useCall({ vocabulary, reloadVocabulary, send: useSendCall() });
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
              vocabulary={vocabulary}
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

export function CallPage() {
  const { words } = useLanguage();
  useTitle(words.call.title);
  const load = useCallback(() => call(getVocabulary), []);
  const { loaded, reload } = useLoaded(load);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  return <Workplace vocabulary={loaded.body} reloadVocabulary={reload} />;
}
