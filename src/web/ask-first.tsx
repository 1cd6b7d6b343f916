/** Asks before something is lost. */
import { useCallback, useState } from 'react';
import { Dialog } from './dialog.js';

/** A question about going on, while it is asked. `ask` is always the same function. */
export function useQuestion() {
  const [asked, setAsked] = useState<{ readonly proceed: () => void } | null>(null);
  const ask = useCallback((proceed: () => void) => {
    setAsked({ proceed });
  }, []);
  const answer = (go: boolean) => {
    setAsked(null);
    if (go) asked?.proceed();
  };
  return { asked: asked !== null, ask, answer };
}

interface Props {
  readonly title: string;
  readonly why: string;
  readonly stay: string;
  readonly go: string;
  readonly answer: (go: boolean) => void;
}

/** The question, over the page; Escape answers it with no. */
export function AskFirst({ title, why, stay, go, answer }: Props) {
  return (
    <Dialog
      title={title}
      onClose={() => {
        answer(false);
      }}
    >
      <p>{why}</p>
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          autoFocus
          onClick={() => {
            answer(false);
          }}
        >
          {stay}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            answer(true);
          }}
        >
          {go}
        </button>
      </div>
    </Dialog>
  );
}
