/**
 * A choice. Chips are buttons with the roles of radio buttons and checkboxes, not inputs: browsers write the state
 * of inputs to disk, to restore it after a restart, and no answer may be written anywhere.
 */
import { ChevronDown } from 'lucide-react';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import '../styles/chips.css';

interface ChipProps {
  readonly kind: 'radio' | 'checkbox';
  readonly label: string;
  /** What the answer stands for, where that is more than its label says. */
  readonly hint?: string | undefined;
  readonly checked: boolean;
  readonly onChoose: () => void;
  /** Whether Tab stops here; of the radio buttons of a group only one does. */
  readonly tabbable?: boolean;
  /** The key that picks it while its group has the focus. */
  readonly digit?: string | undefined;
  /** A group of codes: choosing it opens them, in the element of this id. */
  readonly opens?: string;
  readonly disabled?: boolean;
}

/** The key of a chip, for the eye only: a screen reader says the position by itself. */
export function Digit({ digit }: Pick<ChipProps, 'digit'>) {
  return (
    digit !== undefined && (
      <kbd className="digit" aria-hidden="true">
        {digit}
      </kbd>
    )
  );
}

export function Chip({
  kind,
  label,
  hint,
  checked,
  onChoose,
  tabbable = true,
  digit,
  opens,
  disabled = false,
}: ChipProps) {
  const id = useId();
  return (
    <button
      type="button"
      className={opens === undefined ? 'chip' : 'chip opens'}
      role={kind}
      aria-checked={checked}
      aria-disabled={disabled}
      tabIndex={tabbable ? 0 : -1}
      data-digit={digit}
      data-opens={opens}
      {...(hint === undefined ? {} : { 'aria-label': label, 'aria-describedby': id })}
      onClick={disabled ? undefined : onChoose}
    >
      <Digit digit={digit} />
      <span>{label}</span>
      {hint !== undefined && <small id={id}>{hint}</small>}
      {opens !== undefined && <ChevronDown size={14} aria-hidden="true" />}
    </button>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrow keys move and choose among the radio buttons of one group, round its ends, as they do natively. */
function moveAmongRadios(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (step === undefined || modified || !(event.target instanceof HTMLElement)) return;
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = radios.indexOf(event.target);
  if (at < 0) return;
  const next = radios[(at + step + radios.length) % radios.length];
  event.preventDefault();
  next?.focus();
  next?.click();
}

export interface RadiosProps {
  readonly labelledBy?: string;
  readonly label?: string;
  readonly describedBy?: string | undefined;
  readonly required: boolean;
  readonly invalid: boolean;
  readonly className: string;
  readonly id?: string;
  /** Whether digits pick among these chips; false where they belong to a larger group that has the digits. */
  readonly keys?: boolean;
  readonly children: ReactNode;
}

/** A group of chips of which one is chosen. */
export function Radios({
  labelledBy,
  label,
  describedBy,
  required,
  invalid,
  className,
  id,
  keys = true,
  children,
}: RadiosProps) {
  return (
    <div
      role="radiogroup"
      id={id}
      data-keys={keys ? '' : undefined}
      className={className}
      aria-labelledby={labelledBy}
      aria-label={label}
      aria-describedby={describedBy}
      aria-required={required}
      aria-invalid={invalid}
      onKeyDown={moveAmongRadios}
    >
      {children}
    </div>
  );
}
