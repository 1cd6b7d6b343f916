import { CloudOff } from 'lucide-react';
import { useLanguage } from '../messages/language.js';

interface Props {
  readonly tryNow: () => void;
  readonly onStop: () => void;
  readonly stopWords: string;
}

/** Shown while there is no contact: the sending goes on by itself. */
export function WaitingForContact({ tryNow, onStop, stopWords }: Props) {
  const { words } = useLanguage();
  return (
    <div className="waiting">
      <p role="status">
        <CloudOff size={18} aria-hidden="true" />
        <span>
          <strong>{words.call.waiting}</strong> {words.call.waitingWhy}
        </span>
      </p>
      {/* The questions take no focus meanwhile, so it comes here. */}
      <button type="button" className="button primary" autoFocus onClick={tryNow}>
        {words.call.tryNow}
      </button>
      <button type="button" className="button" onClick={onStop}>
        {stopWords}
      </button>
    </div>
  );
}
