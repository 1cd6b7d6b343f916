/**
 * `npm run ha`: what is promised of servers that die and copies that are made, tried with those of the system. Writes
 * docs/reliability.md, and ends with 1 when a figure breaks its bound. Names of scenarios run those alone, and write nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot, softwareVersion } from '../../../src/platform/project.js';
import { asynchronous } from './asynchronous.js';
import { backups } from './backups.js';
import { copies } from './copies.js';
import { failover } from './failover.js';
import { installPrograms, versions } from './programs.js';
import { allKept, reportOf, type Done } from './report.js';
import { webs } from './webs.js';

const REPORT = join(projectRoot, 'docs', 'reliability.md');

const scenarios = { failover, asynchronous, webs, backups, copies };

const say = (text: string) => process.stderr.write(`${text}\n`);

/** The distribution, as it calls itself. */
const system = (): string =>
  /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;

async function tryAll(names: readonly string[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const began = performance.now();
    const tried = await scenario.run();
    done.push({ scenario, tried });
    const broken = tried.figures.filter(({ passes }) => !passes);
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    say(`${name}: ${tried.figures.length - broken.length} kept, ${broken.length} broken (${seconds} s)`);
    for (const { name: figure, value } of broken) say(`  broken: ${figure}: ${value}`);
    for (const { name: what, value } of tried.measured) say(`  ${what}: ${value}`);
  }
  return done;
}

try {
  await installPrograms();
  const names = process.argv.slice(2);
  const done = await tryAll(names);
  if (names.length === 0) {
    const ground = [
      ...versions(),
      `Node.js ${process.version}`,
      `${system()}, ${cpus().length} processors that everything shares`,
    ];
    const report = reportOf({ version: softwareVersion, ground, done });
    writeFileSync(REPORT, await format(report, { ...(await resolveConfig(REPORT)), parser: 'markdown' }));
  }
  process.exitCode = allKept(done) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
