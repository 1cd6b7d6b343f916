/** The public page where whoever has got the files of a release checks them, without an account and without the net. */
import { getReleaseKey } from '../../contract/api/releases.js';
import type { ReleaseKey } from '../../contract/release.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { useReleaseWords } from '../messages/release-words.js';
import { checkWith } from '../releases/check.js';
import { FileChoice } from '../releases/file-choice.js';
import { loadKeys } from '../releases/keys.js';
import '../styles/check.css';
import { useFocus } from '../use-focus.js';

function Keys({ keys }: { readonly keys: readonly ReleaseKey[] }) {
  const { check } = useReleaseWords();
  const earlier = keys.filter(({ inUse }) => !inUse);
  return (
    <section>
      <h2>{check.keyTitle}</h2>
      {keys
        .filter(({ inUse }) => inUse)
        .map(({ id }) => (
          <p key={id}>
            {check.key} <code>{id}</code>. {check.compare}
          </p>
        ))}
      {earlier.length > 0 && (
        <>
          <p>{check.earlierKeys}</p>
          <ul className="plain-list">
            {earlier.map(({ id, withdrawnOn }) => (
              <li key={id}>
                <code>{id}</code>
                {withdrawnOn !== null && `: ${check.withdrawn}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a className="link" href={getReleaseKey.path} download="release-key.pem">
          {check.getKey}
        </a>
      </p>
    </section>
  );
}

function Checker({ keys }: { readonly keys: readonly ReleaseKey[] }) {
  const { check } = useReleaseWords();
  return (
    <>
      <p className="notice">{check.offline}</p>
      <section>
        <h2>{check.filesTitle}</h2>
        <p>{check.how}</p>
        <FileChoice check={(files) => checkWith(keys, files)} />
      </section>
      <Keys keys={keys} />
    </>
  );
}

export function Page() {
  const { check } = useReleaseWords();
  const { loaded, reload } = useLoaded(loadKeys);
  const heading = useFocus();
  useTitle(check.title);
  return (
    <div className="page prose check">
      <h1 ref={heading} tabIndex={-1}>
        {check.title}
      </h1>
      <p className="lead">{check.lead}</p>
      {loaded.status === 'here' ? (
        <Checker keys={loaded.body.keys} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </div>
  );
}
