/**
 * How long the noise of a quarter takes to draw, beside the same number of bytes from the random source alone.
 *
 * usage: npm run bench:noise
 */
import { randomBytes } from 'node:crypto';
import { planSigma2, tableShapes, toNumber } from '../src/contract/plan.js';
import { presetPlan, presets } from '../src/contract/presets.js';
import type { Preset } from '../src/contract/plan.js';
import { defaultVocabulary } from '../src/desk/install.js';
import { drawNoise } from '../src/keeping/noise.js';

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
  const plan = presetPlan(preset);
  const shapes = tableShapes(plan, vocabulary, QUARTER);
  const sigma2 = planSigma2(plan, vocabulary);
  const cells = shapes.reduce(
    (sum, { rows, columns }) => sum + rows.codes.length * (columns?.codes.length ?? 1),
    0,
  );
  let bytes = 0;
  const counted = (size: number) => {
    bytes += size;
    return randomBytes(size);
  };
  const draw = () => {
    bytes = 0;
    for (const { rows, columns } of shapes)
      drawNoise(rows.codes.length, columns?.codes.length ?? 1, sigma2, counted);
  };
  const drawn = medianTime(draw);
  const source = medianTime(() => randomBytes(bytes));
  process.stdout.write(
    `${preset}: ${shapes.length} tables, ${cells} cells, sigma^2 ${toNumber(sigma2)}: ${drawn.toFixed(2)} ms, ` +
      `${(drawn / source).toFixed(0)} times the ${bytes} random bytes it takes\n`,
  );
}
