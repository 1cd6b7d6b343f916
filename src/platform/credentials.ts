/**
 * The file from which a process that runs alone takes its logins, so that it needs neither the owner of the database nor
 * the secret from which every password derives: whoever has the file of the web has three logins, and no way to a fourth.
 */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CommandError } from './command-error.js';
import { databaseFailure } from './database.js';
import { errorCode } from './errors.js';
import type { RoleName } from './roles.js';
import { writeWhole } from './whole-file.js';

/** The login URLs that the web process holds. */
export const webLoginsSchema = z.strictObject({ intake: z.string(), reader: z.string(), desk: z.string() });
export type WebLogins = z.infer<typeof webLoginsSchema>;

const keeperLoginsSchema = z.strictObject({ keeper: z.string() });

const credentialsSchema = z.discriminatedUnion('process', [
  z.strictObject({ process: z.literal('web'), urls: webLoginsSchema }),
  z.strictObject({ process: z.literal('keeper'), urls: keeperLoginsSchema }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;
export type ProcessName = Credentials['process'];
export type CredentialsOf<Name extends ProcessName> = Extract<Credentials, { process: Name }>;

export const processNames = ['web', 'keeper'] as const satisfies readonly ProcessName[];

/** The web's logins, with each URL from `urlOf`. */
export const webLoginsOf = (urlOf: (role: RoleName) => string): WebLogins => ({
  intake: urlOf('intake'),
  reader: urlOf('reader'),
  desk: urlOf('desk'),
});

/** The credentials of a process, with each URL from `urlOf`. */
export const credentialsOf = (name: ProcessName, urlOf: (role: RoleName) => string): Credentials =>
  name === 'keeper'
    ? { process: name, urls: { keeper: urlOf('keeper') } }
    : { process: name, urls: webLoginsOf(urlOf) };

const refused = (file: string, what: string) => new CommandError(`The credentials file ${file} ${what}`);

/** Reads and writes of users other than the owner. */
const OTHERS = 0o077;

/** A file with logins in it that others may read is not one to use in silence; Windows has no such bits. */
async function refuseOpen(file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
    throw refused(file, 'can be read by other users. Close it to them (chmod 600), and try again.');
}

/** Reads the logins. Throws CommandError, which says nothing of what is in it, where they cannot be had. */
export async function readCredentials(file: string): Promise<Credentials> {
  let text: string;
  try {
    await refuseOpen(file);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw refused(
      file,
      `cannot be read (${errorCode(error)}). It is written by \`tyst credentials web\` or \`tyst credentials keeper\`.`,
    );
  }
  let document: unknown = null;
  try {
    document = JSON.parse(text);
  } catch {
    // Said below, without a word of it.
  }
  const { data } = credentialsSchema.safeParse(document);
  if (data === undefined) throw refused(file, 'is damaged. Write it anew with `tyst credentials`.');
  return data;
}

/** Reads the logins of one of the two. Throws CommandError where the file is the other's, or not named at all. */
export async function readCredentialsOf<Name extends ProcessName>(
  name: Name,
  file: string | null,
): Promise<CredentialsOf<Name>> {
  if (file === null)
    throw new CommandError(
      `Say in TYST_CREDENTIALS_FILE where the logins are. The file is written by \`tyst credentials ${name}\`.`,
    );
  const credentials = await readCredentials(file);
  if (!isOf(name, credentials))
    throw refused(
      file,
      `is the ${credentials.process}'s. Give this process the one of \`tyst credentials ${name}\`.`,
    );
  return credentials;
}

const isOf = <Name extends ProcessName>(
  name: Name,
  credentials: Credentials,
): credentials is CredentialsOf<Name> => credentials.process === name;

/**
 * Writes the logins, 0600; the file appears whole, in place of an older one. Root gives it to whoever owns the directory,
 * which is the user that the process will run as. Throws CommandError where it cannot be written.
 */
export async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
  const text = `${JSON.stringify(credentials, null, 2)}\n`;
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const { uid, gid } = await stat(dirname(file));
    await writeWhole(file, text, {
      unfinished,
      ...(process.getuid?.() === 0 ? { owner: { uid, gid } } : {}),
    });
  } catch (error) {
    throw refused(
      file,
      `cannot be written (${errorCode(error)}). Make its directory first, owned by the user that the process runs as.`,
    );
  }
}

/** What the server says to a login that it does not know or does not let in, or whose password is another one. */
const LOGIN_REFUSED = ['28P01', '28000'];

/** Does some work with the logins of a file. Throws CommandError where the database refuses one of them. */
export async function withTheseLogins<Result>(
  name: ProcessName,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!LOGIN_REFUSED.includes(databaseFailure(error)?.code ?? '')) throw error;
    throw new CommandError(
      `The database refuses a login of the credentials file. Run \`tyst migrate\` if it has not run yet, and write the file anew with \`tyst credentials ${name}\`.`,
    );
  }
}
