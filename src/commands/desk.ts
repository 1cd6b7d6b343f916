/** `tyst user add` and `tyst plan`. */
import { text } from 'node:stream/consumers';
import { quarterSchema } from '../contract/period.js';
import { presetPlan } from '../contract/presets.js';
import { presetSchema } from '../contract/plan.js';
import { roleSchema } from '../contract/session.js';
import { addUser } from '../desk/people/accounts.js';
import { actors } from '../platform/event-log.js';
import { describePlan, planOf, setPlan } from '../desk/planning/plan.js';
import { readVocabulary } from '../desk/planning/vocabulary.js';
import { CommandError } from '../platform/command-error.js';
import { addressOf } from '../platform/configuration.js';
import { displayRuleFor } from '../statistics/show.js';
import { withInstallation } from './context.js';
import { say } from './say.js';

/** Reads the password: what stands before the first line break, if there is one. */
async function passwordFromStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n[\s\S]*$/, '');
}

/** Adds an account: ready with a password on standard input, else with a one-time link. */
export async function userAdd(options: {
  username: string;
  role: string;
  passwordStdin?: boolean;
}): Promise<void> {
  const role = roleSchema.safeParse(options.role);
  if (!role.success) throw new CommandError('The role is handler, supervisor or administrator.', 2);
  const password = options.passwordStdin === true ? await passwordFromStdin() : undefined;
  await withInstallation(async ({ as, clock, configuration }) => {
    const account = {
      username: options.username,
      role: role.data,
      ...(password === undefined ? {} : { password }),
    };
    const token = await addUser(await as('desk'), account, clock);
    if (token === null) say('The account is ready.');
    else
      say(
        `Give this link to its owner; it works once, for 24 hours:\n  ${addressOf(configuration)}/invitation#${token}`,
      );
  });
}

function readQuarter(quarter: string): string {
  if (!quarterSchema.safeParse(quarter).success)
    throw new CommandError('A quarter is written like 2027-Q1.', 2);
  return quarter;
}

/** Shows a quarter's plan, what it costs and what its numbers will look like, as JSON. */
export async function planShow(name: string): Promise<void> {
  const quarter = readQuarter(name);
  await withInstallation(async ({ as }) => {
    const [desk, reader] = [await as('desk'), await as('reader')];
    const plan = await planOf({ desk, reader }, quarter);
    const described = describePlan(plan, await readVocabulary(desk, quarter), quarter);
    say(JSON.stringify({ ...described, ...displayRuleFor(described.sigma2) }, null, 2));
  });
}

/** Sets a quarter's plan, unless the quarter has begun. */
export async function planSet(name: string, options: { preset: string; rho?: string }): Promise<void> {
  const quarter = readQuarter(name);
  const preset = presetSchema.safeParse(options.preset);
  if (!preset.success) throw new CommandError('The preset is tiny, small, medium or large.', 2);
  const rho = Number(options.rho ?? 0.5);
  if (!(rho > 0)) throw new CommandError('rho is a number above 0, at most 0.5.', 2);
  await withInstallation(async ({ as, clock }) => {
    const pools = { desk: await as('desk'), reader: await as('reader') };
    await setPlan(pools, quarter, presetPlan(preset.data, rho), { clock, actor: actors.commandLine });
    say(`${quarter} will publish the tables of ${preset.data} at rho ${rho}.`);
  });
}
