/** Where a supervisor writes the foreword of a report, with what it must not hold said before. */
import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { MOST_FOREWORD } from '../../contract/foreword.js';
import { AskFirst } from '../ask-first.js';
import { useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { ErrorText } from '../notice.js';
import '../styles/foreword.css';
import { languages, wrongIn, type Language } from './foreword.js';
import { identifyingIn } from './identifying.js';
import type { WrittenForeword } from './use-foreword.js';

interface Props {
  readonly foreword: WrittenForeword;
  /** Whether it begins with that of the revision before. */
  readonly again?: boolean;
}

function Text({ foreword, language }: { readonly foreword: WrittenForeword; readonly language: Language }) {
  const { foreword: words } = useSupervisorWords();
  const { locale } = useLanguage();
  const id = useId();
  const text = foreword.texts[language];
  const wrong = wrongIn(text);
  const said = (count: number) => count.toLocaleString(locale);
  return (
    <div className="field">
      <label htmlFor={id}>{words.in[language]}</label>
      <textarea
        id={id}
        lang={language}
        rows={7}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          foreword.write(language, event.target.value);
        }}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-below`}
      />
      <span id={`${id}-below`} className="below">
        <span className="soft">{words.count(said(text.length), said(MOST_FOREWORD))}</span>
        {wrong !== null && (
          <ErrorText>
            {wrong.what === 'too-long'
              ? words.tooLong(said(MOST_FOREWORD))
              : words.unprintable(wrong.characters.join(' '))}
          </ErrorText>
        )}
      </span>
    </div>
  );
}

/** Asks whether something in the texts names somebody. */
function Naming({ foreword: { texts, naming } }: { readonly foreword: WrittenForeword }) {
  const { foreword: words } = useSupervisorWords();
  const found = languages.flatMap((language) => identifyingIn(texts[language]));
  const list = found.map(({ kind, text }) => `${words.kinds[kind]} ${text}`).join(', ');
  return <AskFirst {...words.naming} why={words.naming.why(list)} answer={naming.answer} />;
}

/** Closed until somebody wants it; open where there is a text already. */
export function ForewordFields({ foreword, again = false }: Props) {
  const { foreword: words } = useSupervisorWords();
  const { box, naming, leaving } = foreword;
  return (
    <>
      <details className="foreword" ref={box} open={again}>
        <summary>{words.title}</summary>
        <p className="warning">
          <TriangleAlert size={18} aria-hidden="true" />
          <span>{words.warning}</span>
        </p>
        <p className="soft">{again ? `${words.again} ${words.why}` : words.why}</p>
        <div className="texts">
          {languages.map((language) => (
            <Text key={language} foreword={foreword} language={language} />
          ))}
        </div>
      </details>
      {naming.asked && <Naming foreword={foreword} />}
      {leaving.asked && <AskFirst {...words.leaving} answer={leaving.answer} />}
    </>
  );
}
