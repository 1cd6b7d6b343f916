/** What a check of files found. */
import { CircleCheck } from 'lucide-react';
import type { ReleaseKey } from '../../contract/release.js';
import { useReleaseWords } from '../messages/release-words.js';
import { ErrorText } from '../notice.js';
import '../styles/file-field.css';
import '../styles/files.css';
import type { Finding } from './verify.js';

export type Checked =
  | { readonly status: 'checking' }
  | {
      readonly status: 'checked';
      readonly files: number;
      readonly findings: readonly Finding[];
      /** Whose signature it is; null when it is that of none of the line's keys. */
      readonly signer: ReleaseKey | null;
    }
  | { readonly status: 'unable' }
  | { readonly status: 'failed'; readonly text: string };

/** What can be done where the browser cannot. */
export function OnTheComputer({ text }: { readonly text: string }) {
  return (
    <>
      <p className="soft">{text}</p>
      <pre>npx tyst verify MAPP</pre>
    </>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { releases } = useReleaseWords();
  return (
    <div role="alert">
      <ErrorText quiet>{releases.unsound}</ErrorText>
      <ul className="plain-list">
        {findings.map(({ file, problem }) => (
          <li key={`${file} ${problem}`}>{releases.findings[problem](file)}</li>
        ))}
      </ul>
    </div>
  );
}

export function CheckResult({ checked }: { readonly checked: Checked }) {
  const { releases } = useReleaseWords();
  if (checked.status === 'checking') return <p role="status">{releases.checking}</p>;
  if (checked.status === 'unable') return <OnTheComputer text={releases.noBrowserCheck} />;
  if (checked.status === 'failed') return <ErrorText>{checked.text}</ErrorText>;
  if (checked.findings.length > 0) return <Findings findings={checked.findings} />;
  const { signer } = checked;
  return (
    <div role="status">
      <p className="sound">
        <CircleCheck size={16} aria-hidden="true" />
        {releases.sound(checked.files)}
      </p>
      {signer !== null && (
        <p className="soft">{signer.inUse ? releases.keyInUse(signer.id) : releases.earlierKey(signer.id)}</p>
      )}
    </div>
  );
}
