/** The command line. Exit 0 done, 1 refused or failed with one clear line on standard error, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { planSet, planShow, userAdd } from './commands/desk.js';
import { closePeriod, importFile, sealNow } from './commands/keeping.js';
import { audit, release, verify } from './commands/publishing.js';
import { problems } from './contract/problem.js';
import { demo } from './demo/demo.js';
import { ImportRefused } from './keeping/import.js';
import { CommandError } from './platform/command-error.js';
import { isUnavailable } from './platform/database.js';
import { DataDirectoryInUse } from './platform/embedded/index.js';
import { describeError } from './platform/log.js';
import { ProblemError } from './platform/problems.js';
import { softwareVersion } from './platform/project.js';
import { readSettings } from './platform/settings.js';
import { start } from './start.js';

const program = new Command('tyst')
  .description('An anonymous support-line log.')
  .version(softwareVersion)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

program
  .command('start')
  .description('migrate, then run the web server and the keeper until stopped')
  .addHelpText(
    'after',
    `
Settings, from the environment:
  PORT (3000), HOST (127.0.0.1), TYST_DATA_DIR (./data), TYST_TIME_ZONE (Europe/Stockholm),
  DATABASE_URL (the embedded PostgreSQL without it), TYST_SECRET_FILE (secret in the data directory)`,
  )
  .action(() => start(readSettings()));

const user = program.command('user').description('accounts');
user
  .command('add')
  .description('add an account; prints a one-time link unless a password is given')
  .requiredOption('--username <name>', 'a-z, 0-9, dot, hyphen, underscore')
  .requiredOption('--role <role>', 'handler, supervisor or administrator')
  .option('--password-stdin', 'read the password from standard input; the account is ready at once')
  .action(userAdd);

program
  .command('import')
  .description(
    'import calls from a CSV file or workbook, its columns the month and the dimensions; all or nothing',
  )
  .argument('<file>', '.csv or .xlsx; columns and codes by their ids or by their words in Swedish or English')
  .option('--dry-run', 'check the file and store nothing')
  .option('--drop <column...>', 'leave these columns out: what must not come along, such as names and notes')
  .action(importFile);

program
  .command('seal')
  .description('seal now all days before today')
  .option('--today', "today's calls too")
  .action(sealNow);

program
  .command('close')
  .description('close a month or a quarter: count, add noise, publish, destroy the sealed calls')
  .argument('<period>', 'such as 2026-11 or 2026-Q4')
  .action(closePeriod);

const plan = program.command('plan').description("a quarter's table plan");
plan
  .command('show')
  .description('the plan, its cost and its noise, as JSON')
  .argument('<quarter>')
  .action(planShow);
plan
  .command('set')
  .description('choose the plan of a quarter that has not begun')
  .argument('<quarter>')
  .requiredOption('--preset <preset>', 'tiny, small, medium or large')
  .option('--rho <rho>', 'the budget: at most 0.5; 0.125 is strict')
  .action(planSet);

program
  .command('audit')
  .description("a published period's noisy integers, as JSON")
  .argument('<period>')
  .action(audit);

program
  .command('release')
  .description('issue a quarter or a year if need be, and write its files')
  .argument('<period>')
  .requiredOption('--out <dir>', 'the folder to write to')
  .action(release);

program
  .command('verify')
  .description("check a release's files against its signature")
  .argument('<dir>')
  .option('--key <file>', "a public key (PEM); without it this installation's keys")
  .action(verify);

program
  .command('demo')
  .description('a throw-away installation with demo accounts and a published year of made-up calls')
  .action(() => demo(readSettings()));

/** The line to print and the exit code; an error's own words only where they are ours. */
function explain(error: unknown): { line: string; exitCode: number } {
  if (error instanceof CommandError) return { line: error.message, exitCode: error.exitCode };
  if (error instanceof DataDirectoryInUse) return { line: error.message, exitCode: 1 };
  if (error instanceof ProblemError) return { line: problems[error.slug].detail.en, exitCode: 1 };
  if (isUnavailable(error))
    return {
      line: 'The database cannot be reached. Start it, or check DATABASE_URL, and try again.',
      exitCode: 1,
    };
  const { error: name, code } = describeError(error);
  if (code === '28P01')
    return {
      line: 'The database refuses the password. The secret is not the one this installation began with (TYST_SECRET_FILE), or DATABASE_URL has a wrong password.',
      exitCode: 1,
    };
  const words =
    error instanceof Error && code === undefined
      ? error.message
      : `${String(name)}${code === undefined ? '' : ` ${String(code)}`}`;
  return { line: words.replaceAll(/\s+/g, ' '), exitCode: 1 };
}

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own words on wrong usage, and the help when that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { line, exitCode } = explain(error);
    if (error instanceof ImportRefused)
      for (const detail of error.lines.slice(0, -1)) process.stderr.write(`${detail}\n`);
    process.stderr.write(`tyst: ${line}\n`);
    process.exitCode = exitCode;
  }
}
