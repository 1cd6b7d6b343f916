/** Choosing the files of a release, or dropping them, and what a check of them finds. They go nowhere. */
import { useId, useState, type DragEvent } from 'react';
import { useReleaseWords } from '../messages/release-words.js';
import { CheckResult, type Checked } from './check-result.js';
import type { Files } from './verify.js';

interface Props {
  readonly check: (files: Files) => Promise<Checked>;
}

async function readAll(list: FileList): Promise<Files> {
  const files = await Promise.all(
    Array.from(list, async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
  );
  return new Map(files);
}

export function FileChoice({ check }: Props) {
  const { releases, check: words } = useReleaseWords();
  const id = useId();
  const [over, setOver] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const read = async (list: FileList | null) => {
    if (list === null || list.length === 0) return;
    setChecked({ status: 'checking' });
    try {
      setChecked(await check(await readAll(list)));
    } catch {
      // A folder cannot be read as a file.
      setChecked({ status: 'failed', text: words.unreadable });
    }
  };
  const take = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files);
  };
  return (
    <>
      <div
        className="drop-files"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={take}
      >
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
        <p className="soft aside">{words.drop}</p>
      </div>
      {checked !== null && <CheckResult checked={checked} />}
    </>
  );
}
