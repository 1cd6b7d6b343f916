import { useLanguage } from '../messages/language.js';
import type { FormDimension } from './form-vocabulary.js';

interface Props {
  readonly dimension: FormDimension;
  readonly code: string;
  readonly onOpen: (line: HTMLElement) => void;
}

/** What the clock has filled in, as one quiet line that opens on demand. */
export function Measured({ dimension, code, onOpen }: Props) {
  const { locale, words } = useLanguage();
  const label = dimension.label[locale];
  return (
    <p className="measured soft">
      {label}: {dimension.codes.find(({ id }) => id === code)?.label[locale]}{' '}
      <button
        type="button"
        className="link"
        aria-label={`${words.call.change}: ${label}`}
        onClick={(event) => {
          onOpen(event.currentTarget);
        }}
      >
        {words.call.change}
      </button>
    </p>
  );
}
