/** The data inventory names every table, column and sequence of the live schema, and nothing that is not there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';

const document = readFileSync(join(projectRoot, 'docs', 'data-inventory.md'), 'utf8');

/** The names in the first column of the first table after a heading. */
function firstColumn(section: string): string[] {
  return [...section.matchAll(/^\| `([^`|]+)`/gm)].map(([, name]) => name ?? '');
}

/** `schema.table.column` for every section whose heading is a table's name. */
function documentedColumns(): string[] {
  const sections = document.split(/^#{2,3} /m);
  return sections.flatMap((section) => {
    const table = /^`(\w+\.\w+)`\n/.exec(section)?.[1];
    return table === undefined ? [] : firstColumn(section).map((column) => `${table}.${column}`);
  });
}

function documentedSequences(): string[] {
  const section = document.split(/^## /m).find((text) => text.startsWith('Sequences\n')) ?? '';
  return firstColumn(section);
}

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-11-11T12:00:00Z'));
});
afterAll(async () => {
  await database.destroy();
});

async function liveNames(kinds: string, name: string): Promise<string[]> {
  const rows: { name: string }[] = await database.owner.query(
    `SELECT DISTINCT ${name} AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = ANY(string_to_array($1, NULL)) AND n.nspname !~ '^(pg_|information_schema$)'`,
    [kinds],
  );
  return rows.map((row) => row.name);
}

describe('the data inventory', () => {
  test('has every column of every table, view and foreign table, and no other', async () => {
    const live = await liveNames('rpvmf', `n.nspname || '.' || c.relname || '.' || a.attname`);
    expect(live).toContain('intake.call.envelope');
    expect(documentedColumns().toSorted()).toEqual(live.toSorted());
  });

  test('has every sequence, and no other', async () => {
    const live = await liveNames('S', `n.nspname || '.' || c.relname`);
    expect(documentedSequences().toSorted()).toEqual(live.toSorted());
  });

  test('says of each column why it is there and when it goes', () => {
    const rows = document.split('\n').filter((line) => /^\| `\w+` /.test(line));
    for (const row of rows) {
      const [, , ...cells] = row.split('|').map((cell) => cell.trim());
      expect(cells.slice(0, -1).every((cell) => cell.length >= 4)).toBe(true);
    }
    expect(rows.length).toBeGreaterThan(40);
  });
});
