/**
 * How long one share of the noise of a quarter takes to draw, beside the same number of bytes from the random source
 * alone. A quarter takes two of them, months apart.
 *
 * usage: npm run bench:noise
 */
import { randomBytes } from 'node:crypto';
import { toNumber, type Preset } from '../src/contract/plan.js';
import { presetPlan, presets } from '../src/contract/presets.js';
import { compileQueries } from '../src/contract/compile.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { drawShares } from '../src/keeping/noise.js';

const QUARTER = '2026-Q4';
const RUNS = 200;
const vocabulary = defaultVocabulary();

/** The median time of a piece of work, in milliseconds. */
function medianTime(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return times[RUNS / 2] ?? NaN;
}

for (const preset of Object.keys(presets) as Preset[]) {
  const variances = compileQueries(presetPlan(preset), vocabulary, QUARTER).map(({ sigma2 }) => sigma2);
  const sizes = variances.map(toNumber);
  let bytes = 0;
  const counted = (size: number) => {
    bytes += size;
    return randomBytes(size);
  };
  const draw = () => {
    bytes = 0;
    drawShares(variances, counted);
  };
  const drawn = medianTime(draw);
  const source = medianTime(() => randomBytes(bytes));
  process.stdout.write(
    `${preset}: ${variances.length} queries, sigma^2 ${Math.min(...sizes)} to ${Math.max(...sizes)}: a share in ` +
      `${drawn.toFixed(2)} ms, ${(drawn / source).toFixed(0)} times the ${bytes} random bytes it takes\n`,
  );
}
