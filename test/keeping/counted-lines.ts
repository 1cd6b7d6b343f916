/** The lines whose calls SQL once counted, and how their counts are written down in test/vectors/counts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { checkAnswers, encodeCall, type Answers } from '../../src/contract/call.js';
import { quarterOfMonth, type Month, type Quarter } from '../../src/contract/period.js';
import { planSchema, tableShapes, type Plan, type TableShape } from '../../src/contract/plan.js';
import { compileOlderQueries } from '../../src/contract/compile.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { openImportFile } from '../../src/keeping/import-file.js';
import { projectRoot } from '../../src/platform/project.js';
import { vocabulary } from '../support/calls.js';
import { smallVocabulary } from '../support/small.js';
import { busyLine2025, line2017 } from './import-support.js';

/** A quarter's calls, and what they are counted by. */
export interface CountedLine {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly calls: readonly { readonly month: Month; readonly answers: Answers }[];
}

/** Counts of each table: rows x columns, one column where it has no axis. */
export type TableCounts = Readonly<Record<string, number[][]>>;

const folder = join(projectRoot, 'test/vectors/counts');
const digestsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** The counts of the random lines: by quarter and table. */
export const randomVector = () =>
  digestsSchema.parse(JSON.parse(readFileSync(join(folder, 'random-calls.json'), 'utf8')));

const sampleSchema = z.record(
  z.string(),
  z.strictObject({ plan: planSchema, counts: z.record(z.string(), digestsSchema) }),
);

/** The counts of the sample files, by plan, file, quarter and table. The plans are those of that day, whatever they are now. */
export const sampleVector = () =>
  sampleSchema.parse(JSON.parse(readFileSync(join(folder, 'sample-files.json'), 'utf8')));

/** The files by their names. */
export const sampleFiles = { [basename(line2017)]: line2017, [basename(busyLine2025)]: busyLine2025 };

/** The quarters of a sample file: the calls that can be said in the vocabulary of its plan. */
export async function sampleLines(path: string, plan: Plan, own: Vocabulary): Promise<CountedLine[]> {
  const file = openImportFile(path, {
    desk: { vocabularyOf: () => Promise.resolve(vocabulary) },
    today: '2026-11-11',
    isClosed: () => Promise.resolve(false),
  });
  const quarters = new Map<Quarter, CountedLine['calls'][number][]>();
  for await (const { call } of file.rows) {
    if (call === null) throw new Error(`${path} has a call that the default vocabulary lacks.`);
    if (checkAnswers(call.answers, own).length > 0) continue;
    const quarter = quarterOfMonth(call.month);
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), call]);
  }
  return [...quarters].map(([quarter, calls]) => ({ quarter, plan, vocabulary: own, calls }));
}

/** The vocabulary of a plan in the vector: the tests' own where its name says so, and else the one of installations. */
export const vocabularyOf = (name: string): Vocabulary =>
  name.startsWith('small-vocabulary') ? smallVocabulary : vocabulary;

export const shapesOf = ({ plan, vocabulary: own, quarter }: CountedLine): TableShape[] =>
  tableShapes(plan, own, quarter);

/** What `callCounter` counts of a line. */
export function countCalls(line: CountedLine): TableCounts {
  const { plan, vocabulary: own, quarter, calls } = line;
  const queries = compileOlderQueries(plan, own, quarter);
  const count = callCounter({ plan, vocabulary: own, quarter, queries });
  const tables = Object.fromEntries(
    shapesOf(line).map(({ id, rows, columns }) => [
      id,
      rows.codes.map(() => new Array<number>(columns?.codes.length ?? 1).fill(0)),
    ]),
  );
  for (const { month, answers } of calls)
    count({ month, codes: encodeCall(answers, own) }, (index, by) => {
      const { table, row, column } = queries[index] ?? { table: null, row: null, column: null };
      const cells = tables[table ?? '']?.[row ?? -1];
      if (cells === undefined || column === null || cells[column] === undefined)
        throw new Error('A query has no cell.');
      cells[column] += by;
    });
  return tables;
}

/**
 * A table's counts in short: how many there are together, and a hash of the cells that are not empty by their codes, in
 * the order of the alphabet, so that an answer which nobody gave may be added to the vocabulary.
 */
function digest({ rows, columns }: TableShape, cells: readonly (readonly number[])[]): string {
  const lines = cells.flatMap((line, row) =>
    line.flatMap((n, column) =>
      n === 0 ? [] : [`${rows.codes[row]?.code ?? '?'} ${columns?.codes[column]?.code ?? '-'} ${n}\n`],
    ),
  );
  const hash = createHash('sha256').update(lines.sort().join('')).digest('hex');
  return `${cells.flat().reduce((sum, n) => sum + n, 0)} ${hash.slice(0, 16)}`;
}

/** The counts of a line's tables as they are written down. */
export const digests = (line: CountedLine, counts: TableCounts): Record<string, string> =>
  Object.fromEntries(shapesOf(line).map((shape) => [shape.id, digest(shape, counts[shape.id] ?? [])]));
