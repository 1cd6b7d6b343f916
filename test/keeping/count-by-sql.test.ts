/** The numbers of test/vectors/counts, counted by SQL over sealed rows; this file goes when that way of counting does. */
import { ensureSealed } from '../../src/keeping/sealed.js';
import { countStatement } from '../../src/keeping/count.js';
import { importCalls } from '../../src/keeping/import.js';
import { keptDimensions } from '../../src/keeping/layout.js';
import type { Desk } from '../../src/keeping/quarter.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import {
  countCalls,
  digests,
  randomVector,
  sampleFiles,
  sampleLines,
  sampleVector,
  shapesOf,
  vocabularyOf,
  type CountedLine,
  type TableCounts,
} from './counted-lines.js';
import { csvOf } from './import-support.js';
import { randomLines } from './random-lines.js';

const TODAY = '2026-11-11';

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-11-11T12:00:00Z'));
});
afterEach(async () => {
  await database.destroy();
});

/** Imports a line's calls, and counts what was sealed of them. */
async function countBySql({ keeper }: TestDatabase, line: CountedLine): Promise<TableCounts> {
  const { quarter, plan, vocabulary, calls } = line;
  const desk: Desk = {
    planOf: () => Promise.resolve(plan),
    vocabularyOf: () => Promise.resolve(vocabulary),
  };
  const names = ['month', ...vocabulary.dimensions.map(({ id }) => id)];
  const file = Buffer.from(csvOf(calls, '\n', names));
  const imported = await importCalls({ keeper, desk, today: TODAY, actor: 'keeper' }, file);
  expect(imported.rows).toBe(calls.length);
  const months = monthsOfQuarter(quarter);
  const statement = countStatement(shapesOf(line), keptDimensions(plan, vocabulary), months);
  return keeper.transaction(async (manager) => {
    for (const month of months) await ensureSealed(manager, month, line);
    const tables = statement.read(await manager.query(statement.sql));
    return Object.fromEntries(shapesOf(line).map(({ id }, index) => [id, tables[index] ?? []]));
  });
}

/** Each line's counts as they are written down, once they have been found to be those of the counter cell for cell. */
async function counted(lines: readonly CountedLine[]): Promise<Record<string, Record<string, string>>> {
  const found: Record<string, Record<string, string>> = {};
  for (const line of lines) {
    const counts = await countBySql(database, line);
    expect(countCalls(line)).toEqual(counts);
    found[line.quarter] = digests(line, counts);
  }
  return found;
}

describe.each(Object.entries(sampleVector()))('under %s', (name, { plan, counts }) => {
  test.each(Object.entries(sampleFiles))('%s', async (file, path) => {
    expect(await counted(await sampleLines(path, plan, vocabularyOf(name)))).toEqual(counts[file]);
  });
});

test('random calls of random vocabularies under random plans', async () => {
  expect(await counted(randomLines())).toEqual(randomVector());
});
