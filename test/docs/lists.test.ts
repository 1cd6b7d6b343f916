/** The lists in the documents (commands, settings, log events, routes, server flags) are those of the code. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { appRoutes } from '../../src/app.js';
import { serverArguments } from '../../src/platform/embedded/settings.js';
import { projectRoot } from '../../src/platform/project.js';
import type { Endpoint } from '../../src/contract/api/endpoint.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

/** The text from a heading to the next one of the same depth. */
function section(document: string, heading: string): string {
  const found = read(document)
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`${document} has no section ${heading}.`);
  return found;
}

/** What stands in backquotes at the beginning of the rows of the tables in a text. */
const listed = (text: string) => [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? '');

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)));
}

describe('commands', () => {
  /** The lines of a help text's list of commands: "user add" for a command with commands of its own. */
  function commandsOf(...path: string[]): string[] {
    const help = execFileSync(process.execPath, [join(projectRoot, 'bin', 'tyst.js'), ...path, '--help'], {
      encoding: 'utf8',
    });
    const list = /^Commands:\n([\s\S]*?)(\n\n|$(?![\s\S]))/m.exec(help)?.[1] ?? '';
    const names = [...list.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name ?? '');
    const own = names.filter((name) => name !== 'help');
    if (own.length === 0) return [path.join(' ')];
    return own.flatMap((name) => commandsOf(...path, name));
  }

  test('of the README are those of --help', () => {
    const documented = listed(section('README.md', 'Commands')).map(
      (usage) => /^tyst ((?:[a-z][a-z-]* ?)+)/.exec(usage)?.[1]?.trim() ?? '',
    );
    expect(documented.toSorted()).toEqual(commandsOf().toSorted());
  });
});

describe('settings', () => {
  const known = [...read('src/platform/configuration.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(
    ([, name]) => name,
  );

  test.each(['README.md', 'docs/operations.md'])('of %s are those that are read', (document) => {
    expect(known.length).toBeGreaterThan(4);
    expect(listed(section(document, 'Settings')).toSorted()).toEqual(known.toSorted());
  });
});

test('log events of docs/operations.md are those that the source writes', () => {
  const written = sourcesBelow('src').flatMap((text) =>
    [...text.matchAll(/\blog(?:\(|, )'([a-z][a-z-]+)'/g)].map(([, event]) => event ?? ''),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(listed(section('docs/operations.md', 'The log')).toSorted()).toEqual([...new Set(written)].sort());
});

test('SQL stands in stores and in src/platform alone', () => {
  const statement = /\b(SELECT\s[\s\S]*?\sFROM|INSERT INTO|UPDATE \w+\.\w+ SET|DELETE FROM)\b/;
  const holding = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/^(keeping|intake)\//.test(name))
    .filter((name) => statement.test(read(join('src', name))));
  expect(holding.length).toBeGreaterThan(10);
  const elsewhere = holding.filter((name) => !/^platform\/|store\.ts$/.test(name));
  // What writes an event belongs to every deed.
  expect(elsewhere).toEqual([]);
});

describe('the API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(async () => {
    await app.close();
  });

  test('of docs/api.md has the routes of the OpenAPI document', async () => {
    const { body } = await request(app.server).get('/api/v1/openapi.json').expect(200);
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed(read('docs/api.md')).toSorted()).toEqual(served.toSorted());
  });

  test('of docs/api.md says who may', () => {
    const documented = [...read('docs/api.md').matchAll(/^\| `(\w+ \S+)` +\| (.+?) +\|$/gm)].map(
      ([, name, who]) => [name, who],
    );
    const wordsOf = ({ access, path }: Endpoint) => {
      if (access === 'public') return path.includes(':token') ? 'whoever has the link' : 'anybody';
      return access === 'signed-in' ? 'anybody signed in' : access.join(', ');
    };
    const guarded = appRoutes(app).map(({ endpoint }) => [
      `${endpoint.method.toUpperCase()} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`,
      wordsOf(endpoint),
    ]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(guarded));
  });
});

describe('docker-compose.yml', () => {
  const given = new Map(
    [...read('docker-compose.yml').matchAll(/^ +- -c(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  /** What the embedded server gets because of where it runs, and what is the machine's business. */
  const own = /^(port|listen_addresses|unix_socket_\w+|cluster_name|shared_buffers|max_connections)$/;
  /** On by default in PostgreSQL, and nothing in the compose file switches them off. */
  const defaults = ['fsync', 'synchronous_commit', 'full_page_writes'];

  test('gives the server the settings of the embedded one', () => {
    const [, , ...flags] = serverArguments('x', 'x', { socketDirectory: '/x', port: 1 }, true);
    const expected = flags.flatMap((flag) => {
      const [name = '', value = ''] = flag.split(/=(.*)/s);
      return flag === '-c' || own.test(name) || defaults.includes(name) ? [] : [[name, value] as const];
    });
    expect(expected.length).toBeGreaterThan(20);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(expected));
  });
});
