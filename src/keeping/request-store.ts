/**
 * Requests to the keeper, in the database: envelopes that only its memory can open, and its answers. Files from the web
 * lie in the one table, orders of commands in the other, to which the web has no right.
 */
import { z } from 'zod';
import type { Database, Sql } from '../platform/database.js';
import { affected, all, bytesSchema, maybeOne, notify } from '../platform/statements.js';

export const requestTables = ['desk.import_request', 'sealed.request'] as const;
export type RequestTable = (typeof requestTables)[number];

/** Publishes the keeper's public key of the moment. */
export async function publishRequestKey(keeper: Sql, publicKey: Buffer): Promise<void> {
  await affected(
    keeper,
    `INSERT INTO desk.import_key (public_key) VALUES ($1)
     ON CONFLICT (only_one) DO UPDATE SET public_key = excluded.public_key`,
    [publicKey],
  );
}

/** The keeper's public key of the moment; null before its first start. */
export async function readRequestKey(keeper: Sql): Promise<Buffer | null> {
  const key = await maybeOne(
    keeper,
    z.strictObject({ bytes: bytesSchema }),
    'SELECT public_key AS bytes FROM desk.import_key',
  );
  return key?.bytes ?? null;
}

/** Refuses what a keeper before this one has left: nobody can open it any more. */
export async function refuseLeftOver(keeper: Sql, table: RequestTable): Promise<void> {
  await affected(
    keeper,
    `UPDATE ${table} SET state = 'refused', envelope = NULL WHERE state IN ('waiting', 'taken')`,
  );
}

const takenSchema = z.strictObject({ id: z.string(), envelope: bytesSchema });

/** Takes a request that waits; null when none does. */
export async function takeRequest(
  keeper: Sql,
  table: RequestTable,
): Promise<z.infer<typeof takenSchema> | null> {
  return maybeOne(
    keeper,
    takenSchema,
    `UPDATE ${table} SET state = 'taken' WHERE state = 'waiting'
     AND id = (SELECT id FROM ${table} WHERE state = 'waiting' ORDER BY id LIMIT 1) RETURNING id, envelope`,
  );
}

/** Refuses a request that does not open. */
export async function refuseRequest(keeper: Sql, table: RequestTable, id: string): Promise<void> {
  await affected(
    keeper,
    `UPDATE ${table} SET state = 'refused', envelope = NULL WHERE id = $1 AND state = 'taken'`,
    [id],
  );
}

/** Answers a request that was taken; whether it was still there, unanswered. */
export async function answerRequest(
  keeper: Sql,
  table: RequestTable,
  id: string,
  answer: Buffer,
): Promise<boolean> {
  const count = await affected(
    keeper,
    `UPDATE ${table} SET state = 'answered', envelope = NULL, answer = $2 WHERE id = $1 AND state = 'taken'`,
    [id, answer],
  );
  return count > 0;
}

/** The requests that are done with, and whose answer nobody has fetched. */
export async function unfetchedRequests(keeper: Sql, table: RequestTable): Promise<string[]> {
  const rows = await all(
    keeper,
    z.strictObject({ id: z.string() }),
    `SELECT id FROM ${table} WHERE state IN ('answered', 'refused')`,
  );
  return rows.map(({ id }) => id);
}

/** Clears requests away. */
export async function deleteRequests(
  keeper: Sql,
  table: RequestTable,
  ids: readonly string[],
): Promise<void> {
  await affected(keeper, `DELETE FROM ${table} WHERE id = ANY($1::uuid[])`, [ids]);
}

/** Leaves an order of a command for the keeper, and wakes it. */
export async function fileOrder(
  keeper: Database,
  id: string,
  envelope: Buffer,
  channel: string,
): Promise<void> {
  await affected(keeper, 'INSERT INTO sealed.request (id, envelope) VALUES ($1, $2)', [id, envelope]);
  await notify(keeper, channel);
}

const stateSchema = z.strictObject({ state: z.string(), answer: bytesSchema.nullable() });

/** How an order stands; null when it is gone. */
export async function orderState(keeper: Database, id: string): Promise<z.infer<typeof stateSchema> | null> {
  return maybeOne(keeper, stateSchema, 'SELECT state, answer FROM sealed.request WHERE id = $1', [id]);
}

/** Takes an order back that the keeper has not taken up; whether there was one. */
export async function withdrawOrder(keeper: Database, id: string): Promise<boolean> {
  const statement = `DELETE FROM sealed.request WHERE id = $1 AND state = 'waiting'`;
  return (await affected(keeper, statement, [id])) > 0;
}
