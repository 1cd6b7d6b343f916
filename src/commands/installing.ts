/** `tyst migrate` and `tyst credentials`: what the owner of the database does before web and keeper run on their own. */
import { CommandError } from '../platform/command-error.js';
import { addressOf, readConfiguration } from '../platform/configuration.js';
import { credentialsOf, processNames, writeCredentials, type ProcessName } from '../platform/credentials.js';
import { lookAtServer } from '../platform/first-look.js';
import { log } from '../platform/log.js';
import { roleNames } from '../platform/roles.js';
import { printWelcome } from '../welcome.js';
import { asOwner, type Context } from './context.js';
import { say } from './say.js';

/** Brings schema, roles and vocabulary to what this version needs, and prints the link of the first administrator. */
export async function migrateCommand(): Promise<void> {
  const configuration = readConfiguration();
  const welcome = async ({ as, clock }: Context) => {
    say('Schema, roles and vocabulary are those of this version.');
    await printWelcome(await as('desk'), clock, addressOf(configuration));
  };
  await asOwner(configuration, welcome, { first: (owner) => lookAtServer(owner, configuration, log) });
}

const isProcess = (name: string): name is ProcessName => processNames.some((known) => known === name);

/** Writes the logins of one of the two processes to TYST_CREDENTIALS_FILE, once each of them has been tried. */
export async function credentialsCommand(name: string): Promise<void> {
  if (!isProcess(name))
    throw new CommandError('Say whose: tyst credentials web, or tyst credentials keeper.', 2);
  const configuration = readConfiguration();
  const { databaseUrl, credentialsFile } = configuration;
  if (databaseUrl === null)
    throw new CommandError(
      'Logins in a file are for a database of its own: set DATABASE_URL. The embedded one is run by `tyst start`, with web and keeper.',
    );
  if (credentialsFile === null)
    throw new CommandError('Say in TYST_CREDENTIALS_FILE where to write the logins.');
  await asOwner(configuration, async ({ as, urlOf }) => {
    const credentials = credentialsOf(name, urlOf);
    // A secret of another installation would give passwords that open nothing.
    for (const role of roleNames) if (role in credentials.urls) await as(role);
    await writeCredentials(credentialsFile, credentials);
    say(`The logins of the ${name} are in ${credentialsFile}. Only the user that runs it is to read them.`);
  });
}
