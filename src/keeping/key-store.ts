/** The public half of tonight's key in the database, and which installation this is. */
import { z } from 'zod';
import { CommandError } from '../platform/command-error.js';
import type { Sql, Transaction } from '../platform/database.js';
import { affected, bytesSchema, maybeOne } from '../platform/statements.js';

const keySchema = z.strictObject({
  id: z.string(),
  publicKey: bytesSchema,
  open: z.boolean(),
  /** Whether its private half was made in a directory that was named. */
  inNamedDirectory: z.boolean(),
});
type PublicKey = z.infer<typeof keySchema>;

/** The key that is named in the database; null before the first. */
export async function findPublicKey(keeper: Sql): Promise<PublicKey | null> {
  return maybeOne(
    keeper,
    keySchema,
    `SELECT id, public_key AS "publicKey", open, in_named_directory AS "inNamedDirectory" FROM intake.key`,
  );
}

/** Names a key, in place of the one before it, and opens the intake. */
export async function namePublicKey(
  transaction: Transaction,
  { id, publicKey, inNamedDirectory }: Omit<PublicKey, 'open'>,
): Promise<void> {
  await affected(
    transaction,
    `INSERT INTO intake.key (id, public_key, in_named_directory, open) VALUES ($1, $2, $3, true)
     ON CONFLICT (only_one) DO UPDATE SET id = excluded.id, public_key = excluded.public_key,
       in_named_directory = excluded.in_named_directory, open = true`,
    [id, publicKey, inNamedDirectory],
  );
}

/** Opens or shuts the intake; a shut one answers 503. */
export async function setOpen(keeper: Sql, open: boolean): Promise<void> {
  await affected(keeper, 'UPDATE intake.key SET open = $1 WHERE open <> $1', [open]);
}

/**
 * Writes, so that everything that was read before it is there to stay: on this server's disk, and on a standby that the
 * server waits for.
 */
export async function writeDurably(keeper: Sql): Promise<void> {
  await keeper.transaction('READ COMMITTED', async (transaction) => {
    await commitDurably(transaction);
    await affected(transaction, 'UPDATE intake.key SET open = open');
  });
}

/** Lets the answer to this transaction's COMMIT come only when it is there to stay, whatever the server is set to. */
export async function commitDurably(transaction: Transaction): Promise<void> {
  await affected(transaction, 'SET LOCAL synchronous_commit = on');
}

const installationSchema = z.strictObject({
  id: z.string(),
  installedOn: z.string(),
  sealedOn: z.string().nullable(),
});

/** Which installation this is, since when, and until when its days were last sealed. */
export async function readInstallation(keeper: Sql): Promise<z.infer<typeof installationSchema>> {
  const found = await maybeOne(
    keeper,
    installationSchema,
    `SELECT id::text, installed_on::text AS "installedOn", sealed_on::text AS "sealedOn" FROM published.installation`,
  );
  if (found === null) throw new CommandError('The installation is not complete: run `tyst start`.');
  return found;
}

/** Notes the day of a seal. */
export async function noteSeal(transaction: Transaction, today: string): Promise<void> {
  await affected(transaction, 'UPDATE published.installation SET sealed_on = $1', [today]);
}
