/** Imports from the web in the database: envelopes for the keeper, and its answers, which this process alone can open. */
import { In } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { IMPORT_CHANNEL } from '../../platform/import-channel.js';
import { notify } from '../../platform/statements.js';
import { importKeys, importRequests, type ImportRequest } from '../entities.js';

type RequestState = Pick<ImportRequest, 'state' | 'answer'>;

/** The keeper's public key of the moment; null before its first start. */
export async function readImportKey(desk: Database): Promise<Buffer | null> {
  const key = await desk.getRepository(importKeys).findOneBy({ onlyOne: true });
  return key?.publicKey ?? null;
}

/** Leaves an envelope for the keeper and wakes it. */
export async function fileImport(desk: Database, id: string, envelope: Buffer): Promise<void> {
  await desk.getRepository(importRequests).insert({ id, envelope });
  await notify(desk, IMPORT_CHANNEL);
}

/** How a request stands; null when it is gone. The envelope, which is large, is not read for it. */
export async function stateOf(desk: Database, id: string): Promise<RequestState | null> {
  return desk.getRepository(importRequests).findOne({
    select: { id: true, state: true, answer: true },
    where: { id },
  });
}

/** Takes a request back that the keeper has not taken up; whether there was one. */
export async function withdrawImport(desk: Database, id: string): Promise<boolean> {
  const { affected } = await desk.getRepository(importRequests).delete({ id, state: 'waiting' });
  return affected === 1;
}

/** Clears away a request that is answered. */
export async function removeImport(desk: Database, id: string): Promise<void> {
  await desk.getRepository(importRequests).delete({ id, state: In(['answered', 'refused']) });
}
