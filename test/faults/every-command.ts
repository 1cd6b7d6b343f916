/** Every command that works on an installation, one after the other, as a person would come to use them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toNumber } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { compileQueries } from '../../src/contract/compile.js';
import { defaultVocabulary } from '../../src/desk/install.js';
import { projectRoot } from '../../src/platform/project.js';
import { expect } from '../support/jest.js';
import { addUser, type Workshop } from './tyst.js';

export interface Installation {
  readonly environment: Readonly<Record<string, string>>;
  /** A past year in which nothing has been imported yet. */
  readonly year: string;
  /** What a command that keeps alone logs at each turn of the key; empty where it may make the server forget. */
  readonly aside?: string;
}

/** What the keeper says where it may not make the server forget. */
export const NOT_ALLOWED = '{"event":"checkpoint-not-allowed"}\n{"event":"table-counters-not-reset"}\n';

const MONTHS = 12;

/** A year of 154 calls, as a file to be imported. */
function yearFile(folder: string, year: string): string {
  const calls = readFileSync(join(projectRoot, 'test/keeping/calls/line-2017.csv'), 'utf8');
  const file = join(folder, `line-${year}.csv`);
  writeFileSync(file, calls.replaceAll(/^2017-/gm, `${year}-`));
  return file;
}

/** The queries of `tiny`, none of which asks about a row. */
const auditedTiny = compileQueries(presetPlan('tiny', 0.25), defaultVocabulary(), '2017-Q1').map(
  ({ table, row, column, cell, universe, of, sigma2 }) => ({
    ...{ table, row, column, cell, universe, of, sigma2: toNumber(sigma2) },
    noisy: expect.any(Number),
  }),
);

/** Runs them all; each must do its work, say so, and end with 0. */
export async function runEveryCommand(
  workshop: Workshop,
  { environment, year, aside = '' }: Installation,
): Promise<void> {
  const { folder, tyst } = workshop;
  const does = async (args: readonly string[], said: string | RegExp, errors = '') => {
    const outcome = await tyst(args, environment);
    expect({ args, ...outcome }).toMatchObject({ args, code: 0, stderr: errors });
    if (typeof said === 'string') expect(outcome.stdout).toBe(`${said}\n`);
    else expect(outcome.stdout).toMatch(said);
    return outcome.stdout;
  };
  const quarter = `${year}-Q1`;
  const out = join(folder, `release-${year}`);

  const added = await addUser(workshop, environment, `supervisor-${year}`, 'supervisor');
  expect(added).toMatchObject({ code: 0, stdout: 'The account is ready.\n', stderr: '' });
  const invited = ['user', 'add', '--username', `handler-${year}`, '--role', 'handler'];
  await does(
    invited,
    /^Give this link to its owner; it works once, for 24 hours:\n {2}http:\S+\/invitation#\S+\n$/,
  );
  await does(
    ['plan', 'set', quarter, '--preset', 'tiny', '--rho', '0.25'],
    /^\S+ will publish the tables of tiny/,
  );
  const file = yearFile(folder, year);
  const months = (begun: string) =>
    new RegExp(`^(${year}-\\d\\d: \\d+ rows, ${year}-Q\\d under plan tiny${begun}\n){${String(MONTHS)}}`);
  const checked = await does(['import', file, '--dry-run'], months(' \\(not begun\\)'));
  expect(checked).toMatch(/^154 rows can be imported; nothing was stored\.$/m);
  const imported = await does(['import', file], months(' \\(not begun\\)'), aside);
  expect(imported).toMatch(/^154 rows are imported and counted\.$/m);
  const twice = await tyst(['import', file], environment);
  expect(twice).toMatchObject({ code: 1, stdout: '' });
  expect(twice.stderr).toMatch(/^tyst: An import was made before into [^\n]*--again[^\n]*\n$/);
  await does(['import', file, '--again'], months(''), aside);
  await does(
    ['discard', `${year}-Q2`],
    `What was imported into ${year}-Q2 is forgotten. Other files may be imported into it.`,
    aside,
  );
  await does(['seal'], 'Sealed all days before today.', aside);
  await does(['seal', '--after-a-gap'], 'Sealed all days before today.', aside);
  // A quarter closes its three months first; each closing turns the key.
  await does(['close', quarter], `${quarter} is closed and published.`, aside.repeat(4));
  const plan: unknown = JSON.parse(await does(['plan', 'show', quarter], /^\{/));
  expect(plan).toMatchObject({ quarter, preset: 'tiny', rho: 0.25, cost: 8 });
  expect(JSON.parse(await does(['audit', quarter], /^\{/))).toMatchObject({
    period: quarter,
    rho: 0.25,
    queries: auditedTiny,
  });
  await does(['release', quarter, '--out', out], `Wrote ${quarter}.`);
  await does(['rotate-key'], /^Releases are signed with the key [0-9a-f]{16} from now on\./);
  await does(['verify', out], 'Every file is as it was issued, and the signature holds.');
}
