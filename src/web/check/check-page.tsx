/** The public page where whoever has got the files of a release checks them, without an account and without the net. */
import { useEffect, useRef, useState } from 'react';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { useReleaseWords } from '../messages/release-words.js';
import { checkWith } from '../releases/check.js';
import { FileChoice } from '../releases/file-choice.js';
import { keyId, loadKeys } from '../releases/keys.js';
import '../styles/check.css';

function Key({ pem }: { readonly pem: string }) {
  const { check } = useReleaseWords();
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    keyId(pem).then(setId, () => {
      // A page that is not served encrypted has no crypto, and then says so where it checks.
      setId(null);
    });
  }, [pem]);
  return (
    <section>
      <h2>{check.keyTitle}</h2>
      <p>
        {check.key} <code>{id ?? '…'}</code>. {check.compare}
      </p>
      <p>
        <a className="link" href="/api/v1/release-key" download="release-key.pem">
          {check.getKey}
        </a>
      </p>
    </section>
  );
}

function Checker({ pem }: { readonly pem: string }) {
  const { check } = useReleaseWords();
  return (
    <>
      <p className="notice">{check.offline}</p>
      <section>
        <h2>{check.filesTitle}</h2>
        <p>{check.how}</p>
        <FileChoice check={(files) => checkWith(pem, files)} />
      </section>
      <Key pem={pem} />
    </>
  );
}

export function Page() {
  const { check } = useReleaseWords();
  const { loaded, reload } = useLoaded(loadKeys);
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(check.title);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="page prose check">
      <h1 ref={heading} tabIndex={-1}>
        {check.title}
      </h1>
      <p className="lead">{check.lead}</p>
      {loaded.status === 'here' ? (
        <Checker pem={loaded.body} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </div>
  );
}
