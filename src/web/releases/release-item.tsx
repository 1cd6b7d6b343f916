/** One release: its files, and whether they are as they were issued. */
import { Download, ShieldCheck } from 'lucide-react';
import { useId, useState } from 'react';
import { getReleaseFile } from '../../contract/api/releases.js';
import { releaseName, type Release, type ReleaseFile } from '../../contract/release.js';
import { callForFile, type Problem } from '../api.js';
import { saveFile } from '../charts/image.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { ErrorText } from '../notice.js';
import { useWithSession } from '../session/with-session.js';
import { dayWords, periodWords } from '../statistics/period-words.js';
import { check } from './check.js';
import { CheckResult, type Checked } from './check-result.js';

const kindOf = (period: string) => (period.includes('Q') ? 'quarter' : 'year');

const fetchFile = ({ period, revision }: Release, { name: file }: ReleaseFile) =>
  callForFile(getReleaseFile, { params: { release: releaseName(period, revision), file } });

function FileRow({ release, file }: { readonly release: Release; readonly file: ReleaseFile }) {
  const { words, locale } = useLanguage();
  const { releases } = useSupervisorWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const withSession = useWithSession();
  const download = async () => {
    const reply = await withSession(() => fetchFile(release, file));
    setProblem(reply.ok ? null : reply.problem);
    if (reply.ok) saveFile(reply.body, file.name);
  };
  const size =
    file.bytes < 1024
      ? releases.bytes(file.bytes.toLocaleString(locale))
      : releases.kilobytes(Math.round(file.bytes / 1024).toLocaleString(locale));
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link"
          aria-label={releases.download(file.name)}
          onClick={() => void download()}
        >
          <Download size={16} aria-hidden="true" />
          {file.name}
        </button>
        {problem !== null && <ErrorText>{problemWords(words, problem)}</ErrorText>}
      </th>
      <td className="soft">{size}</td>
    </tr>
  );
}

interface Props {
  readonly release: Release;
  /** Null where a later revision stands above it, or one is being issued. */
  readonly onAgain: (() => void) | null;
}

export function ReleaseItem({ release, onAgain }: Props) {
  const { words } = useLanguage();
  const { releases, statistics } = useSupervisorWords();
  const id = useId();
  const [checked, setChecked] = useState<Checked | null>(null);
  const withSession = useWithSession();
  const { period, revision, issuedOn, reason, files } = release;
  const title = capital(periodWords(statistics, { id: period, kind: kindOf(period) }));
  const say = (problem: Problem) => problemWords(words, problem);
  const checkAll = async () => {
    setChecked({ status: 'checking' });
    const found = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const file of files) {
      const reply = await withSession(() => fetchFile(release, file));
      if (!reply.ok) {
        setChecked({ status: 'failed', text: say(reply.problem) });
        return;
      }
      found.set(file.name, new Uint8Array(await reply.body.arrayBuffer()));
    }
    setChecked(await check(found, say));
  };
  return (
    <section className="numbers release" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {revision > 1 && <span className="soft">, {releases.revision(revision)}</span>}
      </h2>
      <p className="soft">
        {releases.issuedOn(dayWords(statistics, issuedOn))}
        {reason !== undefined && `. ${releases.because(reason)}`}
      </p>
      <table>
        <caption className="visually-hidden">
          {releases.files}: {title}
        </caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{releases.file}</th>
            <th scope="col">{releases.size}</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileRow key={file.name} release={release} file={file} />
          ))}
        </tbody>
      </table>
      <div className="actions">
        <button
          type="button"
          className="link"
          aria-label={`${releases.check}: ${title} ${revision > 1 ? releases.revision(revision) : ''}`}
          onClick={() => void checkAll()}
        >
          <ShieldCheck size={16} aria-hidden="true" />
          {releases.check}
        </button>
        {onAgain !== null && (
          <button type="button" className="link" aria-label={`${releases.again}: ${title}`} onClick={onAgain}>
            {releases.again}
          </button>
        )}
      </div>
      {checked !== null && <CheckResult checked={checked} />}
    </section>
  );
}
