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
import type { AskedOfQuarter, DeskFacts, PublishedPeriod, ReadPeriod } from './content.js';
import { releaseFiles } from './files.js';
import { signingKey } from './key.js';
import { askedOf, insertRelease, latestRevision, listKeys, lockReleases, registerKey } from './store.js';

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
  readonly before: readonly PublishedPeriod[];
  readonly asked: readonly AskedOfQuarter[];
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
  const { published, beside, before, asked, facts, softwareVersion } = dependencies;
  // Under the lock: nobody changes the key until the release is there.
  const key = await signingKey(dependencies.dataDir);
  const { period, reason, foreword = null, actor } = wanted;
  const issuedOn = dependencies.clock.local().day;
  const files = await releaseFiles({
    ...published,
    ...facts,
    period,
    beside,
    before,
    asked,
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

/** The quarters that a period is made of. */
const quartersOf = (period: string): Quarter[] => (isQuarter(period) ? [period] : quartersOfYear(period));

/** The periods that one is compared with: the one before, and of a quarter the same one of last year. */
function beforeOf(period: string): string[] {
  const lastYear = String(Number(period.slice(0, 4)) - 1);
  return isQuarter(period) ? [previousQuarter(period), `${lastYear}${period.slice(4)}`] : [lastYear];
}

/** The desk's facts with the months of the period alone. */
function factsOf({ organisation, unanswered }: DeskFacts, period: string): DeskFacts {
  const months = new Set(quartersOf(period).flatMap(monthsOfQuarter));
  return { organisation, unanswered: unanswered.filter(({ month }) => months.has(month)) };
}

/** Those of these periods that are published. */
async function readAll(readPeriod: ReadPeriod, periods: readonly string[]): Promise<PublishedPeriod[]> {
  const read = await Promise.all(periods.map(readPeriod));
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
  const { readPeriod, keeper } = dependencies;
  const before = await readAll(readPeriod, beforeOf(wanted.period));
  const beside = isQuarter(wanted.period) ? before : await readAll(readPeriod, quartersOfYear(wanted.period));
  const asked = await askedOf(keeper, quartersOf(wanted.period));
  const facts = factsOf(await dependencies.readDesk(), wanted.period);
  const prepared = { ...dependencies, published, beside, before, asked, facts };
  try {
    return await keeper.transaction('READ COMMITTED', (transaction) =>
      issueIn(transaction, prepared, wanted),
    );
  } catch (error) {
    // The lock makes this rare; the unique key makes it certain.
    if (databaseFailure(error)?.code === '23505') return { refused: 'already-issued' };
    throw error;
  }
}
