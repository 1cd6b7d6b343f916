/** Where today's version does worse than version 0.1 did, or less than one might think, in words. */
import type { Told } from './changes.js';
import { fixed, mean, per } from './markdown.js';
import type { Measured } from './numbers.js';
import { nameOf, nameOfPairs, shareIn, shownIn, signed } from './tables.js';

/** Those of some results that are worse, in a list, or that there are none. */
const listed = (worse: readonly string[]) => (worse.length === 0 ? 'nowhere' : worse.join('; '));

/** Fewer lines for hidden answers than this tell nothing. */
const ENOUGH = 50;

/** Whether so many of so many are fewer than 95 in 100 by more than two and a half deviations of chance. */
const isTooFew = (within: number, all: number) =>
  all >= ENOUGH && within / all < 0.95 - 2.5 * Math.sqrt((0.95 * 0.05) / all);

/** Where the lines for hidden answers together are within their ± less often than chance explains. */
const unsureLines = (results: readonly Measured[], which: 'oneWay' | 'crossed'): string[] =>
  results.flatMap(({ line, hidden }) => {
    const { errors, within } = hidden[which];
    return isTooFew(within, errors.length)
      ? [`${nameOf(line)} (${per(within / errors.length)}, on the average ${signed(mean(errors))} calls)`]
      : [];
  });

/** The line on which protection hides most of what exact counts would tell of one concern half as common again. */
function dearest(told: readonly Told[]): string {
  const costs = told.map((one) => {
    const { today, exact } = one.announced.concern;
    const { runs } = one.pairs;
    return { name: nameOfPairs(one), today: today.found / runs, exact: exact.found / runs };
  });
  const [most] = costs.toSorted((a, b) => b.exact - b.today - (a.exact - a.today));
  return most === undefined
    ? ''
    : `${most.name} (${per(most.today)} for ${per(most.exact)} with exact counts)`;
}

/** The least and the most of some shares. */
const range = (shares: readonly number[]) => `${per(Math.min(...shares))} to ${per(Math.max(...shares))}`;

/** Where today's version does worse, worked out from the same figures. */
export function worse(results: readonly Measured[], told: readonly Told[]): string {
  const fewer = results.flatMap(({ line, shared: { older, today } }) =>
    shownIn(today) < 0.995 * shownIn(older)
      ? [`${nameOf(line)} (${fixed(shownIn(today) / line.runs)} for ${fixed(shownIn(older) / line.runs)})`]
      : [],
  );
  const lessOf = results.flatMap(({ line, shared: { older, today } }) =>
    shareIn(today) < shareIn(older) - 0.0005
      ? [`${nameOf(line)} (${per(shareIn(today), 1)} for ${per(shareIn(older), 1)})`]
      : [],
  );
  const further = results.flatMap(({ line, both: { older, today } }) =>
    mean(today.errors) > 1.005 * mean(older.errors)
      ? [`${nameOf(line)} (${fixed(mean(today.errors), 2)} for ${fixed(mean(older.errors), 2)})`]
      : [],
  );
  const found = told.flatMap((one) => {
    const { today, older } = one.announced.concern;
    const { runs } = one.pairs;
    return per(today.found / runs) !== per(older.found / runs) && today.found < older.found
      ? [`${nameOfPairs(one)} (${per(today.found / runs)} for ${per(older.found / runs)})`]
      : [];
  });
  const outside = results.flatMap(({ line, today, older }) =>
    today.missed / shownIn(today) > older.missed / shownIn(older) + 0.005
      ? [
          `${nameOf(line)} (${per(today.missed / shownIn(today), 1)} for ${per(older.missed / shownIn(older), 1)})`,
        ]
      : [],
  );
  const forNothing = (reader: 'today' | 'older' | 'exact', presets: readonly string[]) =>
    range(
      told.flatMap(({ pairs: { runs, preset }, announced }) =>
        presets.includes(preset) ? [announced.nothing[reader].pairs / runs] : [],
      ),
    );
  const every = ['tiny', 'small', 'medium', 'large'];
  return `- **Fewer numbers in the same tables** than 0.1 showed: ${listed(fewer)}. The tiny plan now counts kinds of contact and
  referrals as well, which takes from the others; in cross tables columns are withheld like rows.
- **A smaller share of the calls** in the shown cells of those tables: ${listed(lessOf)}.
- **Further from the truth** in cells that both show: ${listed(further)}.
- **A real change is found less often.** One concern half as common again was announced less often than by 0.1: ${listed(found)}.
  But 0.1 announced something in ${forNothing('older', every)} of the quarters in which nothing had happened, and nobody could tell
  which of its statements to believe. Most of what is missed is missed with exact counts too, for it is within chance; protection itself costs most at
  ${dearest(told)}.
- **A quarter in which nothing happened may still announce a change**: ${forNothing('today', ['tiny', 'small'])} of the quarters of tiny and small lines did,
  ${forNothing('today', ['medium'])} of medium ones and ${forNothing('today', ['large'])} of large ones, which compare more numbers. Exact counts under the same rule:
  ${forNothing('exact', ['tiny', 'small'])}, ${forNothing('exact', ['medium'])} and ${forNothing('exact', ['large'])}.
- **More of the shown numbers lie outside their ±**, for ± is narrower now and 0.1's was wider than it had to be: ${listed(outside)}.
  Of all numbers of a quarter, shown or not, it is about one in twenty at most: \`test/statistics/coverage.test.ts\` holds every
  table to 94.5% within. Among those that are shown there are more that noise lifted over the threshold. Years are measured
  here alone.
- **The line for hidden answers together says too little**, most of all on large lines and in cross tables: a number is hidden
  more easily where noise made it smaller, and its ± does not know of that. Within its ± less often than 95 times in 100, by more
  than chance explains: tables of one question, ${listed(unsureLines(results, 'oneWay'))}; cross tables, ${listed(unsureLines(results, 'crossed'))}.
- **No rest of a row.** 0.1 told what each row of a cross table had left over; today a table has one such line for all of it.
- **Fives beside ones.** Where a table is shown in fives and its total in whole calls, the table adds up to the five that is
  nearest to the total, which may be two calls off.`;
}
