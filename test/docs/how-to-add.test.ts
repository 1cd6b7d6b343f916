/** "How to add" of CONTRIBUTING.md names what is there, and an answer can be added by doing what it says. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { presetPlan } from '../../src/contract/presets.js';
import { findDimension, type Vocabulary } from '../../src/contract/vocabulary.js';
import type * as Install from '../../src/desk/install.js';
import { readVocabulary } from '../../src/desk/planning/vocabulary.js';
import { projectRoot } from '../../src/platform/project.js';
import { startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn } from '../support/keeping.js';

const section = /^## How to add\n([\s\S]*?)^## /m.exec(
  readFileSync(join(projectRoot, 'CONTRIBUTING.md'), 'utf8'),
)?.[1];

/** The lines of each example, by its heading. */
const examples = new Map(
  (section ?? '').split(/^### /m).flatMap((text) => {
    const [, heading, example] = /^(.+)\n[\s\S]*?^```diff\n([\s\S]*?)\n```$/m.exec(text) ?? [];
    return heading === undefined || example === undefined ? [] : [[heading, example.split('\n')] as const];
  }),
);

describe('the examples', () => {
  test('are these', () => {
    expect([...examples.keys()]).toEqual([
      ...['An answer', 'A table of a plan', 'A page text', 'A route', 'A table of the database'],
      ...['A language', 'A file format'],
    ]);
  });

  test.each([...examples])('%s takes under ten lines, which name what is there', (_, lines) => {
    expect(lines.length).toBeLessThan(10);
    const named = lines
      .filter((line) => !line.startsWith('+'))
      .flatMap((line) => [
        ...line.matchAll(/\b((?:src|test|docs|migrations|vocabulary)\/[\w./-]*\w)( \(new\))?/g),
      ])
      .filter(([, , isNew]) => isNew === undefined)
      .map(([, path]) => path ?? '');
    expect(named).not.toEqual([]);
    expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
});

/** Does what an example says to a checkout: each line with a plus goes below the line above it. */
function follow(lines: readonly string[], checkout: string): void {
  let file = '';
  let above = '';
  for (const line of lines) {
    const written = line.slice(1);
    if (line.startsWith('+')) {
      const parts = readFileSync(file, 'utf8').split(`${above}\n`);
      expect([above, parts.length]).toEqual([above, 2]);
      writeFileSync(file, parts.join(`${above}\n${written}\n`));
    }
    if (/^[ +]/.test(line)) above = written;
    else file = join(checkout, line.split(',')[0] ?? '');
  }
}

describe('an answer', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'tyst-how-to-add-'));
  const inCheckout = (path: string) => import(pathToFileURL(join(checkout, path)).href) as Promise<unknown>;
  const added = { id: 'games', parent: 'ideas', label: { sv: 'Påverkan i spel', en: 'Influence in games' } };
  const answersOf = (vocabulary: Vocabulary) => findDimension(vocabulary, 'concern')?.codes ?? [];
  let desk: typeof Install;
  let app: TestApp;

  beforeAll(async () => {
    for (const part of ['src', 'migrations', 'vocabulary', 'package.json'])
      cpSync(join(projectRoot, part), join(checkout, part), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(checkout, 'node_modules'), 'junction');
    follow(examples.get('An answer') ?? [], checkout);
    desk = (await inCheckout('src/desk/install.ts')) as typeof desk;
    app = await startApp('2026-11-11T12:00:00Z');
  });
  afterAll(async () => {
    await app.close();
    rmSync(checkout, { recursive: true });
  });

  const vocabulary = async () => {
    const { body } = await (await app.as('handler')).get('/api/v1/vocabulary').expect(200);
    return body as Vocabulary;
  };

  test('does not reach a running installation, where an administrator adds it from the next quarter on', async () => {
    await desk.installDesk(app.database.owner);
    expect(answersOf(await vocabulary())).not.toContainEqual(added);

    const administrator = await app.as('administrator');
    const { body } = await administrator.get('/api/v1/vocabulary/next').expect(200);
    const { dimensions } = body as Vocabulary;
    const changed = dimensions.map((dimension) =>
      dimension.id === 'concern' ? { ...dimension, codes: [...dimension.codes, added] } : dimension,
    );
    await administrator.put('/api/v1/vocabulary/next').send({ dimensions: changed }).expect(204);
    expect(answersOf(await vocabulary())).not.toContainEqual(added);
    expect(answersOf(await readVocabulary(app.database.desk, '2027-Q1'))).toContainEqual(added);
  });

  test('reaches a new one, where it is logged and counted, and the demo uses it', async () => {
    const { owner, keeper } = app.database;
    await owner.query('DELETE FROM desk.vocabulary');
    await desk.installDesk(owner);
    // A process keeps a quarter's vocabulary for ten seconds: another quarter it has not read yet.
    app.clock.set('2026-08-11T12:00:00Z');
    expect(answersOf(await vocabulary())).toContainEqual(added);
    const handler = await app.as('handler');
    const answers = { ...aConversation(), concern: added.id };
    await handler.put(`/api/v1/calls/${aReceipt()}`).send({ answers }).expect(201);

    const means = {
      planOf: () => Promise.resolve(presetPlan('small')),
      vocabularyOf: (quarter: string) => readVocabulary(keeper, quarter),
    };
    await closeOn(app.database, '2026-10-07', '2026-Q3', { desk: means });
    const supervisor = await app.as('supervisor');
    const { body } = await supervisor.get('/api/v1/statistics/periods/2026-Q3/tables/concern').expect(200);
    const { rows } = body as { rows: { codes: unknown[] } };
    expect(rows.codes).toContainEqual({ code: added.id, label: added.label });

    const { concern } = (await inCheckout('src/demo/weights.ts')) as { concern: Record<string, number> };
    expect(concern[added.id]).toBeGreaterThan(0);
  });
});
