import { useId } from 'react';
import type { Label } from '../../contract/vocabulary.js';
import { useAdministration } from './words.js';

interface Props {
  readonly value: Label;
  readonly onChange: (label: Label) => void;
  readonly invalid: boolean;
  readonly describedBy?: string | undefined;
  /** Whether the names of the fields are seen; they are read out in any case. */
  readonly named?: boolean;
  /** What the words are for, where the fields' names are not seen. */
  readonly of?: string;
}

/** Words in both languages, Swedish first. */
export function LabelFields({ value, onChange, invalid, describedBy, named = false, of = '' }: Props) {
  const { t } = useAdministration();
  const id = useId();
  return (['sv', 'en'] as const).map((locale) => (
    <div className="field" key={locale}>
      <label htmlFor={`${id}-${locale}`} className={named ? undefined : 'visually-hidden'}>
        {locale === 'sv' ? t.vocabulary.swedish : t.vocabulary.english}
        {of !== '' && <span className="visually-hidden">: {of}</span>}
      </label>
      <input
        id={`${id}-${locale}`}
        lang={locale}
        value={value[locale]}
        onChange={(event) => {
          onChange({ ...value, [locale]: event.target.value });
        }}
        autoComplete="off"
        maxLength={120}
        required
        aria-invalid={invalid}
        aria-describedby={describedBy}
      />
    </div>
  ));
}
