/** Adds an answer, or a group of answers, to a question. */
import { useId, useState, type SubmitEvent } from 'react';
import type { DraftCode, DraftDimension } from '../../contract/vocabulary-draft.js';
import { ErrorText } from '../notice.js';
import { newId } from './editing.js';
import { LabelFields } from './label-fields.js';
import { useAdministration } from './words.js';

interface Props {
  readonly dimension: DraftDimension;
  readonly onAdd: (code: DraftCode) => void;
}

const nothing = { sv: '', en: '' };

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {label}
    </label>
  );
}

export function AddAnswer({ dimension, onAdd }: Props) {
  const { t } = useAdministration();
  const id = useId();
  const [label, setLabel] = useState(nothing);
  const [group, setGroup] = useState(false);
  const [exclusive, setExclusive] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const words = { sv: label.sv.trim(), en: label.en.trim() };
    if (words.sv === '' || words.en === '') {
      setError(t.vocabulary.addFirst);
      return;
    }
    if (dimension.codes.some((code) => code.label.sv === words.sv || code.label.en === words.en)) {
      setError(t.vocabulary.addTaken);
      return;
    }
    onAdd({
      id: newId(dimension, words.en),
      label: words,
      added: true,
      ...(group ? { group } : {}),
      ...(exclusive ? { exclusive } : {}),
    });
    setLabel(nothing);
    setGroup(false);
    setExclusive(false);
    setError(null);
  };
  return (
    <form className="add-answer" onSubmit={submit} noValidate aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t.vocabulary.addTitle}</h3>
      <div className="answer">
        <LabelFields
          named
          value={label}
          onChange={setLabel}
          invalid={error !== null}
          describedBy={`${id}-error`}
        />
        <button type="submit" className="button">
          {t.vocabulary.add}
        </button>
      </div>
      <Tick label={t.vocabulary.addGroup} checked={group} onChange={setGroup} />
      {dimension.max > 1 && !group && (
        <Tick label={t.vocabulary.addAlone} checked={exclusive} onChange={setExclusive} />
      )}
      <span id={`${id}-error`}>{error !== null && <ErrorText>{error}</ErrorText>}</span>
    </form>
  );
}
