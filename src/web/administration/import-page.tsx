/** Importing earlier calls from a file: it is checked first, and then imported whole, or not at all. */
import { useEffect, useId, useState, type SubmitEvent } from 'react';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { wordFor } from '../../contract/words.js';
import { useTitle } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { useSend } from '../session/send.js';
import '../styles/file-field.css';
import '../styles/import.css';
import '../styles/parts.css';
import { Done, Refused, Sound } from './import-result.js';
import { useImport } from './use-import.js';
import { useAdministration } from './words.js';

/** The words of the questions. Without them columns go by their ids, and that will do. */
function useVocabulary(): Vocabulary | null {
  const send = useSend();
  const [vocabulary, setVocabulary] = useState<Vocabulary | null>(null);
  useEffect(() => {
    let wanted = true;
    void send(getVocabulary).then((reply) => {
      if (wanted && reply.ok) setVocabulary(reply.body);
    });
    return () => {
      wanted = false;
    };
  }, [send]);
  return vocabulary;
}

type Importing = ReturnType<typeof useImport>;

function ChooseForm({ importing }: { readonly importing: Importing }) {
  const { t } = useAdministration();
  const id = useId();
  const { state, round, choose, check } = importing;
  const wrong =
    state.name === 'chooseFirst' || state.name === 'fileTooLarge' || state.name === 'fileUnreadable'
      ? t.importing[state.name]
      : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name !== 'checking' && state.name !== 'sending') void check();
  };
  return (
    <form onSubmit={submit} className="part">
      <div className="field">
        <label htmlFor={id}>{t.importing.file}</label>
        <p className="soft" id={`${id}-why`}>
          {t.importing.fileWhy}
        </p>
        <input
          key={round}
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          onChange={(event) => {
            choose(event.target.files?.[0] ?? null);
          }}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-why ${id}-error`}
        />
        <span id={`${id}-error`}>{wrong !== null && <ErrorText>{wrong}</ErrorText>}</span>
      </div>
      <div className="import-check">
        <button type="submit" className="button" aria-disabled={state.name === 'checking'}>
          {t.importing.check}
        </button>
        <span className="soft" role="status">
          {state.name === 'checking' ? t.importing.checking : t.importing.checkWhy}
        </span>
      </div>
    </form>
  );
}

function Result({ importing, vocabulary }: { importing: Importing; vocabulary: Vocabulary | null }) {
  const { t, tell } = useAdministration();
  const { state, drop, setDrop, again, setAgain, check, importIt } = importing;
  if (state.name === 'failed')
    return <ErrorText>{wordFor(t.importing.problems, state.problem.slug) ?? tell(state.problem)}</ErrorText>;
  if (state.name === 'refused')
    return (
      <Refused
        {...{ vocabulary, drop, setDrop, again, setAgain }}
        errors={state.errors}
        onCheck={() => {
          void check();
        }}
      />
    );
  if (state.name !== 'sound' && state.name !== 'sending') return null;
  return (
    <Sound
      {...{ vocabulary, drop, again }}
      report={state.report}
      sending={state.name === 'sending'}
      onImport={() => {
        if (state.name === 'sound') void importIt(state.report);
      }}
    />
  );
}

export function ImportPage() {
  const { t } = useAdministration();
  useTitle(t.importing.title);
  const importing = useImport();
  const vocabulary = useVocabulary();
  const { state } = importing;
  return (
    <div className="page administration parts import">
      <h1>{t.importing.title}</h1>
      <p className="lead">{t.importing.intro}</p>
      <p className="lead soft">{t.importing.promise}</p>
      {state.name === 'done' ? (
        <Done report={state.report} onAnother={importing.forget} />
      ) : (
        <>
          <ChooseForm importing={importing} />
          <Result importing={importing} vocabulary={vocabulary} />
        </>
      )}
    </div>
  );
}
