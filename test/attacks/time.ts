import { presetPlan } from '../../src/contract/presets.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { readPeriod } from '../../src/statistics/read.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { askedOf } from './support/asked.js';
import { crashing } from './support/crash.js';
import { never, sum, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, MONTHS, QUARTER } from './support/line.js';
import { aSealedQuarter, closePeriod, isRefused, keptText, publishedText, take } from './support/quarter.js';

const CALLS = 60;
const plan = presetPlan('small');
const queries = askedOf(plan);
const calls = () => callsLike(CALLS, 6);

/** How often each of the wrong things happened while a period was closed with a crash at each of its statements. */
interface Crashes {
  tried: number;
  published: number;
  lost: number;
  undone: number;
}

/** Crashes at the first statement, then at the second, and so on, until a close gets through before its crash. */
async function crashThrough(database: TestDatabase, period: string, tally: Crashes): Promise<void> {
  for (let at = 1; ; at += 1) {
    const before = [await publishedText(database), await keptText(database)];
    const { keeper, statements } = crashing(database.keeper, {
      owner: database.owner,
      diesAt: (statement) => statement === at,
    });
    const failed = await isRefused(closePeriod({ ...database, keeper }, period));
    if (!failed) return;
    tally.tried += 1;
    const [published, kept] = [await publishedText(database), await keptText(database)];
    if (statements() < at) throw new Error('The close failed before the crash.');
    if (published === before[0]) {
      tally.lost += kept === before[1] ? 0 : 1;
      continue;
    }
    // It had committed, and what came after was cut short: the numbers are out whole, and stay.
    const [row]: { n: number }[] = await database.owner.query(
      'SELECT count(*)::int AS n FROM published.noisy_answer WHERE period = $1',
      [period],
    );
    const whole = queries.filter(({ month }) => month === (period === QUARTER ? null : period)).length;
    tally.published += row?.n === whole ? 0 : 1;
    const again = await isRefused(closePeriod(database, period));
    tally.undone += again && (await publishedText(database)) === published ? 0 : 1;
    return;
  }
}

async function crashes(size: Size): Promise<{ figures: Figure[]; tried: number }> {
  const database = await aSealedQuarter(plan, calls());
  const tally: Crashes = { tried: 0, published: 0, lost: 0, undone: 0 };
  try {
    // One month is like another: in the small run two of them close in peace.
    const [first, ...others] = size === 'full' ? [] : MONTHS;
    for (const period of first === undefined ? MONTHS : [first]) await crashThrough(database, period, tally);
    for (const period of others) await closePeriod(database, period);
    await crashThrough(database, QUARTER, tally);
  } finally {
    await database.destroy();
  }
  return {
    tried: tally.tried,
    figures: [
      never('crashes that left part of a period published', tally.published),
      never('crashes after which a counter or a call was not as before', tally.lost),
      never('numbers that changed when a close was tried again', tally.undone),
    ],
  };
}

async function twice(): Promise<Figure[]> {
  const database = await aSealedQuarter(plan, calls());
  try {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => isRefused(closePeriod(database, '2026-10'))),
    );
    await closePeriod(database);
    const before = await publishedText(database);
    const reading = JSON.stringify(await readPeriod(database.reader, QUARTER));
    const again = await Promise.all(
      [...MONTHS, QUARTER].map((period) => isRefused(closePeriod(database, period))),
    );
    const [late] = callsLike(1, 7);
    const lateOutcome = late === undefined ? null : await take(database.intake, late);
    const changed = [
      (await publishedText(database)) !== before,
      JSON.stringify(await readPeriod(database.reader, QUARTER)) !== reading,
    ];
    const rewritten = await Promise.all(
      (['intake', 'reader', 'desk', 'keeper'] as const).flatMap((role) =>
        [
          'UPDATE published.noisy_answer SET noisy = noisy',
          'DELETE FROM published.noisy_answer',
          'DELETE FROM published.period',
          `INSERT INTO published.noisy_answer SELECT * FROM published.noisy_answer`,
          `INSERT INTO published.period SELECT * FROM published.period`,
        ].map((sql) => isRefused(database[role].query(sql))),
      ),
    );
    return [
      never(
        'closes at the same time that got through, but for one',
        Math.abs(outcomes.filter((no) => !no).length - 1),
      ),
      never('second closes that were not refused', again.filter((no) => !no).length),
      never('late calls that were taken', lateOutcome === 'closed-period' ? 0 : 1),
      never('statements of any login that changed published numbers', rewritten.filter((no) => !no).length),
      never('published bytes that changed afterwards', sum(changed.map(Number))),
    ];
  } finally {
    await database.destroy();
  }
}

async function planChanged(): Promise<Figure[]> {
  const database = await aSealedQuarter(plan, calls());
  try {
    const clock = standingClock('2026-11-10T10:00:00Z');
    const large = presetPlan('large');
    const refused = await isRefused(setPlan(database, QUARTER, large, { clock, actor: 'attacks' }));
    // The desk's own table is the desk's to change; what was frozen is not.
    await database.desk.query('UPDATE desk.plan SET plan = $1', [JSON.stringify(large)]);
    await closePeriod(database);
    const [row]: { n: number }[] = await database.owner.query(
      'SELECT count(*)::int AS n FROM published.noisy_answer',
    );
    return [
      never('plans changed in mid-quarter that were accepted', refused ? 0 : 1),
      never('answers published beside the frozen plan', Math.abs((row?.n ?? NaN) - queries.length)),
    ];
  } finally {
    await database.destroy();
  }
}

/** A6: is there a way to have a period drawn twice? */
export const time: Attack = {
  id: 'A6',
  title: 'Time',
  words:
    'Whoever gets two draws of the same period can average them, and whoever gets one before and one after a call can subtract ' +
    'them. On a real database: a period is closed again, and by four at once; the server process is killed at every single ' +
    'statement of every close, which is then tried again; a call comes late; the plan is changed in mid-quarter; every ' +
    'login tries to change what is published.',
  seed: null,
  async run(size) {
    const { figures, tried } = await crashes(size);
    return {
      figures: [...figures, ...(await twice()), ...(await planChanged())],
      notes: [
        `${tried} crashes, one before each statement of ${size === 'full' ? 'the three months' : 'a month'} and the quarter. The commit itself was not cut in two.`,
        'A copy of the whole machine that is restored beside the original and closed again is tried in N4.',
      ],
    };
  },
};
