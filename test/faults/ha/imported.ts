/** A quarter before the installation: made-up calls in a file, so that a whole quarter can be closed now. */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../../../src/contract/call.js';
import {
  addMonths,
  monthsOfQuarter,
  quarterOfMonth,
  type Month,
  type Quarter,
} from '../../../src/contract/period.js';
import { anyCall, vocabulary } from '../../support/calls.js';

export interface Imported {
  readonly file: string;
  readonly month: Month;
  readonly calls: readonly Answers[];
}

/** The quarter before the one before a month's: its months may be closed whatever day it is. */
export const quarterBefore = (month: Month): Quarter => quarterOfMonth(addMonths(month, -6));

/** Writes a file of calls of one month. */
export function writeImport(folder: string, quarter: Quarter, count: number): Imported {
  const [month] = monthsOfQuarter(quarter);
  const dimensions = vocabulary.dimensions.map(({ id }) => id);
  const calls = Array.from({ length: count }, () => anyCall(randomInt));
  const lines = calls.map((answers) =>
    [month, ...dimensions.map((id) => [answers[id] ?? []].flat().join(';'))].join(','),
  );
  const file = join(folder, `imported-${count}.csv`);
  writeFileSync(file, [['month', ...dimensions].join(','), ...lines, ''].join('\n'));
  return { file, month, calls };
}
