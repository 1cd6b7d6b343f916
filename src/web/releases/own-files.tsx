/** Checking files that somebody has downloaded: they are read in the browser and go nowhere. */
import { useId, useState } from 'react';
import type { Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { check } from './check.js';
import { CheckResult, type Checked } from './check-result.js';

export function OwnFiles() {
  const { words } = useLanguage();
  const { releases } = useSupervisorWords();
  const id = useId();
  const [checked, setChecked] = useState<Checked | null>(null);
  const read = async (list: FileList | null) => {
    if (list === null || list.length === 0) return;
    setChecked({ status: 'checking' });
    const files = await Promise.all(
      Array.from(list, async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
    );
    setChecked(await check(new Map(files), (problem: Problem) => problemWords(words, problem)));
  };
  return (
    <section aria-labelledby={`${id}title`} className="numbers">
      <h2 id={`${id}title`}>{releases.checkTitle}</h2>
      <p className="soft">{releases.checkWhy}</p>
      <div className="field">
        <label htmlFor={id}>{releases.choose}</label>
        <input
          id={id}
          type="file"
          multiple
          onChange={(event) => {
            void read(event.target.files);
          }}
        />
      </div>
      {checked !== null && <CheckResult checked={checked} />}
    </section>
  );
}
