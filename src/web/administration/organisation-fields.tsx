/** The kinds of field that the form of an organisation has. Each says what is wrong with it, and is described by that. */
import { X } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import type { Code } from '../../contract/vocabulary.js';
import { Combobox } from '../call/combobox.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import '../styles/chips.css';
import { useAdministration } from './words.js';

interface Common {
  readonly label: string;
  readonly hint?: string;
  /** Null when nothing is. */
  readonly error: string | null;
}

/** What stands below a field; the focus is moved to the field, and reads it. */
function Below({ id, hint, error }: Omit<Common, 'label'> & { readonly id: string }) {
  return (
    <span id={id} className="below">
      {hint !== undefined && <span className="soft">{hint}</span>}
      {error !== null && <ErrorText quiet>{error}</ErrorText>}
    </span>
  );
}

interface TextProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly most?: number;
  readonly required?: boolean;
  readonly type?: 'text' | 'tel' | 'url' | 'date';
  readonly children?: ReactNode;
}

/** One line of text, or a day. */
export function TextField({ label, hint, error, value, onChange, most, children, ...rest }: TextProps) {
  const id = useId();
  const { type = 'text', required = false } = rest;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="line">
        <input
          id={id}
          type={type}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          autoComplete="off"
          autoCapitalize={type === 'text' ? undefined : 'none'}
          spellCheck={type === 'text'}
          maxLength={most}
          required={required}
          aria-invalid={error !== null}
          aria-describedby={`${id}-below`}
        />
        {children}
      </div>
      <Below id={`${id}-below`} {...(hint !== undefined && { hint })} error={error} />
    </div>
  );
}

interface SelectProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The options. */
  readonly children: ReactNode;
}

/** One of a list. */
export function SelectField({ label, error, value, onChange, children }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        autoComplete="off"
        required
        aria-invalid={error !== null}
        aria-describedby={`${id}-below`}
      >
        {children}
      </select>
      <Below id={`${id}-below`} error={error} />
    </div>
  );
}

interface SeveralProps extends Common {
  readonly codes: readonly Code[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Several of a long list: found by typing, one at a time. */
export function SeveralField({ label, hint, error, codes, chosen, onChange }: SeveralProps) {
  const { locale } = useLanguage();
  const { t } = useAdministration();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const nameOf = (code: string) => codes.find((one) => one.id === code)?.label[locale] ?? code;
  return (
    <div className="field" ref={box} role="group" aria-labelledby={id}>
      <p id={id} className="label">
        {label}
      </p>
      {chosen.length > 0 && (
        <ul className="picked">
          {chosen.map((code) => (
            <li key={code}>
              <button
                type="button"
                className="chip"
                aria-label={t.directory.takeAway(nameOf(code))}
                onClick={() => {
                  onChange(chosen.filter((other) => other !== code));
                  // The button goes; the focus stays in the field that it belonged to.
                  box.current?.querySelector('input')?.focus();
                }}
              >
                {nameOf(code)}
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        codes={codes.filter((code) => !chosen.includes(code.id))}
        chosen={[]}
        onChoose={(code) => {
          if (code !== null) onChange([...chosen, code]);
        }}
        labelledBy={id}
        describedBy={`${id}-below`}
        invalid={error !== null}
        required={false}
      />
      <Below id={`${id}-below`} {...(hint !== undefined && { hint })} error={error} />
    </div>
  );
}

interface TicksProps<Value extends string> extends Common {
  readonly values: readonly (readonly [Value, string])[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}

/** Any of a few. */
export function TicksField<Value extends string>(props: TicksProps<Value>) {
  const { label, error, values, chosen, onChange } = props;
  const id = useId();
  return (
    <fieldset className="field ticks" aria-describedby={`${id}-below`}>
      <legend>{label}</legend>
      <div>
        {values.map(([value, text]) => (
          <label key={value} className="tick">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => {
                const picked = event.target.checked
                  ? [...chosen, value]
                  : chosen.filter((one) => one !== value);
                // In the order of the list, so that ticking and unticking is no change.
                onChange(values.flatMap(([one]) => (picked.includes(one) ? [one] : [])));
              }}
            />
            {text}
          </label>
        ))}
      </div>
      <Below id={`${id}-below`} error={error} />
    </fieldset>
  );
}
