/**
 * The quarter of installation begins when the first handler signs in: what is asked is stored from then on, and its plan
 * stands. That it has begun is all that is recorded, with no day and nobody's name.
 */
import type { Sql, Transaction } from '../../platform/database.js';
import { lockUntilCommit } from '../../platform/locks.js';
import { beginWithHandler, installationQuarter, isRecorded } from './plan-store.js';

/** What a sign-in does about the quarter of installation. */
export interface Beginning {
  /** To be called once the session is there, which keeps the account's role as it is until the commit. */
  readonly signedIn: (username: string) => Promise<void>;
}

/**
 * To be called first in the transaction of a sign-in. As long as no handler has signed in it takes the lock under which a
 * plan is set and frozen, before any other lock: a choice comes wholly before the first handler, or is refused.
 */
export async function beforeSignIn(
  transaction: Transaction,
  { reader }: { readonly reader: Sql },
): Promise<Beginning> {
  const quarter = await installationQuarter(reader);
  const begun = await isRecorded(transaction, quarter);
  if (!begun) await lockUntilCommit(transaction, 'plan');
  return {
    signedIn: async (username) => {
      if (!begun) await beginWithHandler(transaction, quarter, username);
    },
  };
}
