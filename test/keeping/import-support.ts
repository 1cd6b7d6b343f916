/** Files of calls for the tests of the import. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answers } from '../../src/contract/call.js';
import type { Plan } from '../../src/contract/plan.js';
import { compileQueries } from '../../src/contract/compile.js';
import { countImportFile, type ImportCheck } from '../../src/keeping/import-count.js';
import type { ImportRules } from '../../src/keeping/import-file.js';
import type { ImportSource } from '../../src/keeping/import-source.js';
import { projectRoot } from '../../src/platform/project.js';
import { aConversation, aSilentCall, vocabulary } from '../support/calls.js';

/** The real files: a quiet line's year and a busy line's. */
export const line2017 = join(projectRoot, 'test/keeping/calls/line-2017.csv');
export const busyLine2025 = join(projectRoot, 'test/keeping/calls/busy-line-2025.csv');

export const columns = ['month', ...vocabulary.dimensions.map(({ id }) => id)];

/** A cell or a column name as it may stand in a file. */
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The line of a call in the order of `columns`. */
export function lineOf(month: string, answers: Answers, names: readonly string[] = columns): string {
  const cells = names.map((name) => (name === 'month' ? month : [answers[name] ?? []].flat().join(';')));
  return cells.map(quoted).join(',');
}

export interface Call {
  readonly month: string;
  readonly answers: Answers;
}

/** A call, whole unless changed. */
export const aCall = (month = '2017-05', change: Answers = {}): Call => ({
  month,
  answers: aConversation(change),
});

/** The text of a file of calls. */
export function csvOf(calls: readonly Call[], end = '\n', names: readonly string[] = columns): string {
  const lines = calls.map(({ month, answers }) => lineOf(month, answers, names));
  return [names.map(quoted).join(','), ...lines].map((line) => line + end).join('');
}

const monthsAlone: Plan = { preset: 'own', rho: 0.5, tables: [{ id: 'month', rows: 'month' }] };

/** Checks a file by a desk's vocabularies, whatever is counted of it. */
export const checkImportFile = (
  source: ImportSource,
  { desk, ...rules }: ImportRules,
): Promise<ImportCheck> =>
  countImportFile(source, {
    ...rules,
    async quarterOf(quarter) {
      const words = await desk.vocabularyOf(quarter);
      const queries = compileQueries(monthsAlone, words, quarter);
      return { quarter, plan: monthsAlone, vocabulary: words, queries };
    },
  });

/** A folder for a test file's files. */
export function fileFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tyst-import-'));
  let files = 0;
  return {
    folder,
    /** Writes a file and gives its path. */
    file: (content: string | Buffer): string => {
      const path = join(folder, `${String((files += 1))}.csv`);
      writeFileSync(path, content);
      return path;
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** A big file over the twelve months of a year, some of its lines unlike the others; gives its path. */
export function bigFile(folder: string, rows: number, year = '2016'): string {
  const path = join(folder, `big-${String(rows)}.csv`);
  const lines = Array.from({ length: 600 }, (_, index) => {
    const month = `${year}-${String((index % 12) + 1).padStart(2, '0')}`;
    const relation = index % 5 === 0 ? 'school' : 'parent';
    const referral = index % 3 === 0 ? ['exit', 'police'] : ['coordinator'];
    return lineOf(month, index % 7 === 0 ? aSilentCall() : aConversation({ relation, referral }));
  });
  const descriptor = openSync(path, 'w');
  writeSync(descriptor, `${columns.join(',')}\n`);
  for (let written = 0; written < rows; written += lines.length)
    writeSync(descriptor, `${lines.slice(0, rows - written).join('\n')}\n`);
  closeSync(descriptor);
  return path;
}
