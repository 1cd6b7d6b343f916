/** What went wrong with a command, in words for the person at the terminal. */
import { problems } from '../contract/problem.js';
import { ImportRefused } from '../keeping/import.js';
import { CommandError } from '../platform/command-error.js';
import { isUnavailable } from '../platform/database.js';
import { DataDirectoryInUse } from '../platform/embedded/index.js';
import { describeError } from '../platform/log.js';
import { ProblemError } from '../platform/problems.js';

/** The line to print and the exit code; an error's own words only where they are ours. */
function summary(error: unknown): { line: string; exitCode: number } {
  if (error instanceof CommandError) return { line: error.message, exitCode: error.exitCode };
  if (error instanceof DataDirectoryInUse) return { line: error.message, exitCode: 1 };
  if (error instanceof ProblemError) return { line: problems[error.slug].detail.en, exitCode: 1 };
  if (isUnavailable(error))
    return {
      line: 'The database cannot be reached. Start it, or check DATABASE_URL, and try again.',
      exitCode: 1,
    };
  const { error: name, code } = describeError(error);
  if (code === '28P01')
    return {
      line: 'The database refuses the password. The secret is not the one this installation began with (TYST_SECRET_FILE), or DATABASE_URL has a wrong password.',
      exitCode: 1,
    };
  if (code === '28000')
    return {
      line: 'The database does not let this login in. Check that the role may log in, and pg_hba.conf.',
      exitCode: 1,
    };
  const words =
    error instanceof Error && code === undefined
      ? error.message
      : `${String(name)}${code === undefined ? '' : ` ${String(code)}`}`;
  return { line: words.replaceAll(/\s+/g, ' '), exitCode: 1 };
}

/** The lines to print, the last of which says it all, and the exit code. */
export function explain(error: unknown): { lines: readonly string[]; exitCode: number } {
  const { line, exitCode } = summary(error);
  const details = error instanceof ImportRefused ? error.lines.slice(0, -1) : [];
  return { lines: [...details, `tyst: ${line}`], exitCode };
}
