/** The image can be built where no Docker is at hand to try it: what it copies is let in, and its bases are named for good. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { expect, test } from '../support/jest.js';

const lines = (path: string) =>
  readFileSync(join(projectRoot, path), 'utf8')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const instructions = lines('Dockerfile');

/** What the instructions copy from the builder's context, and not from another stage. */
const copied = instructions
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) =>
    line
      .split(/\s+/)
      .slice(1, -1)
      .filter((word) => !word.startsWith('--')),
  );

/** What .dockerignore lets in, after the line that keeps everything out. */
const letIn = lines('.dockerignore')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1).replace(/\/$/, ''));

test('.dockerignore keeps out all that it does not name, and names what is there', () => {
  expect(lines('.dockerignore')[0]).toBe('*');
  for (const path of letIn) expect([path, existsSync(join(projectRoot, path))]).toEqual([path, true]);
});

test('every source of a COPY is let in', () => {
  expect(copied).toContain('templates');
  const isLetIn = (path: string) => letIn.some((place) => path === place || path.startsWith(`${place}/`));
  expect(copied.filter((path) => path !== '.' && !isLetIn(path))).toEqual([]);
});

test('so is all that the build in the image reads', () => {
  const read = [
    ...readFileSync(join(projectRoot, 'scripts/build.js'), 'utf8').matchAll(/fingerprint\(\s*\[([^\]]*)\]/g),
  ]
    .flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)])
    .map(([, path = '']) => path);
  expect(read).toContain('vite.config.ts');
  for (const path of read) expect(letIn).toContain(path.split('/')[0]);
});

test('every image that is not our own is named by its digest', () => {
  const stages = instructions.flatMap((line) => /^FROM .* AS (\S+)$/.exec(line)?.[1] ?? []);
  const bases = instructions.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
  const services = lines('docker-compose.yml').flatMap((line) => /^image: (\S+)$/.exec(line)?.[1] ?? []);
  const foreign = [
    ...bases.filter((base) => !stages.includes(base)),
    ...services.filter((name) => name !== 'tyst'),
  ];
  expect(foreign.length).toBeGreaterThan(3);
  for (const image of foreign) expect(image).toMatch(/^[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
});

test('the keys of the night have a volume of their own, in the image and beside the database', () => {
  const place = /\bTYST_KEY_DIR=(\S+)/.exec(instructions.join('\n'))?.[1] ?? 'none';
  const volumes = instructions.flatMap((line) => /^VOLUME (.+)$/.exec(line)?.[1]?.split(' ') ?? []);
  expect(volumes.filter((volume) => place.startsWith(volume))).toEqual([place]);
  const mounted = lines('docker-compose.yml').flatMap(
    (line) => /^- (\w+):(\/\S+)$/.exec(line)?.slice(1) ?? [],
  );
  const name = mounted[mounted.indexOf(place) - 1];
  expect(mounted.filter((part) => part === name)).toEqual([name]);
  expect(lines('docker-compose.yml')).toContain(`${name ?? ''}:`);
});
