/** Changing the release key: what `tyst rotate-key` does. */
import type { Day } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import type { Database } from '../platform/database.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import { currentKeyId, forgetOldKeys, makeKey, putInUse, withdrawKey } from './key.js';
import { insertWithdrawal, listKeys, lockReleases, registerKey } from './store.js';

interface RotateDependencies {
  /** The pool of the role keeper. */
  readonly keeper: Database;
  readonly dataDir: string;
  readonly today: Day;
  readonly actor: Actor;
}

/**
 * Makes a new release key and puts it in the place of the one in use. No release is issued meanwhile, so that each is
 * signed either before or after. From then on nobody can sign with the old key; with `leaked` nobody is to believe it either.
 * @returns the new key's id
 * @throws CommandError when the data directory is not the one whose key is in use
 */
export async function rotateKey(
  { keeper, dataDir, today, actor }: RotateDependencies,
  { leaked }: { readonly leaked: boolean },
): Promise<string> {
  const id = await keeper.transaction('READ COMMITTED', async (transaction) => {
    await lockReleases(transaction);
    const old = await currentKeyId(dataDir);
    const newest = (await listKeys(transaction)).at(-1)?.id ?? null;
    if (old !== newest)
      throw new CommandError(
        'This data directory does not hold the release key in use. Set TYST_DATA_DIR as for tyst start, and if the key is lost see docs/operations.md.',
      );
    const key = await makeKey(dataDir);
    await registerKey(transaction, key);
    const kind = leaked && old !== null ? 'release-key-withdrawn' : 'release-key-changed';
    await recordEvent(transaction, {
      day: today,
      actor,
      kind,
      subject: leaked && old !== null ? old : key.id,
    });
    if (leaked && old !== null) {
      await insertWithdrawal(transaction, old, today);
      await withdrawKey(dataDir, old);
    }
    // Last of all: up to here the old key is the one in use, whatever happens.
    await putInUse(dataDir, key.id);
    return key.id;
  });
  await forgetOldKeys(dataDir, id);
  return id;
}
