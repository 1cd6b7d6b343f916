/**
 * What a reader gets: how many numbers, how far from the truth, and what is said of them from one quarter to the next,
 * beside version 0.1 and other methods. Writes docs/usefulness.md.
 *
 * usage: npm run bench:usefulness -- [share of the full number of runs, default 1]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../src/platform/project.js';
import { compare, type Pairs } from './usefulness/changes.js';
import { documentOf } from './usefulness/document.js';
import { measure, type Line } from './usefulness/numbers.js';

const SEED = 20_260;
const DOCUMENT = join(projectRoot, 'docs', 'usefulness.md');

const lines: readonly Line[] = [
  { calls: 40, period: 'quarter', preset: 'tiny', runs: 600 },
  { calls: 40, period: 'quarter', preset: 'small', runs: 200 },
  { calls: 60, period: 'quarter', preset: 'tiny', runs: 200 },
  { calls: 60, period: 'quarter', preset: 'small', runs: 300 },
  { calls: 100, period: 'quarter', preset: 'small', runs: 300 },
  { calls: 154, period: 'quarter', preset: 'small', runs: 300 },
  { calls: 154, period: 'quarter', preset: 'medium', runs: 60 },
  { calls: 300, period: 'quarter', preset: 'small', runs: 100 },
  { calls: 300, period: 'quarter', preset: 'medium', runs: 150 },
  { calls: 1000, period: 'quarter', preset: 'medium', runs: 50 },
  { calls: 1000, period: 'quarter', preset: 'large', runs: 40 },
  { calls: 3000, period: 'quarter', preset: 'large', runs: 25 },
  { calls: 30_000, period: 'quarter', preset: 'large', runs: 8 },
  { calls: 40, period: 'year', preset: 'tiny', runs: 200 },
  { calls: 60, period: 'year', preset: 'tiny', runs: 200 },
  { calls: 100, period: 'year', preset: 'tiny', runs: 200 },
  { calls: 154, period: 'year', preset: 'tiny', runs: 200 },
  { calls: 154, period: 'year', preset: 'small', runs: 100 },
  { calls: 1200, period: 'year', preset: 'medium', runs: 25 },
  { calls: 4000, period: 'year', preset: 'large', runs: 10 },
];

const inARow: readonly Pairs[] = [
  { calls: 40, preset: 'tiny', runs: 800 },
  { calls: 40, preset: 'small', runs: 300 },
  { calls: 60, preset: 'tiny', runs: 300 },
  { calls: 60, preset: 'small', runs: 500 },
  { calls: 100, preset: 'small', runs: 500 },
  { calls: 154, preset: 'small', runs: 500 },
  { calls: 154, preset: 'medium', runs: 100 },
  { calls: 300, preset: 'small', runs: 150 },
  { calls: 300, preset: 'medium', runs: 200 },
  { calls: 1000, preset: 'medium', runs: 100 },
  { calls: 1000, preset: 'large', runs: 60 },
  { calls: 3000, preset: 'large', runs: 60 },
  { calls: 30_000, preset: 'large', runs: 40 },
];

const share = Number(process.argv[2] ?? 1);
const shortened = <One extends { readonly runs: number }>(one: One): One => ({
  ...one,
  runs: Math.max(1, Math.round(one.runs * share)),
});
const progress = (text: string) => process.stderr.write(`${text}\n`);

const results = lines.map(shortened).map((line) => {
  progress(`${line.calls} a ${line.period}, ${line.preset}`);
  return measure(line, SEED);
});
const told = inARow.map(shortened).map((pairs) => {
  progress(`two quarters of ${pairs.calls}, ${pairs.preset}`);
  return compare(pairs, SEED);
});
const text = documentOf({ command: 'npm run bench:usefulness', seed: SEED }, results, told);
writeFileSync(DOCUMENT, await format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' }));
process.stdout.write('docs/usefulness.md is written.\n');
