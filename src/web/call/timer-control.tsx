import { Play, Square } from 'lucide-react';
import { useLanguage } from '../messages/language.js';
import type { CallState } from './call-state.js';

/** Starts and stops the timer, and shows how many minutes it has gone. */
export function TimerControl({ call: { timer, startTimer } }: { readonly call: CallState }) {
  const { words } = useLanguage();
  const { started, running, minutes, stop } = timer;
  const { start, stop: stopWords, goOn, elapsed } = words.call.timer;
  const idle = started ? goOn : start;
  return (
    <div className="timer" data-running={running}>
      {started && (
        <span className="elapsed">
          <span className="visually-hidden">{elapsed} </span>
          {words.call.timer.minutes(minutes)}
        </span>
      )}
      <button type="button" className="link" onClick={running ? stop : startTimer}>
        {running ? <Square size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
        {running ? stopWords : idle}
      </button>
    </div>
  );
}
