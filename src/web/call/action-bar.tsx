/** What can be done with the call, and how it goes. Stays in sight under the questions. */
import { leafCodes } from '../../contract/codes.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import '../styles/bar.css';
import type { FormVocabulary } from './form-vocabulary.js';
import type { CallState } from './call-state.js';
import { onlyOneMissing } from './draft.js';
import { MonthLine } from './month-line.js';
import { KeysButton } from './keys-button.js';
import { Waiting } from './waiting.js';

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly call: CallState;
  readonly practice: boolean;
}

function Mistakes({ call }: Pick<Props, 'call'>) {
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

/**
 * Where a contact that was no conversation lacks one single answer, choosing that answer is saving. So a silent call
 * takes one tap and one confirmation, and nothing is chosen beforehand.
 */
function SaveAs({ vocabulary, call }: Omit<Props, 'practice'>) {
  const { locale, words } = useLanguage();
  const dimension = onlyOneMissing(vocabulary, call.draft.chosen);
  if (dimension === null) return null;
  return (
    <div className="save-as" role="group" aria-label={`${words.call.saveAtOnce}: ${dimension.label[locale]}`}>
      <span>{words.call.saveAs(dimension.label[locale])}</span>
      {leafCodes(dimension).map((code) => (
        <button
          key={code.id}
          type="button"
          className="button"
          aria-label={`${words.call.saveAtOnce}: ${code.label[locale]}`}
          onClick={() => {
            call.saveWith(dimension, code.id);
          }}
        >
          {code.label[locale]}
        </button>
      ))}
    </div>
  );
}

/** Takes the answers back: those of a new call, or the changes to a saved one. */
function TakeBack({ call, busy }: { readonly call: CallState; readonly busy: boolean }) {
  const { words } = useLanguage();
  const keeps = call.stored !== null && !call.doubtful;
  const act = keeps ? call.keep : call.clear;
  return (
    <button type="button" className="button" aria-disabled={busy} onClick={busy ? undefined : act}>
      {keeps ? words.call.keep : words.call.clear}
    </button>
  );
}

export function ActionBar({ vocabulary, call, practice }: Props) {
  const { words } = useLanguage();
  const { phase } = call;
  const busy = phase.name === 'sending';
  if (busy && phase.waiting !== null)
    return (
      <div className="bar">
        <Waiting
          why={phase.waiting}
          tryNow={call.tryNow}
          onStop={call.stop}
          stopWords={words.call.backToAnswers}
        />
      </div>
    );
  const save = practice ? words.call.practice.save : words.call.save;
  return (
    <div className="bar">
      {!practice && !busy && <SaveAs vocabulary={vocabulary} call={call} />}
      <button
        type="submit"
        className="button primary"
        data-save=""
        aria-disabled={busy}
        title={words.call.saveKey}
      >
        {busy ? words.call.saving : save}
      </button>
      <TakeBack call={call} busy={busy} />
      <KeysButton vocabulary={vocabulary} />
      <p className="promise">
        {!practice && <MonthLine call={call} />}
        <Mistakes call={call} />
        {call.undoable && (
          <span role="status">
            {words.call.cleared}{' '}
            <button type="button" className="link" onClick={call.undoClear}>
              {words.call.undo}
            </button>
          </span>
        )}
        <span className="soft">{practice ? words.call.practice.banner : words.call.promise}</span>
      </p>
    </div>
  );
}
