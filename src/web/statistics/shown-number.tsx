/** A published number as it may be shown. What is hidden explains itself in place, by mouse, key and touch. */
import { useId, useState } from 'react';
import type { ShownNumber } from '../../contract/statistics.js';
import { useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';

interface ExplainedProps {
  readonly text: string;
  readonly why: string;
  readonly tabbable: boolean;
}

function Explained({ text, why, tabbable }: ExplainedProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span className="explained">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {text}
      </button>
      <span id={id} role="note" hidden={!open}>
        {why}
      </span>
    </span>
  );
}

interface Props {
  readonly number: ShownNumber;
  /** In a table of many hidden numbers, which all say the same, Tab stops at the first alone. */
  readonly tabbable?: boolean;
}

export function Shown({ number, tabbable = true }: Props) {
  const { locale } = useLanguage();
  const { under, underWhy, withheld, withheldWhy } = useSupervisorWords().statistics;
  if ('value' in number) return <span className="value">{number.value.toLocaleString(locale)}</span>;
  if ('under' in number) return <Explained text={under(number.under)} why={underWhy} tabbable={tabbable} />;
  return <Explained text={withheld} why={withheldWhy} tabbable={tabbable} />;
}
