/**
 * Importing calls from a file, all or nothing. The file is read once: every row is checked and counted as it comes, in
 * memory, and no row is stored anywhere. What it moves is then added to the counters in one turn of the key.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { monthSchema, quarterOfMonth, quarterSchema, type Day, type Month } from '../contract/period.js';
import { writeQueries } from '../contract/queries.js';
import { vocabularySchema } from '../contract/vocabulary.js';
import { CommandError } from '../platform/command-error.js';
import type { Database, Sql, Transaction } from '../platform/database.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import type { Counted } from './count-call.js';
import { countImportFile, type ImportCheck } from './import-count.js';
import { describeImportError, FileRefused, type ImportError } from './import-error.js';
import type { ImportSource } from './import-source.js';
import { findQuarter, importedAmong, noteImported, publishedAmong } from './quarter-store.js';
import { quarterAsItStands, type Desk } from './quarter.js';
import { turnKey, type Keeping } from './turn.js';

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

/** What reading a file takes: no key, and no right to write anything. */
export interface ReadingDependencies {
  readonly keeper: Database;
  readonly desk: Desk;
  readonly today: Day;
}

export interface ImportMode {
  /** Import into months that have had an import as well: these are other calls. */
  readonly again?: boolean;
  /** Names of columns that are to be left out. */
  readonly drop?: readonly string[];
  /** Told now and then how many rows have been read. */
  readonly progress?: (rows: number) => void;
}

/** A month of a file, and how it will be counted. */
export interface ImportedMonth {
  readonly month: Month;
  readonly rows: number;
  readonly quarter: string;
  readonly preset: string;
  /** Whether the quarter had begun before. */
  readonly begun: boolean;
}

/** What a file holds, as it is told. */
export interface Imported {
  readonly rows: number;
  readonly months: readonly ImportedMonth[];
  /** Rows in which a date was reduced to its month. */
  readonly reduced: number;
}

const closedMeanwhile = () =>
  new CommandError('A month of the file was closed while it was read. Nothing was imported.');
const changedMeanwhile = () =>
  new CommandError(
    'The plan of a quarter was changed while the file was read. Nothing was imported; try again.',
  );

const importedBefore = (months: readonly Month[]) =>
  new FileRefused(
    'imported-before',
    `An import was made before into ${months.join(', ')}: the same calls would count twice. If these are other calls, say so with --again. Nothing was imported.`,
  );

async function isClosed(keeper: Sql, month: Month): Promise<boolean> {
  return (await publishedAmong(keeper, [month, quarterOfMonth(month)])).size > 0;
}

async function refuseAgain(keeper: Sql, months: readonly Month[], again: boolean): Promise<void> {
  const before = again ? [] : await importedAmong(keeper, months);
  if (before.length > 0) throw importedBefore(before);
}

/** By how much a file moves the queries of the quarters in it: all that is handed on of its rows. */
export const countedImportSchema = z.strictObject({
  months: z.array(monthSchema),
  again: z.boolean(),
  quarters: z.array(
    z.strictObject({
      quarter: quarterSchema,
      /** Of vocabulary and queries, so that nothing is added to a quarter that counts otherwise. */
      mark: z.string(),
      moves: z.array(z.int()),
    }),
  ),
});
export type CountedImport = z.infer<typeof countedImportSchema>;

/** A hash of how a quarter counts. */
const countingMark = ({ queries, vocabulary }: Counted): string =>
  createHash('sha256')
    .update(writeQueries(queries))
    .update(JSON.stringify(vocabularySchema.parse(vocabulary)))
    .digest('base64url');

const countedOf = ({ months, quarters }: ImportCheck, again: boolean): CountedImport => ({
  months: [...months.keys()],
  again,
  quarters: [...quarters].map(([quarter, { counted, moves }]) => ({
    quarter,
    mark: countingMark(counted),
    moves: [...moves],
  })),
});

async function importedOf(keeper: Sql, { rows, months, reduced, quarters }: ImportCheck): Promise<Imported> {
  const begun = new Set<string>();
  for (const quarter of quarters.keys())
    if ((await findQuarter(keeper, quarter)) !== null) begun.add(quarter);
  const described = [...months].map(([month, count]) => {
    const quarter = quarterOfMonth(month);
    const preset = quarters.get(quarter)?.counted.plan.preset ?? 'own';
    return { ...{ month, quarter, preset }, rows: count, begun: begun.has(quarter) };
  });
  return { rows, reduced, months: described };
}

/** What reading a file gives: what may be told of it, and what to add; nothing to add in a file without rows. */
export interface ReadImport {
  readonly imported: Imported;
  readonly counted: CountedImport | null;
}

/**
 * Reads, checks and counts a file; writes nothing, and begins no quarter. Throws ImportRefused with the errors of the
 * file, and CommandError for a file that is none or goes into a month which has had an import.
 */
export async function readImport(
  { keeper, desk, today }: ReadingDependencies,
  source: ImportSource,
  { again = false, drop = [], progress }: ImportMode = {},
): Promise<ReadImport> {
  const check = await countImportFile(source, {
    ...{ today, drop, progress },
    quarterOf: (quarter) => quarterAsItStands(keeper, quarter, desk),
    isClosed: (month) => isClosed(keeper, month),
  });
  if (check.errorCount > 0) throw new ImportRefused(check);
  await refuseAgain(keeper, [...check.months.keys()], again);
  const imported = await importedOf(keeper, check);
  return { imported, counted: check.rows === 0 ? null : countedOf(check, again) };
}

/**
 * Adds what a file moved to the counters, or nothing of it; `alongside` is done in the same transaction. Throws
 * CommandError where a month closed meanwhile, has had an import, or its quarter counts otherwise than the file was.
 */
export async function addImport(
  dependencies: Keeping & { readonly actor: Actor },
  { months, again, quarters }: CountedImport,
  alongside: (transaction: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { today, actor } = dependencies;
  await turnKey(dependencies, {
    async before({ transaction, begin, countersOf }) {
      await refuseAgain(transaction, months, again);
      for (const month of months) if (await isClosed(transaction, month)) throw closedMeanwhile();
      for (const { quarter, mark } of quarters) {
        if (countingMark(await begin(quarter)) !== mark) throw changedMeanwhile();
        await countersOf(quarter);
      }
    },
    async after({ transaction, countersOf }) {
      for (const { quarter, moves } of quarters) {
        const { values } = await countersOf(quarter);
        for (const [query, by] of moves.entries())
          if (by !== 0) values.set(query, (values.get(query) ?? NaN) + by);
      }
      await noteImported(transaction, months);
      const subject = quarters.map(({ quarter }) => quarter).join(' ');
      await recordEvent(transaction, { day: today, actor, kind: 'calls-imported', subject });
      await alongside(transaction);
    },
  });
}
