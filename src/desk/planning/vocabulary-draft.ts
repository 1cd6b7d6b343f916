/** The draft of next quarter's vocabulary in the database. Until its quarter begins it is one row, changed in place. */
import { createHash } from 'node:crypto';
import {
  addDays,
  firstDayOfQuarter,
  monthOfDay,
  nextQuarter,
  quarterOfMonth,
  type Quarter,
} from '../../contract/period.js';
import { draftErrors, plainDimensions } from '../../contract/draft-rules.js';
import type { Draft, DraftDimension, StoredVocabulary } from '../../contract/vocabulary-draft.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Sql } from '../../platform/database.js';
import { lockUntilCommit } from '../../platform/locks.js';
import { ProblemError } from '../../platform/problems.js';
import { recordEvent, type Actor } from '../../platform/event-log.js';
import { setVersion, versionOf } from './vocabulary-store.js';

/**
 * From this hour of a quarter's last day the next vocabulary stands. A change that is committed after midnight would
 * come between the calls that were taken in under the old words and the freezing of the new ones.
 */
const LAST_HOUR = 23;

interface State {
  readonly next: Quarter;
  /** In effect now. */
  readonly current: StoredVocabulary;
  /** In effect next quarter as things stand: the draft, or what is in effect now. */
  readonly draft: StoredVocabulary;
  /** Whether there is a row of the draft's own. */
  readonly begun: boolean;
  readonly tag: string;
}

async function readState(desk: Sql, clock: Clock): Promise<State> {
  const quarter = quarterOfMonth(monthOfDay(clock.local().day));
  const next = nextQuarter(quarter);
  const current = await versionOf(desk, quarter);
  const draft = await versionOf(desk, next);
  const text = JSON.stringify([next, draft.vocabulary]);
  return {
    next,
    current: current.vocabulary,
    draft: draft.vocabulary,
    begun: draft.quarter === next,
    tag: createHash('sha256').update(text).digest('base64url'),
  };
}

/** The draft, each code of which that was never in effect marked as added. */
export async function readDraft(desk: Sql, clock: Clock): Promise<Draft> {
  const { next, current, draft, tag } = await readState(desk, clock);
  const known = (dimension: string, code: string) =>
    current.dimensions.some(({ id, codes }) => id === dimension && codes.some((one) => one.id === code));
  const dimensions = draft.dimensions.map((dimension): DraftDimension => ({
    ...dimension,
    codes: dimension.codes.map((code) => (known(dimension.id, code.id) ? code : { ...code, added: true })),
  }));
  return { quarter: next, version: draft.version, tag, dimensions };
}

/** A new draft, and which one it was made from where the sender says so. */
export interface NewDraft {
  readonly quarter?: Quarter | undefined;
  readonly tag?: string | undefined;
  readonly dimensions: readonly DraftDimension[];
}

function isLastHour(next: Quarter, clock: Clock): boolean {
  const { day, hour } = clock.local();
  return day === addDays(firstDayOfQuarter(next), -1) && hour >= LAST_HOUR;
}

/**
 * Sets the draft. One that is there already in every word is no change and no event. Throws the problems
 * vocabulary-fixed, vocabulary-changed and invalid-request.
 */
export async function setDraft(
  desk: Database,
  sent: NewDraft,
  { clock, actor }: { readonly clock: Clock; readonly actor: Actor },
): Promise<void> {
  const dimensions = plainDimensions(sent.dimensions);
  await desk.transaction('READ COMMITTED', async (manager) => {
    // The keeper freezes a quarter's vocabulary under the same lock, and two administrators take turns.
    await lockUntilCommit(manager, 'plan');
    const { next, current, draft, begun, tag } = await readState(manager, clock);
    const meantForAnother = sent.quarter !== undefined && sent.quarter !== next;
    if (meantForAnother) throw new ProblemError('vocabulary-changed');
    if (JSON.stringify(dimensions) === JSON.stringify(plainDimensions(draft.dimensions))) return;
    if (isLastHour(next, clock)) throw new ProblemError('vocabulary-fixed');
    if (sent.tag !== undefined && sent.tag !== tag) throw new ProblemError('vocabulary-changed');
    const errors = draftErrors(dimensions, current.dimensions);
    if (errors.length > 0) throw new ProblemError('invalid-request', { errors });
    const version = begun ? draft.version : draft.version + 1;
    await setVersion(manager, next, { version, dimensions });
    await recordEvent(manager, { day: clock.local().day, actor, kind: 'vocabulary-set', subject: next });
  });
}
