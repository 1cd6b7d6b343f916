/** What became of a call that was sent: saved, withdrawn or sealed, and what can still be done with it. */
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import '../styles/confirmation.css';
import type { FormDimension, FormVocabulary } from './form-vocabulary.js';
import type { CallState } from './call-state.js';
import { answerTo, isAsked, type Chosen } from './draft.js';
import { Waiting } from './waiting.js';

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly call: CallState;
}

interface AnswersProps {
  readonly vocabulary: FormVocabulary;
  readonly chosen: Chosen;
  /** What is said beside an answer; null where nothing is. */
  readonly remark?: (dimension: FormDimension) => string | null;
}

/** Every question that applies, with its answer. */
export function Answers({ vocabulary, chosen, remark = () => null }: AnswersProps) {
  const { locale, words } = useLanguage();
  const asked = vocabulary.dimensions.filter((dimension) => isAsked(dimension, chosen));
  return (
    <dl className="answers" aria-label={words.call.answers}>
      {asked.map((dimension) => {
        const codes = answerTo(dimension, chosen);
        const given = dimension.codes.filter(({ id }) => codes.includes(id));
        const beside = remark(dimension);
        return (
          <div key={dimension.id}>
            <dt>{dimension.label[locale]}</dt>
            <dd>{given.map(({ label }) => label[locale]).join(', ')}</dd>
            {beside !== null && <dd className="remark">{beside}</dd>}
          </div>
        );
      })}
    </dl>
  );
}

/** Withdrawing takes one question more, since nothing brings a withdrawn call back. */
function Changes({ call }: { readonly call: CallState }) {
  const { words } = useLanguage();
  const [asking, setAsking] = useState(false);
  if (asking)
    return (
      <div className="asking" role="group" aria-label={words.call.withdraw}>
        <p>{words.call.withdrawAsk}</p>
        <button type="button" className="button danger" onClick={call.withdraw}>
          {words.call.withdrawYes}
        </button>
        <button
          type="button"
          className="button"
          autoFocus
          onClick={() => {
            setAsking(false);
          }}
        >
          {words.call.withdrawNo}
        </button>
      </div>
    );
  return (
    <div className="buttons">
      <button type="button" className="button primary" onClick={call.next}>
        {words.call.fresh}
      </button>
      <button type="button" className="button" onClick={call.amend}>
        {words.call.amend}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => {
          setAsking(true);
        }}
      >
        {words.call.withdraw}
      </button>
    </div>
  );
}

function Next({ call }: { readonly call: CallState }) {
  const { words } = useLanguage();
  const { phase } = call;
  if (phase.name === 'sending')
    return phase.waiting === null ? (
      <p role="status">{words.call.withdrawing}</p>
    ) : (
      <Waiting why={phase.waiting} tryNow={call.tryNow} onStop={call.stop} stopWords={words.call.stop} />
    );
  if (phase.name === 'saved') return <Changes call={call} />;
  return (
    <button type="button" className="button primary" onClick={call.next}>
      {words.call.fresh}
    </button>
  );
}

export function Confirmation({ vocabulary, call }: Props) {
  const { words } = useLanguage();
  const { phase } = call;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [phase.name]);

  const title =
    phase.name === 'withdrawn' || phase.name === 'sealed' ? words.call[phase.name] : words.call.saved;
  return (
    <div className="sheet wide">
      <h1 ref={heading} tabIndex={-1} className="done">
        <CircleCheck size={24} aria-hidden="true" />
        <span>{title}</span>
      </h1>
      {phase.name === 'withdrawn' && <p>{words.call.withdrawnWhy}</p>}
      {phase.name === 'sealed' && <p>{words.call.sealedWhy}</p>}
      {phase.name === 'saved' && phase.problem !== null && (
        <ErrorText>{problemWords(words, phase.problem)}</ErrorText>
      )}
      <Next call={call} />
      {(phase.name === 'saved' || phase.name === 'sending') && (
        <Answers vocabulary={vocabulary} chosen={call.draft.chosen} />
      )}
    </div>
  );
}
