/** A file on its way in: chosen, checked, imported. It is in this tab's memory, and gone when the page is left. */
import { useCallback, useState } from 'react';
import { importCalls } from '../../contract/api/imports.js';
import { MAX_IMPORT_FILE, type ImportMessage, type ImportReport } from '../../contract/import.js';
import { call, type Problem, type Reply } from '../api.js';
import { useWipeOnLeave } from '../leaving.js';
import { useWithSession } from '../session/with-session.js';

export type ImportError = Problem['errors'][number];

export type ImportState =
  | { readonly name: 'choosing' | 'checking' | 'chooseFirst' | 'fileTooLarge' | 'fileUnreadable' }
  | { readonly name: 'refused'; readonly errors: readonly ImportError[] }
  | { readonly name: 'sound' | 'sending' | 'done'; readonly report: ImportReport }
  | { readonly name: 'failed'; readonly problem: Problem };

/** The keeper may have a large file in its hands for minutes. */
const PATIENCE = 660_000;

/** The bytes of a file in base64. Rejects where the browser cannot read it. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const { result } = reader;
      // A data address: what follows the comma.
      resolve(typeof result === 'string' ? result.slice(result.indexOf(',') + 1) : '');
    };
    reader.onerror = () => {
      reject(new Error('unreadable'));
    };
    reader.readAsDataURL(file);
  });
}

/** What a reply makes of the state: a report, errors of the file, or another problem. */
function stateAfter(reply: Reply<ImportReport>, name: 'sound' | 'done'): ImportState {
  if (reply.ok) return { name, report: reply.body };
  const { problem } = reply;
  return problem.slug === 'invalid-file'
    ? { name: 'refused', errors: problem.errors }
    : { name: 'failed', problem };
}

export function useImport() {
  const withSession = useWithSession();
  const [chosen, setChosen] = useState<File | null>(null);
  // Read once: what is imported is what was checked, whatever happens to the file on the disk.
  const [content, setContent] = useState<string | null>(null);
  const [drop, setDrop] = useState<readonly string[]>([]);
  /** Whether somebody has said that these are other calls than those that were imported before. */
  const [again, setAgain] = useState(false);
  const [state, setState] = useState<ImportState>({ name: 'choosing' });
  /** Another number makes another, empty, field to choose a file in. */
  const [round, setRound] = useState(0);

  const choose = useCallback((file: File | null) => {
    setChosen(file);
    setContent(null);
    setDrop([]);
    setAgain(false);
    setState({ name: 'choosing' });
  }, []);
  const forget = useCallback(() => {
    choose(null);
    setRound((before) => before + 1);
  }, [choose]);
  useWipeOnLeave(forget);

  const send = (file: string, dryRun: boolean) =>
    withSession(() => {
      const body: ImportMessage = { file, dryRun, again, drop: [...drop] };
      return call(importCalls, { body, patience: PATIENCE });
    });
  /** The file's bytes, or the state that says why they cannot be sent. */
  const read = async (): Promise<string | ImportState> => {
    if (chosen === null) return { name: 'chooseFirst' };
    if (chosen.size > MAX_IMPORT_FILE) return { name: 'fileTooLarge' };
    if (chosen.size === 0) return { name: 'refused', errors: [{ path: 'file', code: 'empty-file' }] };
    return content ?? base64Of(chosen).catch(() => ({ name: 'fileUnreadable' }) as const);
  };
  const check = async () => {
    if (chosen !== null) setState({ name: 'checking' });
    const file = await read();
    if (typeof file === 'string') {
      setContent(file);
      setState(stateAfter(await send(file, true), 'sound'));
    } else setState(file);
  };
  const importIt = async (report: ImportReport) => {
    if (content === null) return;
    setState({ name: 'sending', report });
    const after = stateAfter(await send(content, false), 'done');
    if (after.name === 'done') forget();
    setState(after);
  };
  return { state, drop, again, round, choose, setDrop, setAgain, check, importIt, forget };
}
