/** What a page of the built web app loads first: paths of the API, and nothing of what only the server needs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { signIn } from '../../src/contract/api/session.js';
import { projectRoot } from '../../src/platform/project.js';
import { expect, test } from '../support/jest.js';

const web = join(projectRoot, 'dist', 'web');
const chunkSchema = z.object({ file: z.string(), imports: z.array(z.string()).optional() });
const manifest = z
  .record(z.string(), chunkSchema)
  .parse(JSON.parse(readFileSync(join(web, '.vite', 'manifest.json'), 'utf8')));

/** The scripts of the entry and of everything that it imports at once. */
function scripts(name = 'index.html', seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const each of chunk.imports ?? []) scripts(each, seen);
  return seen;
}

/** Words of the validator that no minifier can shorten. */
const marks = ['unrecognized_keys', 'invalid_union', 'not_multiple_of'];

test('the marks are those of the validator', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('zod'));
  const source = ['schemas', 'checks'].map((name) =>
    readFileSync(join(folder, 'v4', 'core', `${name}.js`), 'utf8'),
  );
  for (const mark of marks) expect([mark, source.join('').includes(mark)]).toEqual([mark, true]);
});

test('the first load asks at an endpoint, and brings no schema, summary or example of one', () => {
  const text = [...scripts()].map((file) => readFileSync(join(web, file), 'utf8')).join('\n');
  expect(text).toContain(signIn.path);
  for (const mark of [...marks, 'ZodError', signIn.replies[200].description, signIn.example.password])
    expect([mark, text.includes(mark)]).toEqual([mark, false]);
});
