/** One question of the draft: its words, its place, and its answers. */
import { useRef } from 'react';
import type { DraftCode, DraftDimension } from '../../contract/vocabulary-draft.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { AddAnswer } from './add-answer.js';
import { AnswerRow, type RowProps } from './answer-row.js';
import { changeCode, siblings } from './editing.js';
import { LabelFields } from './label-fields.js';
import { useAdministration } from './words.js';

interface Props {
  readonly dimension: DraftDimension;
  /** What is wrong at a place below this question, such as `codes.3.label`; null when nothing is. */
  readonly errorAt: (place: RegExp) => string | null;
  readonly onChange: (dimension: DraftDimension) => void;
  readonly onMove: (step: -1 | 1) => void;
}

type Rows = Pick<Props, 'dimension' | 'errorAt' | 'onChange'> & Pick<RowProps, 'onLeave'>;

/** The answers in use under a group, or outside all groups with each group's own below it. */
function Answers({ parent, ...rows }: Rows & { readonly parent?: string }) {
  const { dimension, errorAt } = rows;
  return (
    <ul className={parent === undefined ? 'answers-edited' : 'answers-edited of-group'}>
      {siblings(dimension, parent).map((code) => {
        const at = dimension.codes.findIndex(({ id }) => id === code.id);
        return (
          <li key={code.id}>
            <AnswerRow {...rows} code={code} error={errorAt(new RegExp(`^codes\\.${String(at)}\\.`))} />
            {code.group === true && <Answers {...rows} parent={code.id} />}
          </li>
        );
      })}
    </ul>
  );
}

function Retired({ dimension, onChange, onLeave }: Omit<Rows, 'errorAt'>) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const retired = dimension.codes.filter((code) => code.retired === true);
  if (retired.length === 0) return null;
  const restore = (code: DraftCode) => {
    const parent = dimension.codes.find(({ id }) => id === code.parent);
    // Under a group that is out of use it would have no place.
    const homeless = parent?.retired === true ? { parent: undefined } : {};
    onLeave();
    onChange(changeCode(dimension, code.id, { retired: undefined, ...homeless }));
  };
  return (
    <details className="retired">
      <summary>{t.vocabulary.retired(retired.length)}</summary>
      <ul>
        {retired.map((code) => (
          <li key={code.id}>
            <span>{code.label[locale]}</span>
            <button
              type="button"
              className="link"
              aria-label={`${t.vocabulary.restore}: ${code.label[locale]}`}
              onClick={() => restore(code)}
            >
              {t.vocabulary.restore}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function QuestionEditor({ dimension, errorAt, onChange, onMove }: Props) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const toHeading = () => heading.current?.focus();
  const ofQuestion = errorAt(/^label/);
  const ofAnswers = errorAt(/^codes$/);
  return (
    <section className="question-editor" aria-label={dimension.label[locale]}>
      <div className="question-head">
        <LabelFields
          named
          value={dimension.label}
          onChange={(label) => onChange({ ...dimension, label })}
          invalid={ofQuestion !== null}
        />
        <div className="question-moves">
          <button type="button" className="link" onClick={() => onMove(-1)}>
            {t.vocabulary.earlier}
          </button>
          <button type="button" className="link" onClick={() => onMove(1)}>
            {t.vocabulary.later}
          </button>
        </div>
      </div>
      {ofQuestion !== null && <ErrorText quiet>{ofQuestion}</ErrorText>}
      <p className="soft">
        {dimension.applies === 'all' ? t.vocabulary.ofAll : t.vocabulary.ofConversations}{' '}
        {dimension.max > 1 && t.vocabulary.upTo(dimension.max)}
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {t.vocabulary.answers}
      </h2>
      {ofAnswers !== null && <ErrorText quiet>{ofAnswers}</ErrorText>}
      <Answers dimension={dimension} errorAt={errorAt} onChange={onChange} onLeave={toHeading} />
      <Retired dimension={dimension} onChange={onChange} onLeave={toHeading} />
      <AddAnswer
        key={dimension.id}
        dimension={dimension}
        onAdd={(code) => onChange({ ...dimension, codes: [...dimension.codes, code] })}
      />
    </section>
  );
}
