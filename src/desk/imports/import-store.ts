/** The SQL of imports from the web: envelopes for the keeper, and its answers, which this process alone can open. */
import type { DataSource } from 'typeorm';
import { IMPORT_CHANNEL } from '../../platform/import-channel.js';

export interface RequestState {
  readonly state: 'waiting' | 'taken' | 'answered' | 'refused';
  readonly answer: Buffer | null;
}

/** The keeper's public key of the moment; null before its first start. */
export async function readImportKey(desk: DataSource): Promise<Buffer | null> {
  const [row]: { public_key: Buffer }[] = await desk.query('SELECT public_key FROM desk.import_key');
  return row?.public_key ?? null;
}

/** Leaves an envelope for the keeper and wakes it. */
export async function fileImport(desk: DataSource, id: string, envelope: Buffer): Promise<void> {
  await desk.query('INSERT INTO desk.import_request (id, envelope) VALUES ($1, $2)', [id, envelope]);
  await desk.query('SELECT pg_notify($1, $2)', [IMPORT_CHANNEL, '']);
}

/** How a request stands; null when it is gone. */
export async function stateOf(desk: DataSource, id: string): Promise<RequestState | null> {
  const [row]: RequestState[] = await desk.query(
    'SELECT state, answer FROM desk.import_request WHERE id = $1',
    [id],
  );
  return row ?? null;
}

/** Takes a request back that the keeper has not taken up; whether there was one. */
export async function withdrawImport(desk: DataSource, id: string): Promise<boolean> {
  const [, gone]: [unknown, number] = await desk.query(
    `DELETE FROM desk.import_request WHERE id = $1 AND state = 'waiting'`,
    [id],
  );
  return gone > 0;
}

/** Clears away a request that is answered. */
export async function removeImport(desk: DataSource, id: string): Promise<void> {
  await desk.query(`DELETE FROM desk.import_request WHERE id = $1 AND state IN ('answered', 'refused')`, [
    id,
  ]);
}
