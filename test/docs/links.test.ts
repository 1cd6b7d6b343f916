/** Every relative link of the documents leads somewhere, and decision records have their four parts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { describe, expect, test } from '../support/jest.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

function markdownBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const documents = [
  ...readdirSync(projectRoot).filter((name) => name.endsWith('.md')),
  ...markdownBelow('docs'),
];
const records = markdownBelow(join('docs', 'decisions')).sort();

/** Text without its code: what stands there is no link. */
const prose = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

const linksIn = (text: string) => [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');

/** The names by which a heading can be linked to, as code hosts make them. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isDead(document: string, link: string): boolean {
  if (/^(https?|mailto):/.test(link)) return false;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : join(dirname(document), decodeURIComponent(path));
  if (!existsSync(join(projectRoot, target))) return true;
  return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
}

describe('links', () => {
  test('there are some', () => {
    expect(documents.flatMap((path) => linksIn(read(path))).length).toBeGreaterThan(30);
  });

  test.each(documents)('of %s lead somewhere', (path) => {
    expect(linksIn(read(path)).filter((link) => isDead(path, link))).toEqual([]);
  });

  test.each(documents)('%s names no file of the source that is not there', (path) => {
    const named = read(path).matchAll(/`((?:src|test|scripts|migrations|vocabulary|bin)\/[\w./-]+)`/g);
    const missing = [...named]
      .map(([, file]) => file ?? '')
      .filter((file) => !existsSync(join(projectRoot, file)));
    expect(missing).toEqual([]);
  });

  test('every document in docs/ can be reached from the README', () => {
    const linked = linksIn(read('README.md')).map((link) => join(link));
    const unreached = documents
      .filter((path) => path.startsWith('docs') && !records.includes(path))
      .filter((path) => !linked.includes(relative('.', path)));
    expect(unreached).toEqual([]);
  });
});

describe('docs/proofs.md', () => {
  const rows = read('docs/proofs.md')
    .split('\n')
    .filter((line) => /^\| \w/.test(line))
    .slice(1);
  const proofsOf = (row: string) => [...row.matchAll(/`(test\/[^`]*)`/g)].map(([, path]) => path ?? '');

  /** The files of tests below a path, which may be one itself. */
  const testsAt = (path: string) =>
    path.endsWith('/')
      ? readdirSync(join(projectRoot, path), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.test.ts'),
        )
      : [path].filter((file) => file.endsWith('.test.ts') && existsSync(join(projectRoot, file)));

  test('has many claims', () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  test.each(rows)('%s', (row) => {
    const proofs = proofsOf(row);
    expect(proofs).not.toEqual([]);
    expect(
      proofs.filter((path) => !existsSync(join(projectRoot, path)) || testsAt(path).length === 0),
    ).toEqual([]);
  });

  test('leaves out no folder of tests', () => {
    const folders = readdirSync(join(projectRoot, 'test'))
      .map((name) => `test/${name}/`)
      .filter((folder) => testsAt(folder).length > 0);
    expect(folders.length).toBeGreaterThan(10);
    const named = new Set(rows.flatMap(proofsOf).map((path) => path.split('/').slice(0, 2).join('/') + '/'));
    expect(folders.filter((folder) => !named.has(folder))).toEqual([]);
  });
});

describe('decision records', () => {
  test('are numbered without a gap', () => {
    expect(records.map((path) => basename(path).slice(0, 4))).toEqual(
      records.map((_, index) => String(index + 1).padStart(4, '0')),
    );
  });

  test.each(records)('%s has its number and its four parts, in order, none of them empty', (path) => {
    const text = read(path);
    expect(text).toMatch(new RegExp(`^# ${basename(path).slice(0, 4)}\\. \\S`));
    const parts = text.split(/^## /m).slice(1);
    expect(parts.map((part) => part.split('\n')[0])).toEqual(['Context', 'Decision', 'Consequence', 'Check']);
    for (const part of parts) expect(part.split('\n').slice(1).join('').trim().length).toBeGreaterThan(20);
  });
});

test('the licence is named the same everywhere', () => {
  const { license } = JSON.parse(read('package.json')) as { license: string };
  expect(license).toBe('EUPL-1.2');
  expect(read('LICENSE')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/);
  expect(read('README.md')).toContain('[EUPL-1.2](LICENSE)');
  expect(read('src/platform/openapi.ts')).toContain(`identifier: '${license}'`);
});

test('the version is named the same everywhere', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: { '': object } };
  expect(lock.version).toBe(version);
  expect(lock.packages['']).toMatchObject({ version });
  // The newest changes are those of this version.
  expect(/^## (\S+?),? /m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  expect(read('README.md')).toContain(`Version ${version}`);
});
