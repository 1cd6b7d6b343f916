/**
 * Which key opens tonight's rows: the comparison that comes before the first of them is opened, and before anything is
 * destroyed. Whatever was left half done is resolved by it, since the database names one key and only that one counts.
 *
 * The order, under the lock of the night (it waits for a commit still under way): read what the database names; write
 * once more, durably; find that the private half gives the public one. Only then anything else in the directory is
 * destroyed. Where that fails nothing is opened, dropped or destroyed.
 */
import { CommandError } from '../platform/command-error.js';
import type { Transaction } from '../platform/database.js';
import { recipientOf } from '../platform/envelope.js';
import { findPublicKey, readInstallation, setOpen, writeDurably } from './key-store.js';
import { destroyKey, listKeys, readKey, type NightKey } from './keys.js';
import type { KeyDirectory } from '../platform/key-directory.js';

/** There is no key yet; or it is there; or it is gone for good. */
export type Settled =
  | { readonly state: 'first' }
  | { readonly state: 'ready'; readonly key: NightKey }
  | { readonly state: 'lost' };

const CONFIRM =
  'If it is gone for good, stop the server and run `tyst keeper --keys-are-lost`: what was counted of the running quarters is lost then, and they begin anew.';

const refusals = {
  missing: 'The key that the database names is not in the key directory. Nothing was opened or destroyed.',
  unreadable: 'The key that the database names cannot be read. Nothing was opened or destroyed.',
  other: 'The key file is not the other half of the key in the database. Nothing was opened or destroyed.',
} as const;

const refused = (reason: keyof typeof refusals) =>
  new CommandError(`${refusals[reason]} Put the right key directory back. ${CONFIRM}`);

const elsewhere = () =>
  new CommandError(
    `The key was made in a directory that TYST_KEY_DIR named, and TYST_KEY_DIR is not set. Set it as before. Nothing was opened or destroyed. ${CONFIRM}`,
  );

const foreign = () =>
  new CommandError(
    `The key directory holds a key of another installation, and not the one that the database names. Nothing was opened or destroyed. Put the right key directory back. ${CONFIRM}`,
  );

/** Throws where some key in the directory is another installation's, and ours is not there: it may be the wrong one. */
async function refuseForeign(
  keys: KeyDirectory,
  names: readonly string[],
  installation: string,
): Promise<void> {
  for (const name of names) if ((await readKey(keys, name, installation)) === 'foreign') throw foreign();
}

/** Destroys a key, unless it is another installation's: once our own is found, that one is in nobody's way. */
async function destroyOwn(keys: KeyDirectory, name: string, installation: string): Promise<void> {
  if ((await readKey(keys, name, installation)) !== 'foreign') await destroyKey(keys, name);
}

/**
 * Compares, and destroys what is left over. The caller holds the lock of the night. `lostIsSaid` takes the word of a
 * person that the keys are gone. Throws CommandError where the keys may still come back; the intake is shut then.
 */
export async function settle(
  connection: Transaction,
  keys: KeyDirectory,
  lostIsSaid = false,
): Promise<Settled> {
  try {
    return await compare(connection, keys, lostIsSaid);
  } catch (error) {
    if (error instanceof CommandError) await setOpen(connection, false);
    throw error;
  }
}

/** The key that the database names, or why it does not open what there is. */
async function openNamed(
  keys: KeyDirectory,
  named: { readonly id: string; readonly publicKey: Buffer },
  installation: string,
): Promise<NightKey | 'foreign' | keyof typeof refusals> {
  const key = await readKey(keys, named.id, installation);
  if (typeof key === 'string') return key;
  return recipientOf(key.privateBytes).publicKey.equals(named.publicKey) ? key : 'other';
}

/** Why a key that does not open may still come back; null where it is gone for good. */
function refusalOf(
  found: Exclude<Awaited<ReturnType<typeof openNamed>>, NightKey>,
  keys: KeyDirectory,
  inNamedDirectory: boolean,
): CommandError | null {
  if (found === 'foreign') return foreign();
  if (found !== 'missing' || keys.named) return refused(found);
  if (inNamedDirectory) return elsewhere();
  return keys.remote === true ? refused(found) : null;
}

async function compare(connection: Transaction, keys: KeyDirectory, lostIsSaid: boolean): Promise<Settled> {
  const { id: installation } = await readInstallation(connection);
  const names = await listKeys(keys);
  const named = await findPublicKey(connection);
  if (named === null) {
    await refuseForeign(keys, names, installation);
    return { state: 'first' };
  }
  await writeDurably(connection);
  const key = await openNamed(keys, named, installation);
  if (typeof key === 'string') {
    if (lostIsSaid) return { state: 'lost' };
    await refuseForeign(keys, names, installation);
    const refusal = refusalOf(key, keys, named.inNamedDirectory);
    if (refusal === null) return { state: 'lost' };
    throw refusal;
  }
  for (const name of names) if (name !== key.id) await destroyOwn(keys, name, installation);
  return { state: 'ready', key };
}
