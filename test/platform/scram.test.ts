/* A verifier that is worked out here is the one that the server would have made. */
import pg from 'pg';
import { scramVerifier } from '../../src/platform/scram.js';
import { freshDatabase } from '../support/database.js';
import { expect, test } from '../support/jest.js';

test('the example of RFC 7677', () => {
  expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('no two are alike, and no password of a login is in a statement', async () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
  const database = await freshDatabase();
  try {
    const { prepareRoles, passwordOf, loginOf, roleNames } = await import('../../src/platform/roles.js');
    const { databaseOf } = await import('../../src/platform/database.js');
    const { ownerUrl, secret } = database.installation;
    const statements: string[] = [];
    const real = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query');
    const query: unknown = real?.value;
    if (real === undefined || typeof query !== 'function') throw new Error('pg asks in another way.');
    const heard = function (this: pg.Client, ...given: unknown[]): unknown {
      statements.push(typeof given[0] === 'string' ? given[0] : JSON.stringify(given[0]));
      return Reflect.apply(query, this, given);
    };
    Object.defineProperty(pg.Client.prototype, 'query', { ...real, value: heard });
    try {
      await prepareRoles(database.owner, secret);
    } finally {
      Object.defineProperty(pg.Client.prototype, 'query', real);
    }
    const said = statements.join('\n');
    expect(said).toMatch(/ROLE "\w+_keeper" LOGIN/);
    for (const role of roleNames)
      expect(said).not.toContain(passwordOf(secret, loginOf(databaseOf(ownerUrl), role)));
  } finally {
    await database.destroy();
  }
});
