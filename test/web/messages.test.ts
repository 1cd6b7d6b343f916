/**
 * Nothing may be missing in one language: of every object and list of words the last one is left out, in each language
 * in turn, and the type check has to refuse what is left.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../src/platform/project.js';
import { expect, test } from '../support/jest.js';

/** As in tsconfig.json, without the types of Node and of the browser: words need neither, and they take seconds to read. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The files of words in Swedish, whose English ones beside them are called the same but for the ending. */
const swedishFiles = ['src/web/messages', 'src/release/open'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => /\bsv\.ts$/.test(name))
    .map((name) => join(projectRoot, folder, name)),
);
/** Both languages in one file. */
const together = join(projectRoot, 'src/release/words.ts');

/** The last of every object and of every list; what a function makes may be of any length. */
function words(file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrowFunction(node) || ts.isNewExpression(node)) return;
    if (ts.isObjectLiteralExpression(node)) found.push(...node.properties.slice(-1));
    if (ts.isArrayLiteralExpression(node)) found.push(...node.elements.slice(-1));
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** Some of what a language lacks, and the files that are to be refused for it, by their path. */
interface Cut {
  readonly lacking: string;
  readonly files: ReadonlyMap<string, string>;
}

function cutsOf(path: string, other: string | null): Cut[] {
  const text = readFileSync(path, 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  return words(file).map((node, at) => {
    const name = `${basename(path, '.ts')}-without-${at}`;
    const beside = (one: string) => one.replace(/\.ts$/, `-beside-${name}.ts`);
    const files = new Map([[join(path, '..', `${name}.ts`), text.slice(0, node.pos) + text.slice(node.end)]]);
    if (other !== null) {
      const whole = readFileSync(other, 'utf8');
      files.set(beside(other), whole.replace(`'./${basename(path, '.ts')}.js'`, `'./${name}.js'`));
    }
    return { lacking: `${basename(path)}: ${node.getText().slice(0, 60)}`, files };
  });
}

test('what one language lacks fails the type check', () => {
  const cuts = swedishFiles.flatMap((swedish) => {
    const english = swedish.replace(/sv\.ts$/, 'en.ts');
    return [...cutsOf(swedish, english), ...cutsOf(english, null)];
  });
  cuts.push(...cutsOf(together, null));
  const files = new Map(cuts.flatMap((cut) => [...cut.files]));
  const host = ts.createCompilerHost(options);
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  const whole = swedishFiles.flatMap((path) => [path, path.replace(/sv\.ts$/, 'en.ts')]);
  const program = ts.createProgram([...whole, together, ...files.keys()], options, host);
  const sound = (path: string) => program.getSemanticDiagnostics(program.getSourceFile(path)).length === 0;

  expect(cuts.length).toBeGreaterThan(200);
  expect([...whole, together].filter((path) => !sound(path))).toEqual([]);
  expect(cuts.filter((cut) => [...cut.files.keys()].every(sound)).map(({ lacking }) => lacking)).toEqual([]);
});
