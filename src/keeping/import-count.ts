/** Reading a file of calls, once: each row is checked and counted as it comes, and none is kept. */
import { encodeCall } from '../contract/call.js';
import { quarterOfMonth, type Month, type Quarter } from '../contract/period.js';
import { callCounter, type CallCounter, type Counted } from './count-call.js';
import type { ImportError } from './import-error.js';
import { openImportFile, type ImportRules } from './import-file.js';
import type { ImportSource } from './import-source.js';

/** How many errors are told in full, and after how many rows progress is. */
const ERRORS_IN_FULL = 20;
const PROGRESS_ROWS = 10_000;

/** By how much the rows of a file move the queries of a quarter. */
export interface ImportedQuarter {
  readonly counted: Counted;
  /** In the order of its queries. */
  readonly moves: Float64Array;
}

/** What reading a file found. Where there are errors, what was counted is of no use. */
export interface ImportCheck {
  readonly rows: number;
  /** How many rows each month has, the months in order. */
  readonly months: ReadonlyMap<Month, number>;
  /** Rows in which a date was reduced to its month. */
  readonly reduced: number;
  /** The first of them; those of the header alone where it has any, because the others follow from them. */
  readonly errors: readonly ImportError[];
  readonly errorCount: number;
  readonly quarters: ReadonlyMap<Quarter, ImportedQuarter>;
}

interface CountingRules extends Omit<ImportRules, 'desk'> {
  /** A quarter as it was frozen, or as it would be. */
  readonly quarterOf: (quarter: Quarter) => Promise<Counted>;
  readonly progress?: ((rows: number) => void) | undefined;
}

interface Account extends ImportedQuarter {
  readonly count: CallCounter;
}

/**
 * Checks and counts every row of a file; writes nothing. `progress` is told the number of rows read, now and then.
 * Throws CommandError, in one line, for a file that cannot be read or has no header.
 */
export async function countImportFile(
  source: ImportSource,
  { progress, quarterOf, ...rules }: CountingRules,
): Promise<ImportCheck> {
  const accounts = new Map<Quarter, Promise<Account>>();
  const accountOf = (quarter: Quarter): Promise<Account> => {
    const account =
      accounts.get(quarter) ??
      quarterOf(quarter).then((counted) => ({
        ...{ counted, count: callCounter(counted) },
        moves: new Float64Array(counted.queries.length),
      }));
    accounts.set(quarter, account);
    return account;
  };
  const vocabularyOf = async (quarter: Quarter) => (await accountOf(quarter)).counted.vocabulary;
  const file = openImportFile(source, { ...rules, desk: { vocabularyOf } });
  const months = new Map<Month, number>();
  const errors: ImportError[] = [];
  let [rows, errorCount, reduced] = [0, 0, 0];
  for await (const row of file.rows) {
    rows += 1;
    if (rows % PROGRESS_ROWS === 0) progress?.(rows);
    if (row.reduced) reduced += 1;
    errorCount += row.errors.length;
    errors.push(...row.errors.slice(0, ERRORS_IN_FULL - errors.length));
    if (row.call === null) continue;
    const { month, answers } = row.call;
    months.set(month, (months.get(month) ?? 0) + 1);
    const { counted, count, moves } = await accountOf(quarterOfMonth(month));
    count({ month, codes: encodeCall(answers, counted.vocabulary) }, (query, by) => {
      moves[query] = (moves[query] ?? 0) + by;
    });
  }
  const header = file.headerErrors();
  const told = header.length > 0 ? header : errors;
  const wanted = new Set([...months.keys()].map(quarterOfMonth));
  const counted = await Promise.all(
    [...wanted].sort().map(async (quarter) => [quarter, await accountOf(quarter)] as const),
  );
  return {
    ...{ rows, reduced },
    months: new Map([...months].sort(([a], [b]) => (a < b ? -1 : 1))),
    errors: told.slice(0, ERRORS_IN_FULL),
    errorCount: header.length > 0 ? header.length : errorCount,
    quarters: new Map(counted),
  };
}
