/**
 * Importing calls from a file, all or nothing. The file is read twice: once to check every row, and then, within
 * one transaction, to write it. The calls go the way of the nightly seal: each month's table is written anew and
 * sorted, so that an imported call cannot be told from a logged one.
 */
import type { DataSource, EntityManager } from 'typeorm';
import { encodeCall } from '../contract/call.js';
import { quarterOfMonth, type Day, type Month, type Quarter } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import { describeImportError, type ImportError } from './import-error.js';
import { checkImportFile, openImportFile, type ImportCheck } from './import-file.js';
import type { ImportSource } from './import-source.js';
import { keptDimensions, sealExpression } from './layout.js';
import { beginQuarter, type Desk, type FrozenQuarter } from './quarter.js';
import { forgetLog } from './residue.js';
import { isPublished, takeTurn } from './seal.js';
import { rewriteSealed } from './sealed.js';

/** Rows in one INSERT. */
const BATCH = 5_000;

const PROGRESS_ROWS = 10_000;

/** A file that cannot be imported; `lines` say why, one error a line, the last of them the message. */
export class ImportRefused extends CommandError {
  readonly lines: readonly string[];
  /** The first of the errors. */
  readonly errors: readonly ImportError[];
  /** How many more there are. */
  readonly more: number;

  constructor({ errors, errorCount }: Pick<ImportCheck, 'errors' | 'errorCount'>) {
    const more = errorCount - errors.length;
    const count = errorCount === 1 ? 'There is 1 error' : `There are ${errorCount} errors`;
    super(`${count} in the file. Nothing was imported.`);
    this.errors = errors;
    this.more = more;
    this.lines = [
      ...errors.map(describeImportError),
      ...(more > 0 ? [`... and ${more} more`] : []),
      this.message,
    ];
  }
}

export interface ImportDependencies {
  readonly keeper: DataSource;
  readonly desk: Desk;
  readonly today: Day;
  /** Who imports: a user name, or the word for somebody at the command line. */
  readonly actor: Actor;
}

export interface ImportMode {
  /** Only check the file; write nothing, begin no quarter. */
  readonly dryRun?: boolean;
  /** Names of columns that are to be left out. */
  readonly drop?: readonly string[];
  /** Told now and then how many rows have been checked, and then how many have been written. */
  readonly progress?: (rows: number, step: 'checked' | 'written') => void;
  /** Done in the transaction of the import, so that both are done or neither. */
  readonly alongside?: (manager: EntityManager, imported: Imported) => Promise<void>;
}

/** What was imported, or on a dry run would be. */
export interface Imported {
  readonly rows: number;
  readonly months: readonly Month[];
  /** Rows in which a date was reduced to its month. */
  readonly reduced: number;
}

const changed = () => new CommandError('The file was changed while it was read. Nothing was imported.');

async function isClosed(manager: EntityManager, month: Month): Promise<boolean> {
  return (await isPublished(manager, month)) || (await isPublished(manager, quarterOfMonth(month)));
}

/** What the first reading found, and the quarters that were begun with it. */
interface Staging {
  readonly drop: readonly string[];
  readonly check: ImportCheck;
  readonly today: Day;
  readonly quarters: ReadonlyMap<Quarter, FrozenQuarter>;
  readonly progress: (rows: number) => void;
}

/** A month, and the codes of a call as an array of the database. */
type StagedCall = readonly [month: Month, codes: string];

async function insertStaged(manager: EntityManager, calls: readonly StagedCall[]): Promise<void> {
  await manager.query(
    `INSERT INTO pg_temp.imported
     SELECT month, codes::smallint[] FROM unnest($1::text[], $2::text[]) AS calls(month, codes)`,
    [calls.map(([month]) => month), calls.map(([, codes]) => codes)],
  );
}

/**
 * Reads the file again, into a temporary table. Each row is checked once more, because nobody holds the file
 * still in between, and against the vocabulary that its quarter was frozen with.
 */
