/** A foreword on its way: kept while the page is there, looked through before it is sent, and not left by mistake. */
import { useRef, useState } from 'react';
import type { Foreword } from '../../contract/foreword.js';
import { useQuestion } from '../ask-first.js';
import { useLeaveGuard } from '../leaving.js';
import { forewordOf, languages, sameTexts, textsOf, wrongIn, type Language, type Texts } from './foreword.js';
import { identifyingIn } from './identifying.js';

/** Begins with a foreword that is out already, if there is one. */
export function useForeword(start?: Foreword) {
  const [texts, setTexts] = useState<Texts>(() => textsOf(start));
  const box = useRef<HTMLDetailsElement>(null);
  const naming = useQuestion();
  const leaving = useQuestion();
  const unsaved = !sameTexts(texts, textsOf(start));
  useLeaveGuard(unsaved, leaving.ask);

  /** Shows what has to be changed, and puts the focus there. */
  const point = (language: Language) => {
    if (box.current === null) return;
    box.current.open = true;
    box.current.querySelector<HTMLTextAreaElement>(`textarea[lang="${language}"]`)?.focus();
  };
  /** Goes on with the foreword: at once, after a question where it may name somebody, or not while it cannot be printed. */
  const send = (go: (foreword: Foreword | undefined) => void) => {
    const wrong = languages.find((language) => wrongIn(texts[language]) !== null);
    const named = languages.find((language) => identifyingIn(texts[language]).length > 0);
    if (wrong !== undefined) point(wrong);
    else if (named === undefined) go(forewordOf(texts));
    else {
      // Answered with no, the focus goes back to where it was: to the text that the question is about.
      point(named);
      naming.ask(() => {
        go(forewordOf(texts));
      });
    }
  };
  return {
    ...{ texts, box, naming, leaving, unsaved, send },
    write: (language: Language, text: string) => {
      setTexts((before) => ({ ...before, [language]: text }));
    },
    clear: () => {
      setTexts(textsOf(undefined));
    },
  };
}

export type WrittenForeword = ReturnType<typeof useForeword>;
