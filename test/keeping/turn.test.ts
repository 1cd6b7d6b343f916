/** A turn of the key whose connection breaks, whose files fail, or which waits: what it leaves, and what it says. */
import { deskEntities } from '../../src/desk/entities.js';
import { storeCall } from '../../src/intake/store.js';
import { lockTables } from '../../src/keeping/intake-store.js';
import { findPublicKey } from '../../src/keeping/key-store.js';
import type { Desk } from '../../src/keeping/quarter.js';
import { prepareKey, turnKey, type Keeping } from '../../src/keeping/turn.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { affected } from '../../src/platform/statements.js';
import { filesOf, openBooks } from '../attacks/support/books.js';
import { Doom, watchFiles, wayTo } from '../attacks/support/doom.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn, keepingOf, sealBefore } from '../support/keeping.js';
import { until } from '../support/until.js';

const TODAY = '2026-10-20';

let database: TestDatabase;
let logged: string[];
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  logged = [];
});
afterEach(() => database.destroy());

const log = (event: string) => {
  logged.push(event);
};
const take = (day: string, month = day.slice(0, 7)) =>
  storeCall(database.intake, { receipt: aReceipt(), day, month, codes: codesOf(aConversation()) });
const nameOfKey = async () => (await findPublicKey(database.keeper))?.id;

/** Does something over a connection, and with files, that fail once at the given step. */
async function failingAt<Result>(
  step: (what: string) => boolean,
  work: (keeping: Keeping) => Promise<Result>,
): Promise<Result> {
  const doom = new Doom(step, 'stumbles');
  const way = await wayTo(roleUrl(database.installation, 'keeper'), doom);
  const keeper = await connect({ url: way.url, entities: deskEntities, poolSize: 3 });
  const undo = watchFiles(database.keys.path, doom);
  doom.begin();
  try {
    return await work(keepingOf(database, TODAY, { keeper, log }));
  } finally {
    undo();
    await way.end();
    await keeper.destroy();
    expect(doom.met).toBe(true);
  }
}

const sealing = (keeping: Keeping) => sealBefore({ ...database, keeper: keeping.keeper }, TODAY, keeping);
/** Sees the first step that begins so. */
const first = (beginning: string) => (what: string) => what.startsWith(beginning);

/** Sees the COMMIT of the turn: the one after intake was emptied. */
function commitOfTheTurn() {
  let emptied = false;
  return (what: string) => {
    emptied ||= what.startsWith('TRUNCATE intake.call');
    return emptied && what.startsWith('COMMIT');
  };
}

describe('what was committed is said to be done', () => {
  test('where the answer to COMMIT is lost; and the old key is gone at once', async () => {
    await take('2026-10-19');
    const before = await nameOfKey();
    await failingAt(commitOfTheTurn(), sealing);
    const after = await nameOfKey();
    expect(after).not.toBe(before);
    expect(filesOf(database)).toEqual([after]);
    expect((await openBooks(database)).rows).toEqual([]);
  });

  test.each(['stat', 'write', 'rm'])('where the old key withstands %s', async (operation) => {
    await take('2026-10-19');
    // The first `write` on an open file is the one over the old key: a new one is written by `writeFile`.
    await failingAt((what) => what === operation, sealing);
    await prepareKey(keepingOf(database, TODAY));
    expect(filesOf(database)).toEqual([await nameOfKey()]);
    expect((await openBooks(database)).rows).toEqual([]);
  });

  test('where the server does not forget its traces', async () => {
    await failingAt(first('SELECT pg_switch_wal'), sealing);
    expect(logged).toEqual(['traces-kept-till-tomorrow']);
  });
});

test('a transaction that has failed unseen destroys nothing that opens what there is', async () => {
  await take(TODAY);
  const before = await nameOfKey();
  const turn = turnKey(keepingOf(database, TODAY), {
    after: async ({ transaction }) => {
      await affected(transaction, 'SELECT 1 / 0').catch(() => undefined);
    },
  });
  await expect(turn).rejects.toThrow('current transaction is aborted');
  expect(await nameOfKey()).toBe(before);
  expect(filesOf(database)).toEqual([before]);
  expect((await openBooks(database)).rows.map(({ codes }) => codes)).toEqual([
    expect.arrayContaining(codesOf(aConversation())),
  ]);
});

test('a quarter that publishes nothing but its months leaves no counters that nobody can open', async () => {
  const desk: Desk = {
    planOf: () => Promise.resolve({ preset: 'own', rho: 0.5, tables: [{ id: 'month', rows: 'month' }] }),
    vocabularyOf: () => Promise.resolve(vocabulary),
  };
  for (const period of ['2026-10', '2026-11', '2026-12', '2026-Q4'])
    await closeOn(database, '2027-01-10', period, { desk });
  await sealBefore(database, '2027-01-11', { desk });
  expect([...(await openBooks(database)).counters.keys()]).toEqual(['2027-Q1']);
});

test('work that refuses leaves the key as it was, and no other', async () => {
  const before = await nameOfKey();
  const turn = turnKey(keepingOf(database, TODAY), { after: () => Promise.reject(new Error('no')) });
  await expect(turn).rejects.toThrow('no');
  expect(filesOf(database)).toEqual([before]);
});

test('a wait for a dump does not pile up savepoints', async () => {
  const dump = database.owner.createQueryRunner();
  await dump.startTransaction();
  await dump.query('LOCK TABLE intake.call IN ACCESS SHARE MODE');
  let attempts = 0;
  await database.keeper
    .transaction(async (transaction) => {
      const { queryRunner } = transaction;
      if (queryRunner === undefined) throw new Error('A transaction has a connection.');
      const query = queryRunner.query.bind(queryRunner);
      queryRunner.query = (sql: string, ...rest: never[]) => {
        if (sql.startsWith('LOCK TABLE')) attempts += 1;
        return query(sql, ...rest);
      };
      const locked = lockTables(transaction, ['intake.call']);
      await until(() => attempts > 3, 20);
      await dump.rollbackTransaction();
      await dump.release();
      await locked;
      await affected(transaction, 'RELEASE SAVEPOINT before_lock');
      await affected(transaction, 'RELEASE SAVEPOINT before_lock').then(
        () => {
          throw new Error('There is another savepoint.');
        },
        (error: unknown) => {
          expect(String(error)).toMatch('savepoint "before_lock" does not exist');
        },
      );
      throw new Error('enough');
    })
    .catch((error: unknown) => {
      expect(String(error)).toBe('Error: enough');
    });
});