async function stage(
  manager: EntityManager,
  source: ImportSource,
  { drop, check, today, quarters, progress }: Staging,
): Promise<void> {
  await manager.query(
    'CREATE TEMPORARY TABLE imported (month text NOT NULL, codes smallint[] NOT NULL) ON COMMIT DROP',
  );
  const file = openImportFile(source, {
    desk: { vocabularyOf: (quarter) => Promise.resolve(begun(quarters, quarter).vocabulary) },
    today,
    drop,
    isClosed: (month) => Promise.resolve(!check.months.includes(month)),
  });
  let rows = 0;
  let batch: StagedCall[] = [];
  for await (const { call } of file.rows) {
    if (call === null) throw changed();
    rows += 1;
    const { vocabulary } = begun(quarters, quarterOfMonth(call.month));
    batch.push([call.month, `{${encodeCall(call.answers, vocabulary).join(',')}}`]);
    if (batch.length < BATCH) continue;
    await insertStaged(manager, batch);
    batch = [];
    if (rows % PROGRESS_ROWS === 0) progress(rows);
  }
  await insertStaged(manager, batch);
  if (rows !== check.rows || file.headerErrors().length > 0) throw changed();
}

function begun(quarters: ReadonlyMap<Quarter, FrozenQuarter>, quarter: Quarter): FrozenQuarter {
  const found = quarters.get(quarter);
  if (found === undefined) throw changed();
  return found;
}

/** The transaction. Not the intake lock: nothing here touches intake, and handlers must not wait for a long file. */
async function write(
  manager: EntityManager,
  { desk, today, actor }: ImportDependencies,
  {
    source,
    drop,
    check,
  }: { readonly source: ImportSource; readonly drop: readonly string[]; readonly check: ImportCheck },
  progress: (rows: number) => void,
): Promise<void> {
  await takeTurn(manager);
  for (const month of check.months) {
    if (await isClosed(manager, month))
      throw new CommandError('A month of the file was closed while it was read. Nothing was imported.');
  }
  const quarters = new Map<Quarter, FrozenQuarter>();
  for (const quarter of new Set(check.months.map(quarterOfMonth)))
    quarters.set(quarter, await beginQuarter(manager, quarter, desk));
  await stage(manager, source, { drop, check, today, quarters, progress });
  for (const month of check.months) {
    const quarter = begun(quarters, quarterOfMonth(month));
    const codes = sealExpression(keptDimensions(quarter.plan, quarter.vocabulary));
    const staged = `SELECT ${codes} FROM pg_temp.imported WHERE month = $1`;
    await rewriteSealed(manager, month, quarter, staged, [month]);
  }
  const subject = [...quarters.keys()].join(' ');
  await recordEvent(manager, { day: today, actor, kind: 'calls-imported', subject });
}

/**
 * Imports a file of calls, or nothing of it. Throws ImportRefused with the errors of the file, and CommandError
 * for a file that is none, that changes meanwhile or whose month closes meanwhile. A file without rows is fine
 * and changes nothing.
 */
export async function importCalls(
  dependencies: ImportDependencies,
  source: ImportSource,
  { dryRun = false, drop = [], progress, alongside }: ImportMode = {},
): Promise<Imported> {
  const { keeper, desk, today } = dependencies;
  const check = await checkImportFile(source, {
    desk,
    today,
    isClosed: (month) => isClosed(keeper.manager, month),
    drop,
    progress: (rows) => progress?.(rows, 'checked'),
  });
  if (check.errorCount > 0) throw new ImportRefused(check);
  const imported = { rows: check.rows, months: check.months, reduced: check.reduced };
  if (!dryRun && check.rows > 0) {
    await keeper.transaction('READ COMMITTED', async (manager) => {
      await write(manager, dependencies, { source, drop, check }, (rows) => progress?.(rows, 'written'));
      await alongside?.(manager, imported);
    });
    await forgetLog(keeper);
  }
  return imported;
}
