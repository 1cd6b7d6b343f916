/** One answer of a question: its words, its group, its place, and whether it is in use. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId } from 'react';
import type { DraftCode, DraftDimension } from '../../contract/vocabulary-draft.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { changeCode, moveCode, removeCode, siblings } from './editing.js';
import { LabelFields } from './label-fields.js';
import { useAdministration } from './words.js';

export interface RowProps {
  readonly dimension: DraftDimension;
  readonly code: DraftCode;
  /** In words; null when nothing is wrong. */
  readonly error: string | null;
  readonly onChange: (dimension: DraftDimension) => void;
  /** The row is about to leave its place, and the focus with it. */
  readonly onLeave: () => void;
}

function GroupSelect({ dimension, code, onChange }: Pick<RowProps, 'dimension' | 'code' | 'onChange'>) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const groups = siblings(dimension, undefined).filter(({ group }) => group === true);
  if (code.group === true) return <span className="soft tag">{t.vocabulary.isGroup}</span>;
  if (groups.length === 0) return null;
  return (
    <select
      aria-label={`${t.vocabulary.group}: ${code.label[locale]}`}
      value={code.parent ?? ''}
      onChange={(event) => {
        const { value } = event.target;
        onChange(changeCode(dimension, code.id, { parent: value === '' ? undefined : value }));
      }}
    >
      <option value="">{t.vocabulary.noGroup}</option>
      {groups.map(({ id, label }) => (
        <option key={id} value={id}>
          {label[locale]}
        </option>
      ))}
    </select>
  );
}

function Moves({ dimension, code, onChange }: Pick<RowProps, 'dimension' | 'code' | 'onChange'>) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const beside = siblings(dimension, code.parent);
  const at = beside.findIndex(({ id }) => id === code.id);
  const label = code.label[locale];
  return (
    <span className="moves">
      <button
        type="button"
        className="icon"
        aria-label={t.vocabulary.up(label)}
        aria-disabled={at === 0}
        onClick={() => onChange(moveCode(dimension, code, -1))}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon"
        aria-label={t.vocabulary.down(label)}
        aria-disabled={at === beside.length - 1}
        onClick={() => onChange(moveCode(dimension, code, 1))}
      >
        <ArrowDown size={16} aria-hidden="true" />
      </button>
    </span>
  );
}

export function AnswerRow({ dimension, code, error, onChange, onLeave }: RowProps) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const id = useId();
  const label = code.label[locale];
  const leaving = code.added === true ? t.vocabulary.remove : t.vocabulary.retire;
  const leave = () => {
    const next =
      code.added === true
        ? removeCode(dimension, code.id)
        : changeCode(dimension, code.id, { retired: true });
    onLeave();
    onChange(next);
  };
  return (
    <div className="answer" data-code={code.id} data-invalid={error !== null}>
      <LabelFields
        value={code.label}
        onChange={(words) => onChange(changeCode(dimension, code.id, { label: words }))}
        invalid={error !== null}
        describedBy={`${id}-error`}
        of={label}
      />
      <span className="place">
        <GroupSelect dimension={dimension} code={code} onChange={onChange} />
        {code.exclusive === true && <span className="soft tag">{t.vocabulary.alone}</span>}
        {code.added === true && <span className="tag new">{t.vocabulary.added}</span>}
      </span>
      <Moves dimension={dimension} code={code} onChange={onChange} />
      <button type="button" className="link" aria-label={`${leaving}: ${label}`} onClick={leave}>
        {leaving}
      </button>
      <span id={`${id}-error`} className="wrong">
        {error !== null && <ErrorText quiet>{error}</ErrorText>}
      </span>
    </div>
  );
}
