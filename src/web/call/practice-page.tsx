/** The form with a made-up call, for those who are new or seldom on shift. It sends nothing and stores nothing. */
import { GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { useLanguage } from '../messages/language.js';
import { useFocus } from '../use-focus.js';
import type { FormDimension, FormVocabulary } from './form-vocabulary.js';
import { useCall, type CallState } from './call-state.js';
import { CallForm } from './call-form.js';
import { Answers } from './confirmation.js';
import { answerTo, isAsked } from './draft.js';
import { storyOrder, suggestions, type Story } from './practice-calls.js';
import { practise } from './sending.js';

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly onLeave: () => void;
}

/** The suggested codes for a question, as far as the vocabulary has them; none where there is no suggestion. */
function suggested(story: Story, dimension: FormDimension): string[] {
  return answerTo(dimension, suggestions[story]);
}

function differs(story: Story, dimension: FormDimension, call: CallState): boolean {
  const codes = suggested(story, dimension);
  if (codes.length === 0) return false;
  const given = answerTo(dimension, call.draft.chosen);
  return codes.length !== given.length || codes.some((code) => !given.includes(code));
}

interface ReviewProps {
  readonly vocabulary: FormVocabulary;
  readonly call: CallState;
  readonly story: Story;
  readonly onAnother: () => void;
}

/** The answers beside the suggestion. */
function Review({ vocabulary, call, story, onAnother }: ReviewProps) {
  const { locale, words } = useLanguage();
  const { done, allSame, differs: different, suggestion, note, another, again } = words.call.practice;
  const heading = useFocus();
  const asked = vocabulary.dimensions.filter((dimension) => isAsked(dimension, call.draft.chosen));
  const other = asked.filter((dimension) => differs(story, dimension, call));
  const remark = (dimension: FormDimension): string | null => {
    if (!other.includes(dimension)) return null;
    const codes = suggested(story, dimension);
    const labels = dimension.codes.filter(({ id }) => codes.includes(id)).map(({ label }) => label[locale]);
    return `${suggestion}: ${labels.join(', ')}`;
  };
  return (
    <div className="sheet wide">
      <h1 ref={heading} tabIndex={-1} className="done">
        <GraduationCap size={24} aria-hidden="true" />
        <span>{done}</span>
      </h1>
      <p>
        {other.length === 0 ? allSame : different(other.length)} {other.length > 0 && note}
      </p>
      <div className="buttons">
        <button type="button" className="button primary" onClick={onAnother}>
          {another}
        </button>
        <button type="button" className="button" onClick={call.amend}>
          {again}
        </button>
      </div>
      <Answers vocabulary={vocabulary} chosen={call.draft.chosen} remark={remark} />
    </div>
  );
}

function Practice({ vocabulary, story, onAnother, onLeave }: Omit<ReviewProps, 'call'> & Props) {
  const { words } = useLanguage();
  const call = useCall({ vocabulary, reloadVocabulary: () => undefined, send: practise });
  return (
    <CallForm
      practice
      active
      vocabulary={vocabulary}
      call={call}
      done={<Review vocabulary={vocabulary} call={call} story={story} onAnother={onAnother} />}
    >
      <section className="story" aria-label={words.call.practice.mark}>
        <p className="mark">
          <GraduationCap size={18} aria-hidden="true" />
          <strong>{words.call.practice.mark}</strong>
          <span>{words.call.practice.banner}</span>
          <button type="button" className="link" onClick={onAnother}>
            {words.call.practice.another}
          </button>
          <button type="button" className="link" onClick={onLeave}>
            {words.call.practice.stop}
          </button>
        </p>
        <p>{words.stories[story]}</p>
      </section>
    </CallForm>
  );
}

export function PracticePage({ vocabulary, onLeave }: Props) {
  const [at, setAt] = useState(0);
  const story = storyOrder[at % storyOrder.length] ?? 'mother';
  return (
    <Practice
      key={at}
      vocabulary={vocabulary}
      story={story}
      onLeave={onLeave}
      onAnother={() => {
        setAt(at + 1);
      }}
    />
  );
}
