/** Stylesheets are short and loaded, and what a class looks like is said in one of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { expect, test } from '../support/jest.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const sheets = readdirSync(join(projectRoot, 'src/web/styles')).map((name) => `src/web/styles/${name}`);
/** What the server's own pages look like, which never load another stylesheet of these, by the folder that makes them. */
const apart = new Map([
  ['src/release/open', 'src/web/styles/open.css'],
  ['src/platform/api-page', 'src/web/styles/api.css'],
]);
const app = sheets.filter((sheet) => ![...apart.values()].includes(sheet));

/** All source text of a folder. */
const sourcesOf = (folder: string): string =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|html)$/.test(name))
    .map((name) => read(join(folder, name)))
    .join('\n');

/** The selectors of a stylesheet, without what stands in parentheses. */
function selectorsOf(text: string): string[] {
  const preludes = text.replace(/\/\*[^]*?\*\//g, '').matchAll(/([^{};]+)\{/g);
  return [...preludes]
    .map(([, prelude = '']) => prelude.trim())
    .filter((prelude) => !prelude.startsWith('@'))
    .flatMap((prelude) => {
      let bare = prelude;
      while (bare.includes('(')) bare = bare.replace(/\([^()]*\)/g, '');
      return bare.split(',');
    });
}

/**
 * The classes that a stylesheet says something about: of each selector that of its outermost element, the last one where
 * that has several. `.page.about` says what an about page looks like, `.import .button` what a button does in an import.
 */
function classesOf(text: string): Set<string> {
  const outermost = selectorsOf(text).map((selector) => /(?:\.[\w-]+)+/.exec(selector)?.[0] ?? '');
  return new Set(outermost.map((classes) => classes.split('.').at(-1) ?? '').filter((name) => name !== ''));
}

test('what a stylesheet is about', () => {
  const text =
    '/* .no */ .a > .b, p.c:not(.d, .e) .f { x: y } @media print { .g.h:hover { x: y } } li, [x] .i + .j { x: y }';
  expect([...classesOf(text)]).toEqual(['a', 'c', 'h', 'i']);
});

test.each(sheets)('%s is under 450 lines', (sheet) => {
  expect(read(sheet).split('\n').length).toBeLessThan(450);
});

test('each is loaded by what needs it', () => {
  const loading = sourcesOf('src/web') + read('vite.config.ts');
  const unused = sheets.filter((sheet) => !loading.includes(sheet.replace('src/web', '')));
  expect(unused).toEqual([]);
});

test('each class is in one of them only', () => {
  const where = new Map<string, string[]>();
  for (const sheet of app)
    for (const name of classesOf(read(sheet))) where.set(name, [...(where.get(name) ?? []), sheet]);
  expect(where.size).toBeGreaterThan(100);
  expect([...where].filter(([, of]) => of.length > 1)).toEqual([]);
});

test.each([['src/web', app] as const, ...[...apart].map(([folder, sheet]) => [folder, [sheet]] as const)])(
  '%s has every class that they are about',
  (folder, own) => {
    // The page of the API has a class for each method, which its endpoints name.
    const sources = sourcesOf(folder) + (folder.endsWith('api-page') ? sourcesOf('src/contract/api') : '');
    const used = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sources);
    const classes = own.flatMap((sheet) => [...classesOf(read(sheet))]);
    expect(classes.filter((name) => !used(name))).toEqual([]);
  },
);
