/**
 * Checks that the first load of the web app, that is the JavaScript and CSS that the page needs before it shows
 * anything, is at most 140 kB gzipped. Builds what is out of date, reads the build's own manifest, prints each file's
 * size, and exits with 1 when the sum is larger.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from './build.js';

const most = 140_000;
const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'web');

/** The files of the entry and of everything it imports at once; what is loaded later is not among them. */
function firstLoad(manifest) {
  const files = new Set();
  const visit = (name) => {
    const { file, css = [], imports = [] } = manifest[name];
    if (files.has(file)) return;
    files.add(file);
    for (const style of css) files.add(style);
    imports.forEach(visit);
  };
  Object.keys(manifest)
    .filter((name) => manifest[name].isEntry && name.endsWith('.html'))
    .forEach(visit);
  return [...files].filter((file) => /\.(js|css)$/.test(file));
}

build();
const manifest = JSON.parse(readFileSync(join(web, '.vite', 'manifest.json'), 'utf8'));
const sizes = firstLoad(manifest).map((file) => [file, gzipSync(readFileSync(join(web, file))).length]);
const sum = sizes.reduce((total, [, size]) => total + size, 0);
for (const [file, size] of sizes) process.stdout.write(`  ${file} ${size}\n`);
process.stdout.write(`first load ${sum} bytes gzipped, at most ${most}\n`);
// An entry that is not found would weigh nothing.
process.exitCode = sum > most || sizes.length < 2 ? 1 : 0;
