/**
 * A real Chromium for the browser tests: CHROMIUM_PATH, else one that is installed, else the one shipped inside
 * the npm package @sparticuz/chromium. When there is none the tests fail; they never pass by being skipped.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { readTar } from './tar.js';

const run = promisify(execFile);
const decompress = promisify(brotliDecompress);
const root = resolve(import.meta.dirname, '../..');

/** A browser's binary, and what must be in its environment for it to start. */
interface Binary {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'chromium.exe',
  'chrome.exe',
  'msedge.exe',
];
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...wellKnown].find(isExecutable);
}

const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Unpacks the npm-shipped browser beside its final place and renames it there, so that no half one is ever used. */
async function unpack(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}-`);
  // Whoever runs the tests next may be somebody else.
  await chmod(draft, 0o755);
  const unpacked = async (name: string) => decompress(await readFile(join(source, `${name}.br`)));
  await writeFile(join(draft, 'chromium'), await unpacked('chromium'), { mode: 0o755 });
  for (const archive of ['al2023.tar', 'fonts.tar']) {
    for (const file of readTar(await unpacked(archive))) {
      const path = join(draft, archive.replace('.tar', ''), file.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.bytes, { mode: file.mode });
    }
  }
  // The one it ships looks for fonts in folders of its own, outside this one.
  await writeFile(join(draft, 'fonts/fonts.conf'), fontsConfiguration);
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another test run may have been first; then its copy is there to use.
    if (!isExecutable(join(target, 'chromium'))) throw error;
  }
}

const starts = async (path: string, environment: Readonly<Record<string, string>>): Promise<boolean> =>
  run(path, ['--no-sandbox', '--version'], { env: { ...process.env, ...environment } }).then(
    () => true,
    () => false,
  );

/** The browser shipped in the npm package, unpacked once per version to node_modules/.cache. */
async function shipped(): Promise<Binary> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No browser found. Install Chromium, Chrome or Edge, or set CHROMIUM_PATH.');
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFolder = resolve(dirname(main), '../..');
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const { version } = manifest as { version: string };
  const target = join(root, 'node_modules/.cache/test-chromium', version);
  const path = join(target, 'chromium');
  if (!isExecutable(path)) await unpack(join(packageFolder, 'bin'), target);
  const fonts = await access('/etc/fonts/fonts.conf').then(
    () => ({}),
    () => ({ FONTCONFIG_PATH: join(target, 'fonts') }),
  );
  const libraries = { LD_LIBRARY_PATH: join(target, 'al2023/lib') };
  for (const environment of [fonts, { ...fonts, ...libraries }]) {
    if (await starts(path, environment)) return { path, environment };
  }
  throw new Error('The browser shipped in @sparticuz/chromium does not start here. Set CHROMIUM_PATH.');
}

async function findBinary(): Promise<Binary> {
  const chosen = process.env['CHROMIUM_PATH'] ?? '';
  if (chosen !== '') {
    if (!isExecutable(chosen)) throw new Error('CHROMIUM_PATH does not name a program that can be run.');
    return { path: chosen, environment: {} };
  }
  const path = installed();
  return path === undefined ? shipped() : { path, environment: {} };
}

/** Starts a headless Chromium. Rejects when no browser can be found or started. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { path, environment } = await findBinary();
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // What one page has compiled, the next page of the same browser context need not.
      '--process-per-site',
    ],
    env: { ...process.env, ...environment },
  });
}
