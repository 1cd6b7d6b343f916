/**
 * Sends a call until it has an answer. The request carries the call's receipt, so that sending it again is
 * harmless: whether the first one arrived or not, the call is stored once.
 */
import type { Reply, Slug } from '../api.js';

const passing = ['no-contact', 'unavailable', 'too-many-requests'] as const;
/**
 * Why the sending pauses and goes on: nobody answers; or Tyst answers that it can take nothing in right now, because its
 * database is away or its intake shut; or that this is more than it takes in a minute.
 */
export type Interruption = (typeof passing)[number];

interface Options {
  /** Stops the sending; then nothing is known about whether the call was stored. */
  readonly signal: AbortSignal;
  /** Told when the call was not taken; `tryNow` ends the pause. */
  readonly onWaiting: (tryNow: () => void, why: Interruption) => void;
  readonly signIn: () => Promise<void>;
}

const pauses = [1, 2, 4, 8, 15, 30] as const;
const longestPause = 60;

const interruptionOf = (slug: Slug): Interruption | null => passing.find((each) => each === slug) ?? null;

/** Resolves after some seconds, or at once when asked to, when the network is back, or when the sending stops. */
function pause(seconds: number, why: Interruption, { signal, onWaiting }: Options): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
    onWaiting(done, why);
  });
}

/** The server's answer, or null when the sending was stopped before there was one. */
export async function deliver<Body>(
  send: (signal: AbortSignal) => Promise<Reply<Body>>,
  options: Options,
): Promise<Reply<Body> | null> {
  const stopped = () => options.signal.aborted;
  for (let attempt = 0; !stopped(); attempt += 1) {
    const reply = await send(options.signal);
    if (stopped()) return null;
    if (reply.ok) return reply;
    const { slug, retryAfter } = reply.problem;
    const why = interruptionOf(slug);
    if (slug === 'not-signed-in') await options.signIn();
    else if (why === null) return reply;
    else await pause(Math.min(longestPause, Math.max(retryAfter ?? 0, pauses[attempt] ?? 30)), why, options);
  }
  return null;
}
