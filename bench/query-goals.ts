/**
 * What the presets are to reach at rho 0.5 over the default vocabulary, and how sure their numbers are: beside those of
 * version 0.1 and beside the best that others found (test/vectors/queries).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Preset } from '../src/contract/plan.js';
import { projectRoot } from '../src/platform/project.js';
import type { Variances } from './variances.js';

const family = z.tuple([z.string(), z.int(), z.number()]);
const figures = z.strictObject({
  mean: z.number(),
  contacts: z.number().nullable(),
  conversations: z.number(),
});
const bestSchema = z.record(
  z.string(),
  figures.extend({
    cells: z.int(),
    dearestCall: z.number(),
    twoStories: z.number(),
    sigma2: z.array(family),
    tables: z.record(z.string(), z.tuple([z.number(), z.number()])),
  }),
);
const olderSchema = z.record(
  z.string(),
  figures.extend({ tables: z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])) }),
);

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(projectRoot, 'test/vectors/queries', name), 'utf8'));

/** The best that others found, by preset. */
export const best = bestSchema.parse(read('best.json'));
/** What version 0.1 had, by preset: of each table the least, the greatest and the mean variance. */
export const older = olderSchema.parse(read('of-0.1.json'));

/** The most that the mean variance of a cell may be, and for `tiny`, which gave no contacts before, theirs. */
const goals: Readonly<Record<Preset, number>> = { tiny: 4.95, small: 7.45, medium: 13.7, large: 17.4 };
const MOST_OF_TINY_CONTACTS = 9.5;
/** Cross tables are to be so much surer than they were; numbers are in whole calls below this variance. */
const CROSSED = 0.85;
const IN_FIVES = 16;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** The mean over all cells of all tables. */
export const meanOf = ({ tables }: Variances): number => mean([...tables.values()].flat());

/** The most that the mean variance of a table may be, beside what it was. */
function mostOf(preset: Preset, id: string, before: number): number {
  if (preset === 'medium') return id === 'month' ? Infinity : IN_FIVES;
  if (preset !== 'large') return Infinity;
  return id.includes('-by-') ? CROSSED * before : before;
}

/** What a preset misses, in words; nothing where it reaches its goals. */
export function missedBy(preset: Preset, variances: Variances): string[] {
  const { totals, tables } = variances;
  const before = older[preset];
  const within = (what: string, is: number, most: number) =>
    is <= most ? [] : [`${preset}: ${what} ${is.toFixed(2)}, and ${most.toFixed(2)} at most`];
  return [
    ...within('mean of a cell', meanOf(variances), goals[preset]),
    ...within('contacts', totals.all, before?.contacts ?? MOST_OF_TINY_CONTACTS),
    ...within('conversations', totals.conversation, before?.conversations ?? 0),
    ...[...tables].flatMap(([id, cells]) =>
      within(id, mean(cells), mostOf(preset, id, before?.tables[id]?.[2] ?? Infinity)),
    ),
  ];
}
