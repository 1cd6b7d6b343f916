/** Probabilities of the discrete Gaussian from reference tables that another implementation made. */
import { existsSync, readFileSync } from 'node:fs';

/** How likely noise of a variance is to meet a condition; null for a variance without a table. */
export function probability(sigma2: number, meets: (noise: number) => boolean): number | null {
  const file = new URL(`../vectors/discrete-gaussian/dg_var${sigma2}.csv`, import.meta.url);
  if (!existsSync(file)) return null;
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines
    .map((line) => line.split(',').map(Number))
    .reduce((sum, [noise = 0, likely = 0]) => (meets(noise) ? sum + likely : sum), 0);
}
