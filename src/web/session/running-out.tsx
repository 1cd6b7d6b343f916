import { Clock } from 'lucide-react';
import { useLanguage } from '../messages/language.js';

/** Said two minutes before the session runs out, beside the page and not over it. */
export function RunningOut({ onStay }: { readonly onStay: () => void }) {
  const { words } = useLanguage();
  return (
    <div className="running-out" role="alert">
      <Clock size={18} aria-hidden="true" />
      <p>
        <strong>{words.guard.runningOut}</strong> {words.guard.runningOutWhy}
      </p>
      <button type="button" className="button primary" onClick={onStay}>
        {words.guard.stay}
      </button>
    </div>
  );
}
