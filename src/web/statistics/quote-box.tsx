/** The sentence to quote, and a button that copies it. */
import { Copy } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { PeriodSummary } from '../../contract/statistics.js';
import { useNames } from './names.js';
import { quoteOf } from './quote.js';

interface Props {
  readonly period: PeriodSummary;
  readonly organisation: string | null;
}

export function QuoteBox({ period, organisation }: Props) {
  const names = useNames();
  const { quote } = names.statistics;
  const id = useId();
  const text = useRef<HTMLParagraphElement>(null);
  const [done, setDone] = useState<{ readonly of: string; readonly said: 'copied' | 'marked' } | null>(null);
  const sentence = quoteOf(names, period, organisation);
  if (sentence === null) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(sentence);
      setDone({ of: sentence, said: 'copied' });
    } catch {
      // A page that is not served encrypted has no clipboard: it is marked, for the person to copy.
      if (text.current !== null) getSelection()?.selectAllChildren(text.current);
      setDone({ of: sentence, said: 'marked' });
    }
  };
  return (
    <section className="quote" aria-labelledby={id}>
      <h2 id={id}>{quote.title}</h2>
      <p ref={text}>{sentence}</p>
      <button type="button" className="button" onClick={() => void copy()}>
        <Copy size={16} aria-hidden="true" />
        {quote.copy}
      </button>
      <span role="status" className="soft">
        {done?.of === sentence && quote[done.said]}
      </span>
    </section>
  );
}
