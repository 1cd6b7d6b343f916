/** The command line. Exit 0 done, 1 refused or failed with one clear line on standard error, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { softwareVersion } from './platform/project.js';

// A command loads what it needs when it runs: help and wrong usage are told without any of it.
const desk = () => import('./commands/desk.js');
const keeping = () => import('./commands/keeping.js');
const publishing = () => import('./commands/publishing.js');
const installing = () => import('./commands/installing.js');
const configuration = () => import('./platform/configuration.js');
const later =
  <Parameters extends unknown[]>(load: () => Promise<(...parameters: Parameters) => Promise<void>>) =>
  async (...parameters: Parameters): Promise<void> =>
    (await load())(...parameters);

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
  TYST_KEY_DIR (night in the data directory),
  DATABASE_URL (the embedded PostgreSQL without it), TYST_SECRET_FILE (secret in the data directory),
  TYST_STRICT (no)`,
  )
  .action(async () => {
    const [{ start }, { readConfiguration }] = await Promise.all([import('./start.js'), configuration()]);
    await start(readConfiguration());
  });

program
  .command('migrate')
  .description('bring schema, roles and vocabulary to what this version needs; as the owner (DATABASE_URL)')
  .action(later(async () => (await installing()).migrateCommand));

program
  .command('credentials')
  .description('write the logins of one process to TYST_CREDENTIALS_FILE; as the owner (DATABASE_URL)')
  .argument('<process>', 'web or keeper')
  .action(later(async () => (await installing()).credentialsCommand));

program
  .command('web')
  .description('run the web server alone, with the logins in TYST_CREDENTIALS_FILE')
  .addHelpText(
    'after',
    `
Settings, from the environment:
  PORT (3000), HOST (127.0.0.1), TYST_TIME_ZONE (Europe/Stockholm), TYST_CREDENTIALS_FILE`,
  )
  .action(later(async () => (await import('./commands/web.js')).webCommand));

program
  .command('keeper')
  .description('run the keeper alone, with the login in TYST_CREDENTIALS_FILE')
  .option(
    '--keys-are-lost',
    'with the server stopped: make a new key, and end; what was counted of the running quarters is lost, and they begin anew',
  )
  .addHelpText(
    'after',
    `
Settings, from the environment:
  TYST_DATA_DIR (./data), TYST_KEY_DIR (night in the data directory), TYST_TIME_ZONE (Europe/Stockholm),
  TYST_CREDENTIALS_FILE`,
  )
  .action(later(async () => (await import('./commands/keeper.js')).keeperCommand));

const user = program.command('user').description('accounts');
user
  .command('add')
  .description('add an account; prints a one-time link unless a password is given')
  .requiredOption('--username <name>', 'a-z, 0-9, dot, hyphen, underscore')
  .requiredOption('--role <role>', 'handler, supervisor or administrator')
  .option('--password-stdin', 'read the password from standard input; the account is ready at once')
  .action(later(async () => (await desk()).userAdd));

program
  .command('import')
  .description(
    'import calls from a CSV file or workbook, its columns the month and the dimensions; all or nothing',
  )
  .argument('<file>', '.csv or .xlsx; columns and codes by their ids or by their words in Swedish or English')
  .option('--dry-run', 'check the file and store nothing')
  .option('--again', 'also into months that have had an import: these are other calls')
  .option('--drop <column...>', 'leave these columns out: what must not come along, such as names and notes')
  .action(later(async () => (await keeping()).importFile));

program
  .command('discard')
  .description(
    'forget all that was imported into a quarter before the installation, while nothing of it is published',
  )
  .argument('<quarter>', 'such as 2025-Q4')
  .action(later(async () => (await keeping()).discardQuarter));

program
  .command('seal')
  .description('seal now all days before today')
  .option('--today', "today's calls too")
  .option('--after-a-gap', 'the clock is right, however long ago the last seal was')
  .action(later(async () => (await keeping()).sealNow));

program
  .command('close')
  .description('close a month or a quarter: add the second share of the noise, publish, forget the counters')
  .argument('<period>', 'such as 2026-11 or 2026-Q4')
  .action(later(async () => (await keeping()).closePeriod));

const plan = program.command('plan').description("a quarter's table plan");
plan
  .command('show')
  .description('the plan, its cost and its noise, as JSON')
  .argument('<quarter>')
  .action(later(async () => (await desk()).planShow));
plan
  .command('set')
  .description('choose the plan of a quarter that has not begun')
  .argument('<quarter>')
  .requiredOption('--preset <preset>', 'tiny, small, medium or large')
  .option('--rho <rho>', 'the budget: at most 0.5; 0.125 is strict')
  .action(later(async () => (await desk()).planSet));

program
  .command('audit')
  .description("the noisy answer of each of a published period's queries, as JSON")
  .argument('<period>')
  .action(later(async () => (await publishing()).audit));

program
  .command('release')
  .description('issue a quarter or a year if need be, and write its files')
  .argument('<period>')
  .requiredOption('--out <dir>', 'the folder to write to')
  .action(later(async () => (await publishing()).release));

program
  .command('verify')
  .description("check a release's files against its signature")
  .argument('<dir>')
  .option('--key <file>', "a public key (PEM); without it this installation's keys")
  .action(later(async () => (await publishing()).verify));

program
  .command('rotate-key')
  .description('change the key that signs releases; the old public key goes on verifying old ones')
  .option('--leaked', 'the old key may be in other hands: withdraw it too')
  .action(later(async () => (await publishing()).rotate));

program
  .command('demo')
  .description('a throw-away installation with demo accounts and a published year of made-up calls')
  .action(async () => {
    const [{ demo }, { readConfiguration }] = await Promise.all([import('./demo/demo.js'), configuration()]);
    await demo(readConfiguration());
  });

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own words on wrong usage, and the help when that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { explain } = await import('./commands/explain.js');
    const { lines, exitCode } = explain(error);
    for (const line of lines) process.stderr.write(`${line}\n`);
    process.exitCode = exitCode;
  }
}
