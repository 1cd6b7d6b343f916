/**
 * Checking a file of calls, row by row, in steady memory: a column for the month and one for each dimension, several
 * codes joined by `;`, an empty cell where there is no answer. Columns and codes go by their ids or by their words.
 */
import { checkAnswers, type Answers } from '../contract/call.js';
import { monthOfDay, quarterOfMonth, type Day, type Month, type Quarter } from '../contract/period.js';
import { MONTH } from '../contract/plan.js';
import { findDimension, type Dimension, type Vocabulary } from '../contract/vocabulary.js';
import type { FileRecord } from './import-csv.js';
import { FileRefused, type ImportError } from './import-error.js';
import { columnLabel, HeaderCheck, readHeader, type Header } from './import-header.js';
import { codesByName, isMonthColumn, plain, readMonth } from './import-names.js';
import { readRecords } from './import-record.js';
import type { ImportSource } from './import-source.js';
import type { Desk } from './quarter.js';

export interface ImportRules {
  readonly desk: Pick<Desk, 'vocabularyOf'>;
  /** Later months than that of today take no calls. */
  readonly today: Day;
  /** Whether the numbers of a month, or of its quarter, are out. */
  readonly isClosed: (month: Month) => Promise<boolean>;
  /** Names of columns that are to be left out. */
  readonly drop?: readonly string[] | undefined;
}

/** A row: a call whose answers fit the vocabulary of its quarter, or what is wrong with it. */
export interface ImportRow {
  readonly call: { readonly month: Month; readonly answers: Answers } | null;
  /** Whether a date was reduced to its month. */
  readonly reduced: boolean;
  readonly errors: readonly ImportError[];
}

/** The rows of a file, to be read once; and what is wrong with its header, known once they have been read. */
export interface ImportFile {
  readonly rows: AsyncGenerator<ImportRow>;
  readonly headerErrors: () => readonly ImportError[];
}

/** How the file's columns meet one quarter's vocabulary. */
interface Form {
  readonly vocabulary: Vocabulary;
  readonly answered: readonly {
    readonly dimension: Dimension;
    readonly codes: ReadonlyMap<string, string>;
    readonly column: number;
  }[];
  /** Columns that this vocabulary does not have. */
  readonly foreign: readonly number[];
}

function formOf(vocabulary: Vocabulary, { names }: Header, columns: readonly (string | null)[]): Form {
  const answered = columns.flatMap((id, column) => {
    const dimension = findDimension(vocabulary, id ?? '');
    return dimension === undefined ? [] : [{ dimension, codes: codesByName(dimension), column }];
  });
  const foreign = columns.flatMap((id, column) => (id === null && names[column] !== null ? [column] : []));
  return { vocabulary, answered, foreign };
}

function answersOf(cells: readonly string[], { answered }: Form): Answers {
  const answers: Answers = {};
  for (const { dimension, codes, column } of answered) {
    const cell = cells[column] ?? '';
    const names = dimension.max > 1 ? cell.split(';').map((name) => name.trim()) : [cell];
    // A name that no code has goes on as it is, to be refused.
    const given = names.filter((name) => name !== '').map((name) => codes.get(plain(name)) ?? name);
    if (given[0] !== undefined) answers[dimension.id] = dimension.max > 1 ? given : given[0];
  }
  return answers;
}

/** Remembers what a function answered, so that a million rows ask the database once for each month. */
function remembering<Answer>(ask: (key: string) => Promise<Answer>): (key: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}

/** Checks rows under a header. Whether a month is closed, and a quarter's vocabulary, are asked for once. */
function rowCheck(
  header: Header,
  headerCheck: HeaderCheck,
  { desk, today, isClosed }: ImportRules,
): (record: FileRecord) => Promise<ImportRow> {
  const current = monthOfDay(today);
  const monthColumn = header.names.findIndex((name) => name !== null && isMonthColumn(name));
  const closed = remembering(isClosed);
  const monthProblem = async (cell: string, month: Month | undefined) => {
    if (cell === '') return 'missing';
    if (month === undefined) return 'wrong-type';
    return month > current || (await closed(month)) ? 'closed-period' : null;
  };
  const form = remembering(async (quarter: Quarter) => {
    const vocabulary = await desk.vocabularyOf(quarter);
    return formOf(vocabulary, header, headerCheck.meet(vocabulary));
  });
  const error = (line: number, column: string, code: ImportError['code']) => ({ line, column, code });
  const refused = (...errors: ImportError[]): ImportRow => ({ call: null, reduced: false, errors });

  return async ({ line, fields }) => {
    if (fields.length !== header.names.length) return refused(error(line, '', 'field-count'));
    const cells = fields.map((field) => field.trim());
    const { month, reduced = false } = readMonth(cells[monthColumn] ?? '') ?? {};
    const problem = await monthProblem(cells[monthColumn] ?? '', month);
    if (problem !== null || month === undefined) return refused(error(line, MONTH, problem ?? 'wrong-type'));
    const quarter = await form(quarterOfMonth(month));
    const answers = answersOf(cells, quarter);
    const foreign = quarter.foreign.filter((column) => cells[column] !== '');
    const wrong = checkAnswers(answers, quarter.vocabulary);
    if (foreign.length + wrong.length === 0) return { call: { month, answers }, reduced, errors: [] };
    return refused(
      ...foreign.map((column) => error(line, columnLabel(header, column), 'unknown-field')),
      ...wrong
        .filter(({ dimension, code }) => !(code === 'missing' && headerCheck.lacks(dimension)))
        .map(({ dimension, code }) => error(line, dimension, code)),
    );
  };
}

/** Opens a file of calls. Throws CommandError, while rows are read, for a file that is not such a one at all. */
export function openImportFile(source: ImportSource, rules: ImportRules): ImportFile {
  let headerErrors: readonly ImportError[] = [];
  async function* rows(): AsyncGenerator<ImportRow> {
    let headerCheck: HeaderCheck | null = null;
    let check: ((record: FileRecord) => Promise<ImportRow>) | null = null;
    for await (const record of readRecords(source)) {
      if (check !== null) {
        yield await check(record);
        continue;
      }
      const header = readHeader(record, rules.drop ?? []);
      headerCheck = new HeaderCheck(header);
      check = rowCheck(header, headerCheck, rules);
    }
    if (headerCheck === null) throw new FileRefused('empty-file', 'The file is empty.');
    // Without a row whose quarter is known, the columns are judged by today's vocabulary.
    if (!headerCheck.met)
      headerCheck.meet(await rules.desk.vocabularyOf(quarterOfMonth(monthOfDay(rules.today))));
    headerErrors = headerCheck.errors();
  }
  return { rows: rows(), headerErrors: () => headerErrors };
}
