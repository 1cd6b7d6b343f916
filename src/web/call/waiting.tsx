import { CloudOff } from 'lucide-react';
import { useLanguage } from '../messages/language.js';
import type { Interruption } from './deliver.js';

interface Props {
  readonly why: Interruption;
  readonly tryNow: () => void;
  readonly onStop: () => void;
  readonly stopWords: string;
}

/** Shown while the call cannot be taken: the sending goes on by itself. */
export function Waiting({ why, tryNow, onStop, stopWords }: Props) {
  const { words } = useLanguage();
  return (
    <div className="waiting">
      <p role="status">
        <CloudOff size={18} aria-hidden="true" />
        <span>
          <strong>{words.call.waiting[why]}</strong> {words.call.waitingWhy}
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
