/* docker-compose.yml, where no Docker is at hand: what each service mounts and knows, and its commands run as processes. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../src/platform/project.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { quietPort } from '../support/quiet-port.js';
import { until } from '../support/until.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { send, setWorkshop } from './tyst.js';

const workshop = setWorkshop();
const { folder } = workshop;

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

const serviceSchema = z.object({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  read_only: z.boolean().default(false),
});
type Service = z.infer<typeof serviceSchema>;

const { services, volumes } = z
  .object({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

const serviceOf = (name: string): Service => {
  const service = services[name];
  if (service === undefined) throw new Error(`There is no service ${name}.`);
  return service;
};
const having = (what: (service: Service) => boolean) =>
  Object.keys(services)
    .filter((name) => what(serviceOf(name)))
    .sort();
const mounting = (volume: string) =>
  having((service) => service.volumes.some((mount) => mount.startsWith(`${volume}:`)));

describe('what each service has', () => {
  test('the secret and the password of the owner: the one that migrates alone, and the database its own', () => {
    expect(having(({ secrets }) => secrets.includes('tyst_secret'))).toEqual(['migrate']);
    expect(having(({ secrets }) => secrets.includes('database_password'))).toEqual(['database', 'migrate']);
    expect(having(({ environment }) => 'DATABASE_URL' in environment)).toEqual(['migrate']);
  });

  test('the keys of the night and of releases: the keeper alone', () => {
    expect(mounting('keys')).toEqual(['keeper']);
    expect(mounting('data')).toEqual(['keeper']);
  });

  test('the logins: each its own, to read', () => {
    expect(mounting('web')).toEqual(['migrate', 'web']);
    expect(mounting('keeper')).toEqual(['keeper', 'migrate']);
    for (const name of ['web', 'keeper'])
      expect(serviceOf(name).volumes.filter((mount) => mount.startsWith(`${name}:`))).toEqual([
        `${name}:/logins/${name}:ro`,
      ]);
  });

  test('a way in or out: the web alone, from this machine', () => {
    expect(having(({ ports }) => ports.length > 0)).toEqual(['web']);
    for (const port of serviceOf('web').ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(having(({ networks }) => networks.includes('outside'))).toEqual(['web']);
  });

  test('nothing of its own to write to, but its volumes', () => {
    expect(having((service) => service.read_only)).toEqual(['keeper', 'migrate', 'web']);
    const named = Object.values(services).flatMap((service) =>
      service.volumes.map((mount) => mount.split(':')[0]),
    );
    expect(Object.keys(volumes).toSorted()).toEqual([...new Set(named)].sort());
  });
});

describe('run as processes', () => {
  const image = z
    .record(z.string(), z.string())
    .parse(
      Object.fromEntries(
        [...(/^ENV (.+)$/m.exec(read('Dockerfile'))?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(
          ([, name, value]) => [name, value],
        ),
      ),
    );
  let server: ExternalServer;
  let port: number;

  /** What is said of a server that is set up as it comes. */
  const ONLY_LOOKED = /^({"event":"server-keeps"[^\n]+\n)+$/;

  /** The program `tyst` of the image, with the checkout in its place. */
  function makeProgram(): void {
    const lines = [
      ...(
        /printf '%s\\n' \\\n([\s\S]*?)> \/usr\/local\/bin\/tyst/.exec(read('Dockerfile'))?.[1] ?? ''
      ).matchAll(/'(.*)' \\\n/g),
    ];
    const script = lines.map(([, line = '']) => line.replace('/app/', `${projectRoot}/`)).join('\n');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'tyst'), `${script}\n`);
    chmodSync(join(folder, 'bin', 'tyst'), 0o755);
  }

  /** The places that a service sees, as folders of the test's own: a place that is not mounted is not there. */
  const placed = (name: string, text: string): string => {
    const mounts = serviceOf(name).volumes.map((mount) => mount.split(':'));
    const secrets = serviceOf(name).secrets.map((secret) => [`secret-${secret}`, `/run/secrets/${secret}`]);
    return [...mounts, ...secrets].reduce(
      (found, [source = '', target = '']) => found.replaceAll(target, join(folder, source)),
      text,
    );
  };

  function begin(name: string, database: string) {
    const { command, environment } = serviceOf(name);
    const own = Object.fromEntries(
      Object.entries({ ...image, ...environment }).map(([variable, value]) => [
        variable,
        placed(name, value),
      ]),
    );
    const [program = '', ...rest] = command.map((part) => placed(name, part));
    const child = spawn(program, rest, {
      cwd: folder,
      env: {
        ...{
          ...own,
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          HOST: '127.0.0.1',
          PORT: String(port),
        },
        ...('DATABASE_URL' in own ? { DATABASE_URL: database } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    workshop.track(child);
    const said = { stdout: '', stderr: '' };
    for (const pipe of ['stdout', 'stderr'] as const)
      child[pipe].setEncoding('utf8').on('data', (text: string) => {
        said[pipe] += text;
      });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, said, ended };
  }

  beforeAll(async () => {
    makeProgram();
    for (const volume of ['web', 'keeper', 'data', 'keys']) mkdirSync(join(folder, volume), { mode: 0o700 });
    const programs = await programsOf(18, folder);
    if (programs === null) throw new Error('There is no PostgreSQL 18.');
    server = await startExternal(workshop, programs);
    port = await quietPort();
  });
  afterAll(async () => {
    await server.stop();
  });

  test('the one migrates and writes the logins, the others come up with them and end in order', async () => {
    const address = new URL(await server.makeDatabase('composed', false));
    writeFileSync(join(folder, 'secret-database_password'), decodeURIComponent(address.password));
    writeFileSync(join(folder, 'secret-tyst_secret'), 'a secret of more than thirty-two characters');
    address.password = '';
    const migrate = begin('migrate', address.href);
    expect(await migrate.ended).toBe(0);
    expect(migrate.said.stderr).toMatch(ONLY_LOOKED);
    expect(migrate.said.stdout).toContain(`http://127.0.0.1:${port}/invitation#`);
    const [web, keeper] = [begin('web', ''), begin('keeper', '')];
    await until(() => web.said.stdout !== '' && keeper.said.stdout !== '', 60);
    const ready = () => send(`http://127.0.0.1:${port}`, 'GET', '/health/ready').then(({ status }) => status);
    await until(async () => (await ready()) === 200, 60);
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(1);
    expect(existsSync(join(folder, 'data', 'keys'))).toBe(true);
    expect(readdirSync(join(folder, 'web'))).toEqual(['logins']);
    // A second `up` migrates beside what runs.
    const again = begin('migrate', address.href);
    expect(await again.ended).toBe(0);
    expect(again.said.stderr).toMatch(ONLY_LOOKED);
    expect(await ready()).toBe(200);
    for (const { child, ended } of [web, keeper]) {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });
});
