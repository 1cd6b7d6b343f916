/**
 * Checks that package-lock.json holds an entry for every optional dependency that one of its packages names, and for
 * every entry the hash of what may be installed. npm leaves entries out when it writes the lock while a registry lacks
 * a platform's binary; `npm ci` then fails on that platform. Prints what is missing, and how many; exits with 1 when
 * there are any.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lockFile = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package-lock.json');
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));

/** Whether Node, looking from `importer`, finds `name`: beside it, then in each folder above. */
function isFound(importer, name) {
  for (let place = importer; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

const missing = Object.entries(packages).flatMap(([importer, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isFound(importer, name))
    .map((name) => `${importer || 'this package'} lacks ${name}`),
);
const unhashed = Object.entries(packages)
  .filter(([place, { integrity }]) => place !== '' && !/^sha512-/.test(integrity ?? ''))
  .map(([place]) => `${place} lacks an integrity`);
for (const line of [...missing, ...unhashed]) process.stdout.write(`  ${line}\n`);
process.stdout.write(
  `packages ${Object.keys(packages).length}, missing optional ${missing.length}, without integrity ${unhashed.length}\n`,
);
process.exitCode = missing.length + unhashed.length > 0 ? 1 : 0;
