/**
 * Closing a period, once: add the second share of the noise to the counters, publish, and take the counters away. There
 * is no way to run it twice. Source: the design's protection rules ("Closing, once").
 */
import { closableFrom, isQuarter, monthsOfQuarter, quarterOf, type Period } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import { refuseOverBudget } from './budget.js';
import { queriesOf, queryAt } from './counters.js';
import { ofMonths } from './intake-store.js';
import { drawShares } from './noise.js';
import { isPublished, publish } from './quarter-store.js';
import { turnKey, type Keeping } from './turn.js';

export interface CloseDependencies extends Keeping {
  /** Who closes: a user name, or `keeper`. */
  readonly actor: Actor;
}

const alreadyPublished = (period: Period) =>
  new CommandError(`${period} is already closed. A period is drawn only once.`);

async function closeOne(dependencies: CloseDependencies, period: Period): Promise<void> {
  const { today, actor } = dependencies;
  const quarter = quarterOf(period);
  const months = isQuarter(period) ? monthsOfQuarter(period) : [period];
  const kind = isQuarter(period) ? 'quarter' : 'month';
  let second = new Map<number, number>();
  await turnKey(dependencies, {
    finished: ofMonths(months),
    async before({ transaction, random, countersOf }) {
      if (await isPublished(transaction, period)) throw alreadyPublished(period);
      const { quarter: frozen } = await countersOf(quarter);
      refuseOverBudget(frozen);
      const asked = queriesOf(frozen, kind === 'quarter' ? null : period);
      const shares = drawShares(
        asked.map((query) => queryAt(frozen, query).sigma2),
        random,
      );
      second = new Map(asked.map((query, place) => [query, shares[place] ?? NaN]));
    },
    async after({ transaction, countersOf, forget }) {
      const { values } = await countersOf(quarter);
      const noisy = [...second].map(([query, share]) => (values.get(query) ?? NaN) + share);
      await publish(transaction, { period, kind, quarter, today, noisy });
      await recordEvent(transaction, { day: today, actor, kind: 'period-closed', subject: period });
      for (const query of second.keys()) values.delete(query);
      if (kind === 'quarter') forget(quarter);
    },
  });
}

/**
 * Closes a month or a quarter; a quarter closes its open months first. Throws CommandError when the period is
 * closed already or may not close yet; whether there are calls in it changes nothing.
 */
export async function close(dependencies: CloseDependencies, period: Period): Promise<void> {
  const { keeper, today } = dependencies;
  const from = closableFrom(period);
  if (today < from)
    throw new CommandError(`${period} may close from ${from}, so that late calls still find it open.`);
  if (await isPublished(keeper, period)) throw alreadyPublished(period);
  for (const month of isQuarter(period) ? monthsOfQuarter(period) : [])
    if (!(await isPublished(keeper, month))) await closeOne(dependencies, month);
  await closeOne(dependencies, period);
}
