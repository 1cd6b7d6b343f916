/** Waiting for what the keeper was asked to do: a row and a notice ask it, and its answer is looked for until it is there. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealEnvelope } from './envelope.js';
import { ProblemError } from './problems.js';

/** Milliseconds for the keeper to take up what it was asked, where a test does not say otherwise. */
export const KEEPER_PATIENCE = 30_000;

const POLL_EVERY = 200;

/** The keeper looks for what was asked every half minute even if it missed the notice. */
export const keeperSilent = () => new ProblemError('unavailable', { headers: { 'Retry-After': '60' } });

/**
 * Looks until there is an answer, every 200 ms, or more often where the patience is less. `look` is told how many
 * milliseconds that has gone on; it gives null where there is no answer yet, and throws the problem that ends the wait.
 */
export async function waitForKeeper<Answer>(
  look: (waited: number) => Promise<Answer | null>,
  patience: number,
): Promise<Answer> {
  // Counted in waits, not by the clock: a clock that is set back must not keep the request waiting.
  for (let waited = 0; ; waited += POLL_EVERY) {
    const answer = await look(waited);
    if (answer !== null) return answer;
    await sleep(Math.min(POLL_EVERY, patience));
  }
}

/** How a request stands; its answer only once there is one. */
interface RequestState {
  readonly state: string;
  readonly answer: Buffer | null;
}

/** Where requests to the keeper lie: the table, behind the functions of a store. */
export interface Mailbox {
  /** The keeper's public key of the moment; null before its first start. */
  readonly readKey: () => Promise<Buffer | null>;
  /** Leaves an envelope for the keeper, and wakes it. */
  readonly file: (id: string, envelope: Buffer) => Promise<void>;
  /** Null when the request is gone. */
  readonly stateOf: (id: string) => Promise<RequestState | null>;
  /** Takes a request back that the keeper has not taken up; whether there was one. */
  readonly withdraw: (id: string) => Promise<boolean>;
  /** Clears away a request that is answered. */
  readonly remove: (id: string) => Promise<void>;
}

interface Asking {
  /** The least bytes of an envelope, so that its size says little. */
  readonly least: number;
  /** How long a request waits for the keeper to take it up, in milliseconds. */
  readonly patience: number;
  /** The problem where it was taken up and nobody can say what became of it. */
  readonly unfinished: () => ProblemError;
  /** Whether what was broken off in the middle, with nothing stored, may be sent again. */
  readonly sendAgain: boolean;
}

/** Milliseconds for the keeper to be done with what it has taken up: a seal that waits for a dump, or a large file. */
const LONGEST = 600_000;

/** How often a request is sealed anew, because the keeper's key has changed meanwhile. */
const ATTEMPTS = 3;

/** Waits until a request is answered or refused. Throws the problem when that takes too long; then it is withdrawn. */
function waitForAnswer({ stateOf, withdraw }: Mailbox, id: string, { patience, unfinished }: Asking) {
  let wasTaken = false;
  return waitForKeeper(async (waited) => {
    const found = await stateOf(id);
    if (found === null) throw unfinished();
    const { state, answer } = found;
    if (state === 'answered' || state === 'refused') return { answer, wasTaken };
    wasTaken ||= state === 'taken';
    if (!wasTaken && waited >= patience && (await withdraw(id))) throw keeperSilent();
    if (waited >= LONGEST) throw unfinished();
    return null;
  }, patience);
}

/** Hands the keeper a message that only it can open; its answer. Throws the problem where there is none. */
export async function askKeeper(mailbox: Mailbox, message: Buffer, asking: Asking): Promise<Buffer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = await mailbox.readKey();
    if (key === null) throw keeperSilent();
    const id = randomUUID();
    const { envelope, openReply } = sealEnvelope(key, message, { name: id, least: asking.least });
    await mailbox.file(id, envelope);
    const { answer, wasTaken } = await waitForAnswer(mailbox, id, asking);
    await mailbox.remove(id);
    const reply = answer === null ? null : openReply(answer);
    if (reply !== null) return reply;
    if (wasTaken && !asking.sendAgain) throw keeperSilent();
  }
  throw keeperSilent();
}
