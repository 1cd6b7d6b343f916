/**
 * Builds what is out of date: the server with tsc into dist/server, and from that as a few files into
 * dist/server/app; the web app with Vite into dist/web. Each is built beside the old one and renamed into place, so
 * that two builds at once, or one cut short, break nothing.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** Every source file below a path, sorted. */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function fingerprint(paths, leftOut) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesBelow)) {
    if (leftOut !== undefined && file.startsWith(leftOut)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

const parts = [
  {
    name: 'server',
    sources: fingerprint(
      ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/bundle.js'],
      join('src', 'web'),
    ),
    build(out) {
      run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', out]);
      run('scripts/bundle.js', [out]);
    },
  },
  {
    name: 'web',
    sources: fingerprint([
      'src/web',
      'src/contract',
      'vite.config.ts',
      'scripts/bare-endpoints.js',
      'package-lock.json',
    ]),
    build: (out) =>
      run('node_modules/vite/bin/vite.js', ['build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn']),
  },
];

function run(tool, args) {
  execFileSync(process.execPath, [join(root, tool), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

/** Whether a part stands as built from these sources. */
const isCurrent = ({ name, sources }) => {
  const stamp = join(dist, name, '.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
};

/** Brings dist up to date; returns whether anything was built. */
export function build() {
  // An installed image has the build without the sources: then there is nothing to bring up to date.
  if (!existsSync(join(root, 'src'))) return false;
  const stale = parts.filter((part) => !isCurrent(part));
  if (stale.length > 0) process.stderr.write('Building Tyst …\n');
  for (const part of stale) {
    const out = join(dist, `${part.name}.${process.pid}`);
    mkdirSync(out, { recursive: true });
    try {
      part.build(out);
      writeFileSync(join(out, '.sources'), part.sources);
      const old = join(dist, `${part.name}.${process.pid}.old`);
      if (existsSync(join(dist, part.name))) renameSync(join(dist, part.name), old);
      renameSync(out, join(dist, part.name));
      rmSync(old, { recursive: true, force: true });
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }
  return stale.length > 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build();
  } catch {
    process.stderr.write('The build failed; the reason stands above.\n');
    process.exitCode = 1;
  }
}
