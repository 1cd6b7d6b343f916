/** Where today's version does worse than version 0.1 did, or less than one might think, in words. */
import type { Told } from './changes.js';
import { fixed, mean, per, sum } from './markdown.js';
import type { HiddenLines, Measured } from './numbers.js';
import { nameOf, nameOfPairs, shareIn, shownIn, signed } from './tables.js';

/** Those of some results that are worse, in a list, or that there are none. */
const listed = (worse: readonly string[]) => (worse.length === 0 ? 'nowhere' : worse.join('; '));

/** All lines for hidden answers together. */
function allLines(lines: readonly HiddenLines[]) {
  const errors = lines.flatMap((one) => one.errors);
  return { share: sum(lines.map(({ within }) => within)) / errors.length, error: mean(errors) };
}

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
    return today.found < older.found
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
  const forNothing = told.map(({ pairs: { runs }, announced }) => announced.nothing.older.pairs / runs);
  const crossed = allLines(results.map(({ hidden }) => hidden.crossed));
  const oneWay = allLines(results.map(({ hidden }) => hidden.oneWay));
  return `- **Fewer numbers in the same tables** than 0.1 showed: ${listed(fewer)}. The tiny plan now counts kinds of contact and
  referrals as well, which takes from the others; in cross tables columns are withheld like rows.
- **A smaller share of the calls** in the shown cells of those tables: ${listed(lessOf)}.
- **Further from the truth** in cells that both show: ${listed(further)}.
- **A real change is found less often.** One concern half as common again was announced less often than by 0.1: ${listed(found)}.
  But 0.1 announced something in ${per(Math.min(...forNothing))} to ${per(Math.max(...forNothing))} of the quarters in which nothing had happened, and nobody could tell
  which of its statements to believe. What the exact counts do not tell either is chance, not protection.
- **More of the shown numbers lie outside their ±**, for ± is narrower now and 0.1's was wider than it had to be: ${listed(outside)}.
  Of all numbers it is at most one in twenty, as ± says, and \`test/statistics/coverage.test.ts\` holds it to that; among those
  that are shown there are more that noise lifted over the threshold.
- **The line for hidden answers together is too low**: a number is hidden more easily where noise made it smaller. On the
  average it was ${signed(oneWay.error)} calls off in tables of one question (${per(oneWay.share)} within its ±) and ${signed(crossed.error)} calls in cross tables (${per(crossed.share)}
  within). It is least to be relied on where a table has many answers about as large as its threshold.
- **No rest of a row.** 0.1 told what each row of a cross table had left over; today a table has one such line for all of it.
- **Fives beside ones.** Where a table is shown in fives and its total in whole calls, the table adds up to the five that is
  nearest to the total, which may be two calls off.`;
}
