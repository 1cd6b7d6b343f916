/**
 * `npm run attacks`: every attack of test/attacks at full size. Writes docs/attack-report.md with its picture, and
 * ends with 1 when a figure breaks its bound or a mutant breaks none.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot, softwareVersion } from '../src/platform/project.js';
import {
  attackBudgets,
  attackMutant,
  budgetMutants,
  keepingMutants,
  mutants,
  type Against,
} from '../test/attacks/mutants.js';
import { reportOf, type Attacked, type MutantAttacked } from '../test/attacks/report.js';
import { rocPicture } from '../test/attacks/roc-picture.js';
import { suite } from '../test/attacks/suite.js';
import type { Curve } from '../test/attacks/support/figures.js';
import { withServer } from './server.js';

const REPORT = join(projectRoot, 'docs', 'attack-report.md');
const PICTURE = 'attacks/membership.svg';
/** The line size that the picture shows; the mutants are attacked at this one. */
const PICTURED = 'medium, N = 300';

const say = (text: string) => process.stderr.write(`${text}\n`);

async function attackTyst(): Promise<Attacked[]> {
  const attacked: Attacked[] = [];
  for (const attack of suite) {
    const began = performance.now();
    const findings = await attack.run('full');
    const broken = findings.figures.filter(({ passes }) => !passes).length;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    say(
      `${attack.id} ${attack.title}: ${findings.figures.length - broken} kept, ${broken} broken (${seconds} s)`,
    );
    attacked.push({ attack, findings });
  }
  return attacked;
}

const brokenIn = (against: readonly Against[]): number =>
  against.filter(({ figures }) => figures.some(({ passes }) => !passes)).length;

async function attackMutants(): Promise<{ tables: MutantAttacked[]; curves: Curve[] }> {
  const tables: MutantAttacked[] = [];
  const curves: Curve[] = [];
  for (const mutant of mutants) {
    const { against, curve } = await attackMutant(mutant, 'full');
    say(`${mutant.name}: breaks ${brokenIn(against)} attacks`);
    tables.push({ name: mutant.name, against });
    curves.push(curve);
  }
  for (const { name, attack } of keepingMutants) {
    const against = await attack();
    say(`${name}: breaks ${brokenIn(against)} attacks`);
    tables.push({ name, against });
  }
  for (const mutant of budgetMutants) {
    const against = [attackBudgets(mutant)];
    say(`${mutant.name}: breaks ${brokenIn(against)} attacks`);
    tables.push({ name: mutant.name, against });
  }
  return { tables, curves };
}

const attacked = await withServer(attackTyst);
const { tables, curves } = await attackMutants();
const own = attacked.flatMap(({ findings }) => findings.curves ?? []).find(({ name }) => name === PICTURED);
const picture = rocPicture(
  'Was this call in the data? (medium plan, 300 calls)',
  'ROC curves of the membership attack. Tyst stays near the limit that rho 0.5 sets; both mutants let nearly every call be found.',
  [...(own === undefined ? [] : [{ ...own, name: 'Tyst (rho 0.5)' }]), ...curves],
);
const report = reportOf({ version: softwareVersion, attacked, mutants: tables, picture: PICTURE });
mkdirSync(join(projectRoot, 'docs', 'attacks'), { recursive: true });
writeFileSync(join(projectRoot, 'docs', PICTURE), picture);
writeFileSync(REPORT, await format(report, { ...(await resolveConfig(REPORT)), parser: 'markdown' }));

const kept = attacked.every(({ findings }) => findings.figures.every(({ passes }) => passes));
const caught = tables.every(({ against }) => brokenIn(against) > 0);
process.exitCode = kept && caught ? 0 : 1;
