/** The calls of this tab's shift, and its end. All of it is in memory; none of it is asked of the server. */
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { useLanguage } from '../messages/language.js';
import { useSession } from '../session/session.js';
import { useFocus } from '../use-focus.js';
import type { FormVocabulary } from './form-vocabulary.js';
import type { CallState } from './call-state.js';
import { answerTo, isAsked } from './draft.js';
import type { ShiftCall } from './outcome.js';

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly call: CallState;
  readonly onOpen: (call: ShiftCall, to: 'look' | 'amend') => void;
}

/** The first answers of a call, enough to know it again. */
function useSummary(vocabulary: FormVocabulary) {
  const { locale } = useLanguage();
  return ({ draft: { chosen } }: ShiftCall): string =>
    vocabulary.dimensions
      .filter((dimension) => isAsked(dimension, chosen))
      .flatMap((dimension) => {
        const given = answerTo(dimension, chosen);
        return dimension.codes.filter(({ id }) => given.includes(id)).map(({ label }) => label[locale]);
      })
      .slice(0, 6)
      .join(' · ');
}

function Calls({ vocabulary, call, onOpen }: Props) {
  const { words } = useLanguage();
  const { list, number, amend, withdraw, withdrawn, sealed } = words.call.shift;
  const summary = useSummary(vocabulary);
  const busy = call.phase.name === 'sending';
  return (
    <ol className="shift" aria-label={list} reversed>
      {call.shift
        .map((record, at) => ({ record, name: number(at + 1) }))
        .toReversed()
        .map(({ record, name }) => (
          <li key={record.receipt}>
            <p>
              <strong>{name}</strong> <span className="soft">{summary(record)}</span>
            </p>
            {record.status === 'saved' ? (
              <div className="buttons">
                {(['amend', 'look'] as const).map((to) => (
                  <button
                    key={to}
                    type="button"
                    className="button"
                    aria-label={`${to === 'amend' ? amend : withdraw}: ${name}`}
                    aria-disabled={busy}
                    onClick={
                      busy
                        ? undefined
                        : () => {
                            onOpen(record, to);
                          }
                    }
                  >
                    {to === 'amend' ? amend : withdraw}
                  </button>
                ))}
              </div>
            ) : (
              <span className="soft">{record.status === 'sealed' ? sealed : withdrawn}</span>
            )}
          </li>
        ))}
    </ol>
  );
}

/** Ends the shift: forgets its calls and signs out. */
function End({ call }: Pick<Props, 'call'>) {
  const { words } = useLanguage();
  const { end, endAsk, endWhy, endDraft, endYes, endNo } = words.call.shift;
  const { endShift } = useSession();
  const [asking, setAsking] = useState(false);
  const stop = () => {
    setAsking(false);
  };
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => {
          setAsking(true);
        }}
      >
        {end}
      </button>
      {asking && (
        <Dialog title={endAsk} onClose={stop}>
          <p>{endWhy}</p>
          {call.unsaved && (
            <p>
              <strong>{endDraft}</strong>
            </p>
          )}
          <div className="buttons">
            <button
              type="button"
              className={call.unsaved ? 'button danger' : 'button primary'}
              onClick={() => {
                call.wipe();
                endShift();
              }}
            >
              {endYes}
            </button>
            <button type="button" className="button" autoFocus onClick={stop}>
              {endNo}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

export function ShiftPage(props: Props) {
  const { words } = useLanguage();
  const { title, intro, none } = words.call.shift;
  const heading = useFocus();
  return (
    <div className="page prose">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="soft">{intro}</p>
      {props.call.shift.length === 0 ? <p>{none}</p> : <Calls {...props} />}
      <End call={props.call} />
    </div>
  );
}
