/** Issuing: published numbers become frozen, signed files, in one transaction, once for each revision. */
import type { Foreword } from '../contract/foreword.js';
import {
  isQuarter,
  monthsOfQuarter,
  previousQuarter,
  quartersOfYear,
  type Quarter,
} from '../contract/period.js';
import { MANIFEST, releasePeriodSchema, SIGNATURE } from '../contract/release.js';
import type { Clock } from '../platform/clock.js';
import { CommandError } from '../platform/command-error.js';
import { databaseFailure, type Database, type Transaction } from '../platform/database.js';
import type { Actor } from '../platform/event-log.js';
import type { DeskFacts, PublishedPeriod, ReadPeriod } from './content.js';
import { releaseFiles } from './files.js';
import { signingKey } from './key.js';
import { insertRelease, latestRevision, listKeys, lockReleases, registerKey } from './store.js';

/** What issuing takes; `keeper` is the pool of the role keeper. */
export interface IssueDependencies {
  readonly keeper: Database;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly readPeriod: ReadPeriod;
  readonly readDesk: () => Promise<DeskFacts>;
  readonly softwareVersion: string;
}

/** Which release is wanted, and by whom. */
export interface Wanted {
  /** A quarter or a year. */
  readonly period: string;
  /** Without a reason the first release is meant; with one the next revision of an issued period. */
  readonly reason: string | null;
  /** What stands before the numbers in the reports, if anything. */
  readonly foreword?: Foreword | null;
  /** When given, the revision must turn out to be this one. */
  readonly revision?: number;
  /** Who issues it, for the event log. */
  readonly actor: Actor;
}

export type IssueRefusal = 'not-a-release-period' | 'not-closed' | 'not-issued' | 'already-issued';
export type IssueOutcome = { readonly revision: number } | { readonly refused: IssueRefusal };

/** The revision that a wish leads to when the latest issued one is `latest` (0: none), or why it leads to none. */
function nextRevision({ reason, revision }: Wanted, latest: number): number | IssueRefusal {
  if (reason === null && latest > 0) return 'already-issued';
  if (reason !== null && latest === 0) return 'not-issued';
  const next = latest + 1;
  if (revision === undefined || revision === next) return next;
  return revision < next ? 'already-issued' : 'not-issued';
}

interface Prepared extends IssueDependencies {
  readonly published: PublishedPeriod;
  readonly beside: readonly PublishedPeriod[];
  readonly facts: DeskFacts;
}

async function issueIn(
  transaction: Transaction,
  dependencies: Prepared,
  wanted: Wanted,
): Promise<IssueOutcome> {
  await lockReleases(transaction);
  const revision = nextRevision(wanted, await latestRevision(transaction, wanted.period));
  if (typeof revision === 'string') return { refused: revision };
  const { published, beside, facts, softwareVersion } = dependencies;
  // Under the lock: nobody changes the key until the release is there.
  const key = await signingKey(dependencies.dataDir);
  const { period, reason, foreword = null, actor } = wanted;
  const issuedOn = dependencies.clock.local().day;
  const files = await releaseFiles({
    ...published,
    ...facts,
    period,
    beside,
    revision,
    reason,
    foreword,
    issuedOn,
    softwareVersion,
  });
  const signed = files
    .filter(({ name }) => name === MANIFEST)
    .map(({ bytes }) => ({ name: SIGNATURE, bytes: Buffer.from(key.sign(bytes), 'ascii') }));
  await registerKey(transaction, key);
  if ((await listKeys(transaction)).at(-1)?.id !== key.id)
    throw new CommandError(
      'The release key of this data directory is no longer in use. Copy keys/ from where it was changed.',
    );
  const release = { period, revision, reason, foreword, issuedOn, actor, key: key.id };
  await insertRelease(transaction, release, [...files, ...signed]);
  return { revision };
}

/** How many quarters before its own a quarter's report shows. */
const EARLIER = 3;

/** The periods shown beside one: of a year its quarters, of a quarter those before it, the latest first. */
function besideOf(period: string): Quarter[] {
  if (!isQuarter(period)) return quartersOfYear(period);
  const earlier: Quarter[] = [];
  while (earlier.length < EARLIER) earlier.push(previousQuarter(earlier.at(-1) ?? period));
  return earlier;
}

/** The desk's facts with the months of the period alone. */
function factsOf({ organisation, unanswered }: DeskFacts, period: string): DeskFacts {
  const quarters = isQuarter(period) ? [period] : quartersOfYear(period);
  const months = new Set(quarters.flatMap(monthsOfQuarter));
  return { organisation, unanswered: unanswered.filter(({ month }) => months.has(month)) };
}

async function readBeside({ readPeriod }: IssueDependencies, period: string): Promise<PublishedPeriod[]> {
  const read = await Promise.all(besideOf(period).map(readPeriod));
  return read.filter((found) => found !== null);
}

/**
 * Issues a release. Nothing is left behind when it fails or the process dies: rows, files and event are one
 * transaction, and no one has the right to change them afterwards.
 * @returns the revision issued, or why not; two at once cannot both succeed
 * @throws CommandError where this data directory's key is not the one in use any more
 */
export async function issueRelease(dependencies: IssueDependencies, wanted: Wanted): Promise<IssueOutcome> {
  if (!releasePeriodSchema.safeParse(wanted.period).success) return { refused: 'not-a-release-period' };
  const published = await dependencies.readPeriod(wanted.period);
  if (published === null) return { refused: 'not-closed' };
  const beside = await readBeside(dependencies, wanted.period);
  const facts = factsOf(await dependencies.readDesk(), wanted.period);
  const prepared = { ...dependencies, published, beside, facts };
  try {
    return await dependencies.keeper.transaction('READ COMMITTED', (transaction) =>
      issueIn(transaction, prepared, wanted),
    );
  } catch (error) {
    // The lock makes this rare; the unique key makes it certain.
    if (databaseFailure(error)?.code === '23505') return { refused: 'already-issued' };
    throw error;
  }
}
