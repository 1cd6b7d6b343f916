/** What can be done with the call, and how it goes. Stays in sight under the questions. */
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import type { CallState } from './call-state.js';
import { WaitingForContact } from './waiting.js';

function Mistakes({ call }: { readonly call: CallState }) {
  const { words } = useLanguage();
  const { phase, errors } = call;
  if (errors.size > 0) {
    const missing = [...errors.values()].every((code) => code === 'missing');
    return (
      <ErrorText>{missing ? words.call.missing(errors.size) : words.call.toAmend(errors.size)}</ErrorText>
    );
  }
  const problem = phase.name === 'editing' ? phase.problem : null;
  return problem !== null && <ErrorText>{problemWords(words, problem)}</ErrorText>;
}

export function ActionBar({ call }: { readonly call: CallState }) {
  const { words } = useLanguage();
  const { phase } = call;
  const busy = phase.name === 'sending';
  if (busy && phase.tryNow !== null)
    return (
      <div className="bar">
        <WaitingForContact tryNow={phase.tryNow} onStop={call.stop} stopWords={words.call.backToAnswers} />
      </div>
    );
  return (
    <div className="bar">
      <button type="submit" className="button primary" aria-disabled={busy} title={words.call.saveKey}>
        {busy ? words.call.saving : words.call.save}
      </button>
      <button type="button" className="button" aria-disabled={busy} onClick={busy ? undefined : call.clear}>
        {words.call.clear}
      </button>
      <p className="promise">
        <Mistakes call={call} />
        <span className="soft">{words.call.promise}</span>
      </p>
    </div>
  );
}
