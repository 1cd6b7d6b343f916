/**
 * Closing a period, once: count the plan's tables, add the noise, store only the noisy numbers, and at the end of
 * a quarter drop its sealed calls, all in one transaction. Source: the design's protection rules ("Closing, once").
 */
import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import {
  closableFrom,
  isQuarter,
  monthsOfQuarter,
  quarterOf,
  type Day,
  type Month,
  type Period,
} from '../contract/period.js';
import { isMonthly, planSigma2, tableShape, type Rational, type TableShape } from '../contract/plan.js';
import { CommandError } from '../platform/command-error.js';
import { refuseOverBudget } from './budget.js';
import { countStatement, type CountRow } from './count.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import { keptDimensions } from './layout.js';
import { drawNoise, type RandomSource } from './noise.js';
import { beginQuarter, type Desk, type FrozenQuarter } from './quarter.js';
import { forgetLog } from './residue.js';
import { isPublished, lockIntake, moveFinished, ofMonths } from './seal.js';
import { dropSealed, ensureSealed } from './sealed.js';

export interface CloseDependencies {
  readonly keeper: DataSource;
  readonly desk: Desk;
  readonly today: Day;
  /** Who closes: a user name, or `keeper`. */
  readonly actor: Actor;
  /**
   * Called after every close that may have drawn, whether it failed or not, so that no draw but the published one
   * stays on disk: also not of an earlier close whose process was killed before it could call this.
   */
  readonly forgetDraws: () => Promise<void>;
  readonly random?: RandomSource;
}

interface Drawing {
  readonly shapes: readonly TableShape[];
  readonly sigma2: Rational;
  readonly months: readonly Month[];
  readonly quarter: FrozenQuarter;
  readonly random: RandomSource;
}

/** The noisy integers of every table: exact counts plus a draw for each cell. The counts live in this call alone. */
async function drawTables(
  manager: EntityManager,
  { shapes, sigma2, months, quarter, random }: Drawing,
): Promise<number[][][]> {
  refuseOverBudget(quarter, sigma2);
  if (shapes.length === 0) return [];
  const statement = countStatement(shapes, keptDimensions(quarter.plan, quarter.vocabulary), months);
  const rows: CountRow[] = await manager.query(statement.sql);
  return statement.read(rows).map((counts) => {
    const noise = drawNoise(counts.length, counts[0]?.length ?? 1, sigma2, random);
    return counts.map((line, row) => line.map((count, column) => count + (noise[row]?.[column] ?? NaN)));
  });
}

async function publish(
  manager: EntityManager,
  period: Period,
  quarter: FrozenQuarter,
  today: Day,
): Promise<void> {
  await manager.query(
    'INSERT INTO published.period (id, kind, quarter, published_on) VALUES ($1, $2, $3, $4)',
    [period, isQuarter(period) ? 'quarter' : 'month', quarter.quarter, today],
  );
}

/** A quarter publishes every table but the monthly ones, whose rows are out; a month publishes its row of those. */
function shapesOf(
  period: Period,
  { plan, vocabulary }: FrozenQuarter,
  months: readonly Month[],
): TableShape[] {
  const wanted = plan.tables.filter((table) => isMonthly(table) !== isQuarter(period));
  return wanted.map((table) => tableShape(table, vocabulary, months));
}

async function closeOne(dependencies: CloseDependencies, period: Period): Promise<void> {
  const { keeper, desk, today, actor, random = randomBytes } = dependencies;
  const months = isQuarter(period) ? monthsOfQuarter(period) : [period];
  await keeper.transaction('READ COMMITTED', async (manager) => {
    await lockIntake(manager);
    if (await isPublished(manager, period)) throw alreadyPublished(period);
    const quarter = await beginQuarter(manager, quarterOf(period), desk);
    for (const month of months) await ensureSealed(manager, month, quarter);
    await moveFinished(manager, ofMonths(months), today, () => Promise.resolve(quarter));
    const sigma2 = planSigma2(quarter.plan, quarter.vocabulary);
    const shapes = shapesOf(period, quarter, months);
    const noisy = await drawTables(manager, { shapes, sigma2, months, quarter, random });
    await publish(manager, period, quarter, today);
    for (const [index, { id }] of shapes.entries()) {
      await manager.query('INSERT INTO published.noisy_table (period, id, noisy) VALUES ($1, $2, $3)', [
        period,
        id,
        noisy[index],
      ]);
    }
    if (isQuarter(period)) for (const month of months) await dropSealed(manager, month);
    await recordEvent(manager, { day: today, actor, kind: 'period-closed', subject: period });
  });
}

const alreadyPublished = (period: Period) =>
  new CommandError(`${period} is already closed. A period is drawn only once.`);

async function closeSafely(dependencies: CloseDependencies, period: Period): Promise<void> {
  try {
    await closeOne(dependencies, period);
  } catch (error) {
    if (!(error instanceof CommandError)) await dependencies.forgetDraws();
    throw error;
  }
  await dependencies.forgetDraws();
  await forgetLog(dependencies.keeper);
}

/**
 * Closes a month or a quarter; a quarter closes its open months first. Throws CommandError when the period is
 * closed already or may not close yet; whether there are calls in it changes nothing.
 */
export async function close(dependencies: CloseDependencies, period: Period): Promise<void> {
  const from = closableFrom(period);
  if (dependencies.today < from)
    throw new CommandError(`${period} may close from ${from}, so that late calls still find it open.`);
  if (await isPublished(dependencies.keeper.manager, period)) throw alreadyPublished(period);
  if (isQuarter(period)) {
    for (const month of monthsOfQuarter(period)) {
      if (!(await isPublished(dependencies.keeper.manager, month))) await closeSafely(dependencies, month);
    }
  }
  await closeSafely(dependencies, period);
}
