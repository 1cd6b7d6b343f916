/** docs/usefulness.md: what was measured, and what each figure means. */
import type { Told } from './changes.js';
import { per } from './markdown.js';
import type { Measured } from './numbers.js';
import { byReader, denials, hiddenLines, numbers, statements, versions } from './tables.js';
import { CONCERN } from './two-quarters.js';
import { worse } from './worse.js';

/** What is said of how the document came about. */
interface Origin {
  readonly command: string;
  readonly seed: number;
}

/** The whole document, in Markdown. */
export function documentOf(
  { command, seed }: Origin,
  results: readonly Measured[],
  told: readonly Told[],
): string {
  const runs = results.map(({ line }) => line.runs);
  const pairs = told.map((one) => one.pairs.runs);
  return `# What the numbers are good for

Written by \`${command}\` (\`bench/usefulness.ts\`, seed ${seed}), which takes five minutes of one processor: made-up calls (\`src/demo/calls.ts\`),
counted, closed and shown by the production functions with noise from a repeatable source. "Tyst" is the version that wrote
this. "Tyst 0.1" is its plans, queries and rules, over the same calls: its noise was one for all of a quarter, and on its
small plans each number stood as it was drawn. A line is named by its calls and the preset that it runs under; ° marks a
preset that suits another size, for those who hesitate between two.

## The numbers themselves

${Math.min(...runs)} to ${Math.max(...runs)} quarters or years of each line, each with other calls. A year is four quarters closed under the preset, and its calls
are those of the whole year. A call counts in every cell that holds it.

- _Cells shown_: how many of all the numbers a reader gets; the others are under their threshold or withheld. Of Tyst 0.1
  these are its own tables, which were fewer on the tiny plan (no kinds, no referrals) and on the small one (no kinds).
- _Calls in them_: the share of all that the tables count which is in a shown cell.
- _Mean error_: how far a shown cell is from the true count on the average, in calls.
- _Relative_: the same as a share of the true count; half of the shown cells are nearer than that.
- _Outside ±_: shown cells that are further from the truth than the ± beside them.

The other two methods are here for size alone: neither keeps the promise. Somebody who knows all other calls can prove of
most calls that they were counted when numbers are hidden and rounded, of some with cell keys, and of more when a table is
made twice. They withhold no rows of cross tables, so they show more cells there. Cell keys: D = 5, V = 3, under 10 hidden.

${numbers(results)}

## Beside version 0.1

In the tables that both have, 0.1 → today; in brackets how many times as much. Above 1 is better for cells and calls,
below 1 for the error. _Times_: how often the line was closed.

${versions(results)}

## Hidden answers together

A table may have a line that says how many calls its hidden answers hold together. _Mean error_ has a sign: below zero the line
says too little. _Within ±_ should be 95%; few _lines_ tell little.

${hiddenLines(results)}

## What is said of two quarters

Two quarters in a row, ${Math.min(...pairs)} to ${Math.max(...pairs)} times for each line. The number of calls in a quarter varies by chance, as calls come (a Poisson
number), and so does what they are about. Between the two quarters one of three things happens: nothing; one concern
(\`${CONCERN}\`, a quarter of all; a rarer one is harder to see) becomes half as common again and all else stays; or there are a third fewer calls of every
sort. Statements are "more than last quarter" and "fewer", of the totals and of each answer in tables of one question.
Tyst says so only of differences beyond three deviations of noise and chance together, 0.1 of differences beyond the
uncertainty of the protection, which leaves chance out. The others follow Tyst's rule; _exact counts_ are what could be
said if nothing were protected. All is drawn from one seed: a share of 5% of 500 pairs is sure to within 2 points, one of 30%
of 40 pairs to within 14.

### Nothing happened

Quarters with any statement. All of these are noise and chance: nothing lies behind them.

${byReader(told, 'nothing', ({ pairs: any }, { pairs: { runs: all } }) => per(any / all))}

_Statements_: how many a quarter. _True of the calls_: there were in fact more, or fewer, such calls in the second quarter
than in the first. That can be true by chance alone and will not last.

${statements(told, 'nothing')}

### One concern half as common again

Quarters in which the statement about that concern (on the tiny plan: about its group) was made, and was right.

${byReader(told, 'concern', ({ found }, { pairs: { runs: all } }) => per(found / all))}

_True of what lies behind_: that number's calls did become more common, or less. As calls about one concern have all the
other answers too, most other numbers rise a little with it.

${statements(told, 'concern')}

### A third fewer calls

Quarters in which the total of conversations was said to be lower.

${byReader(told, 'fewer', ({ found }, { pairs: { runs: all } }) => per(found / all))}

${statements(told, 'fewer')}

### Where 0.1 said that there was no difference

Its report said of a total that there was "no difference that exceeds the uncertainty of the protection", and its page said
"within the uncertainty" beside every answer of a table in which another had changed, hidden numbers too. Such a note is false
where the exact counts did differ by more than the uncertainty that it speaks of. The share that was false, of how many a
quarter. Tyst never says that nothing changed.

${denials(told)}

## Where today does worse

${worse(results, told)}
`;
}
