/** A card of a report: its title, a picture, the same numbers as a table, and how to take them away. */
import { Copy, Download } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { getTable } from '../../contract/api/statistics.js';
import type { PublishedTable } from '../../contract/statistics.js';
import { callForFile, type Problem } from '../api.js';
import { copyPicture, saveFile, type Picture } from '../charts/image.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { useWithSession } from '../session/with-session.js';
import { useNames } from './names.js';

/** A table that is folded in on the screen and open on paper. */
export function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { statistics } = useNames();
  const details = useRef<HTMLDetailsElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    const open = () => {
      if (details.current === null || details.current.open) return;
      details.current.open = true;
      opened.current = true;
    };
    const close = () => {
      if (details.current !== null && opened.current) details.current.open = false;
      opened.current = false;
    };
    addEventListener('beforeprint', open);
    addEventListener('afterprint', close);
    return () => {
      removeEventListener('beforeprint', open);
      removeEventListener('afterprint', close);
    };
  }, []);
  return (
    <details ref={details} className="folded">
      <summary>
        {statistics.table}
        <span className="visually-hidden">: {title}</span>
      </summary>
      {children}
    </details>
  );
}

interface CopyProps {
  readonly picture: Picture;
  readonly fileName: string;
}

export function CopyButton({ picture, fileName }: CopyProps) {
  const { statistics } = useNames();
  const [said, setSaid] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);
  const copy = async () => {
    try {
      const outcome = await copyPicture(picture, fileName);
      setSaid({ text: outcome === 'copied' ? statistics.copied : statistics.copiedToFile, failed: false });
    } catch {
      setSaid({ text: statistics.pictureMissing, failed: true });
    }
  };
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={`${statistics.copy}: ${picture.title}`}
        onClick={() => void copy()}
      >
        <Copy size={16} aria-hidden="true" />
        {statistics.copy}
      </button>
      {said?.failed === true && <ErrorText>{said.text}</ErrorText>}
      <span role="status" className="soft">
        {said?.failed === false && said.text}
      </span>
    </>
  );
}

interface CsvProps {
  readonly title: string;
  readonly fileName: string;
  /** The file's text, or the table that the API gives as one. */
  readonly from: Pick<PublishedTable, 'period' | 'table'> | { readonly text: () => string };
}

/** Fetched rather than linked to, since the same address gives JSON to whoever does not ask for a file. */
export function CsvButton({ title, fileName, from }: CsvProps) {
  const { words } = useLanguage();
  const { statistics } = useNames();
  const [problem, setProblem] = useState<Problem | null>(null);
  const withSession = useWithSession();
  const download = async () => {
    if ('text' in from) {
      saveFile(new Blob([from.text()], { type: 'text/csv;charset=utf-8' }), fileName);
      return;
    }
    const reply = await withSession(() => callForFile(getTable, { params: from }, 'text/csv'));
    setProblem(reply.ok ? null : reply.problem);
    if (reply.ok) saveFile(reply.body, fileName);
  };
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={`${statistics.download}: ${title}`}
        onClick={() => void download()}
      >
        <Download size={16} aria-hidden="true" />
        {statistics.download}
      </button>
      {problem !== null && <ErrorText>{problemWords(words, problem)}</ErrorText>}
    </>
  );
}

interface CardProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, wide = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={wide ? 'numbers wide' : 'numbers'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
