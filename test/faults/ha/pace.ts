/** How fast calls were taken in, and how long a handler waited, between two moments. */
import type { Answered } from './handlers.js';
import type { Measured } from './scenario.js';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A moment on the clock of the answers. */
export const now = (): number => performance.now();

/** Does some work, and says from when to when. */
export async function during(work: () => Promise<unknown>): Promise<Span> {
  const from = now();
  await work();
  return { from, to: now() };
}

const within = (answered: readonly Answered[], { from, to }: Span) =>
  answered.filter(({ acknowledged, answeredAt }) => acknowledged && answeredAt >= from && answeredAt < to);

/** Calls that were acknowledged in a second. */
export const perSecond = (answered: readonly Answered[], span: Span): number =>
  within(answered, span).length / ((span.to - span.from) / 1_000);

/** The waits for an acknowledgement, in milliseconds, from the shortest to the longest. */
const waits = (answered: readonly Answered[], span: Span): number[] =>
  within(answered, span)
    .map(({ sentAt, answeredAt }) => answeredAt - sentAt)
    .sort((a, b) => a - b);

export const longestWait = (answered: readonly Answered[], span: Span): number =>
  waits(answered, span).at(-1) ?? NaN;

/** Milliseconds from a moment to the first acknowledgement of what was sent after it. */
export function firstAfter(answered: readonly Answered[], moment: number): number {
  const after = answered.filter(({ acknowledged, sentAt }) => acknowledged && sentAt >= moment);
  return Math.min(...after.map(({ answeredAt }) => answeredAt)) - moment;
}

export const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
export const seconds = (value: number): string => `${(value / 1_000).toFixed(1)} s`;

/** Pace and waits of a span. */
export function paceOf(answered: readonly Answered[], name: string, span: Span): Measured[] {
  const sorted = waits(answered, span);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return [
    { name: `${name}: calls acknowledged in a second`, value: perSecond(answered, span).toFixed(0) },
    {
      name: `${name}: wait for an acknowledgement, half of them, 99 of 100, the longest`,
      value: [at(0.5), at(0.99), at(1)].map(milliseconds).join(', '),
    },
  ];
}
