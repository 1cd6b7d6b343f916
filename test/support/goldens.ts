/**
 * `npm run goldens`: makes anew whatever the tests compare with an earlier run, writes it down, and prints what is
 * different: the hashes of the golden releases, and the lines of the documents that say figures of the example.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { documents, figuredDocument, followBoth } from '../docs/privacy-figures.js';
import { GOLDEN, goldenHashes, goldenReleases, hashesOf, type Hashes } from '../release/golden.js';
import { startTestServer } from './test-server.js';

/** The lines that only one of two texts has, the older one's first, with a sign before each. */
function differences(before: string, after: string): string[] {
  const [old, young] = [before, after].map((text) => text.split('\n'));
  const only = (lines: readonly string[] = [], others: readonly string[] = [], sign: string) =>
    lines.filter((line) => !others.includes(line)).map((line) => `  ${sign} ${line}`);
  return [...only(old, young, '-'), ...only(young, old, '+')];
}

let changed = 0;

/** Writes a file where it says something else, and prints its name and what is different. */
function write(path: string, text: string, changes: (before: string) => readonly string[]): void {
  const before = readFileSync(join(projectRoot, path), 'utf8');
  if (before === text) return;
  changed += 1;
  writeFileSync(join(projectRoot, path), text);
  process.stdout.write(`${[path, ...changes(before)].join('\n')}\n`);
}

const made: Record<string, Hashes> = {};
for (const [name, content] of goldenReleases) made[name] = await hashesOf(content());
const held = goldenHashes();
write(GOLDEN, `${JSON.stringify(made, null, 2)}\n`, () =>
  [...new Set([...Object.keys(held), ...Object.keys(made)])].flatMap((release) =>
    [...new Set([...Object.keys(held[release] ?? {}), ...Object.keys(made[release] ?? {})])].flatMap(
      (file) => {
        const [before = 'none', after = 'none'] = [held[release]?.[file], made[release]?.[file]];
        return before === after ? [] : [`  ${release} ${file}`, `  - ${before}`, `  + ${after}`];
      },
    ),
  ),
);

const endTestServer = await startTestServer();
try {
  const examples = await followBoth();
  for (const locale of ['en', 'sv'] as const) {
    const text = await figuredDocument(locale, examples);
    write(documents[locale], text, (before) => differences(before, text));
  }
} finally {
  await endTestServer();
}
if (changed > 0)
  process.stdout.write(
    'If the vocabulary or a preset has changed, so have two reports that no test reads: `npm run attacks` and `npm run bench:usefulness` write them.\n',
  );
