/** The vocabulary of next quarter: a question at a time, with the form as it will be. */
import { CircleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { Locale } from '../../contract/problem.js';
import { wordFor } from '../../contract/words.js';
import { Loading } from '../loaded.js';
import { useLanguage, useTitle, writtenAs } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import '../styles/bar.css';
import '../styles/parts.css';
import '../styles/vocabulary.css';
import { changeDimension, moveDimension } from './editing.js';
import { Preview } from './preview.js';
import { QuestionEditor } from './question-editor.js';
import { useVocabularyDraft, type Store } from './use-vocabulary-draft.js';
import { useAdministration } from './words.js';

export type { Unsaved } from './use-vocabulary-draft.js';

type Editing = ReturnType<typeof useVocabularyDraft>;

/** The first day of a quarter, in words. */
function firstDay(quarter: string, locale: Locale): string {
  const first = new Date(Date.UTC(Number(quarter.slice(0, 4)), (Number(quarter.slice(6)) - 1) * 3, 1));
  return new Intl.DateTimeFormat(writtenAs[locale], {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(first);
}

interface ListProps {
  readonly editing: Editing;
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** The questions: a list where there is room for one, else one line that opens. */
function QuestionList({ editing: { dimensions, errors }, selected, onSelect }: ListProps) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const id = useId();
  const wrong = (at: number) => errors.some(({ path }) => path.startsWith(`dimensions.${String(at)}.`));
  return (
    <>
      <div className="question-select field">
        <label htmlFor={id}>{t.vocabulary.question}</label>
        <select
          id={id}
          value={selected}
          onChange={(event) => {
            onSelect(event.target.value);
          }}
        >
          {dimensions.map((dimension, at) => (
            <option key={dimension.id} value={dimension.id}>
              {dimension.label[locale]}
              {wrong(at) && ` (${t.vocabulary.mend})`}
            </option>
          ))}
        </select>
      </div>
      <nav className="question-list" aria-label={t.vocabulary.questions}>
        <ul>
          {dimensions.map((dimension, at) => (
            <li key={dimension.id}>
              <button
                type="button"
                aria-current={dimension.id === selected}
                onClick={() => {
                  onSelect(dimension.id);
                }}
              >
                {dimension.label[locale]}
                {wrong(at) && (
                  <>
                    <CircleAlert size={16} aria-hidden="true" />
                    <span className="visually-hidden"> ({t.vocabulary.mend})</span>
                  </>
                )}
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

function SavingWords({
  editing: { saving, errors },
  unsaved,
}: {
  readonly editing: Editing;
  readonly unsaved: boolean;
}) {
  const { t, tell } = useAdministration();
  if (saving.name === 'failed') return <ErrorText>{tell(saving.problem)}</ErrorText>;
  if (saving.name === 'to-mend' && errors.length > 0)
    return <ErrorText>{t.vocabulary.toMend(errors.length)}</ErrorText>;
  if (saving.name === 'saved' && !unsaved) return <span role="status">{t.vocabulary.saved}</span>;
  if (saving.name === 'same' && !unsaved) return <span role="status">{t.vocabulary.same}</span>;
  return <span className="soft">{unsaved && t.vocabulary.unsaved}</span>;
}

function SaveBar({ editing, unsaved }: { readonly editing: Editing; readonly unsaved: boolean }) {
  const { t } = useAdministration();
  const { saving, save, undo } = editing;
  const stale = saving.name === 'failed' && saving.problem.slug === 'vocabulary-changed';
  return (
    <div className="bar">
      <button
        type="button"
        className="button primary"
        aria-disabled={saving.name === 'sending'}
        onClick={save}
      >
        {t.vocabulary.save}
      </button>
      <button type="button" className="button" aria-disabled={!unsaved} onClick={unsaved ? undo : undefined}>
        {stale ? t.vocabulary.reload : t.vocabulary.undo}
      </button>
      <p className="promise">
        <SavingWords editing={editing} unsaved={unsaved} />
      </p>
    </div>
  );
}

export function VocabularyPage(store: Store) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  useTitle(t.vocabulary.title);
  const editing = useVocabularyDraft(store);
  const [chosen, setChosen] = useState('');
  const { draft, dimensions, errors, edit } = editing;
  if (draft === null)
    return (
      <div className="page administration parts vocabulary">
        <h1>{t.vocabulary.title}</h1>
        {editing.loaded.status !== 'here' && <Loading loaded={editing.loaded} onRetry={editing.reload} />}
      </div>
    );
  const dimension = dimensions.find(({ id }) => id === chosen) ?? dimensions[0];
  if (dimension === undefined) return null;
  const prefix = `dimensions.${String(dimensions.indexOf(dimension))}.`;
  const errorAt = (place: RegExp): string | null => {
    const found = errors.find(({ path }) => path.startsWith(prefix) && place.test(path.slice(prefix.length)));
    if (found === undefined) return null;
    return wordFor(t.vocabulary.errors, found.code) ?? t.vocabulary.errors.other;
  };
  return (
    <>
      <div className="page administration parts vocabulary">
        <h1>{t.vocabulary.title}</h1>
        <p className="lead">{t.vocabulary.intro(draft.quarter, firstDay(draft.quarter, locale))}</p>
        <p className="soft">{t.vocabulary.intro2}</p>
        <p className="soft">{t.vocabulary.questionsStay}</p>
        <div className="editor">
          <QuestionList editing={editing} selected={dimension.id} onSelect={setChosen} />
          <QuestionEditor
            dimension={dimension}
            errorAt={errorAt}
            onChange={(changed) => {
              edit(changeDimension(dimensions, dimension.id, () => changed));
            }}
            onMove={(step) => {
              setChosen(dimension.id);
              edit(moveDimension(dimensions, dimension.id, step));
            }}
          />
        </div>
        <Preview dimensions={dimensions} />
      </div>
      <SaveBar editing={editing} unsaved={store.unsaved !== null} />
    </>
  );
}
