/** What a login can see of the server that it is logged in to. */
import { z } from 'zod';
import type { Database } from './database.js';
import { lookedAt, type ServerState } from './server-look.js';
import { all, maybeOne, one } from './statements.js';

/** pg_settings leaves out what the login may not see: without pg_read_all_settings, which extensions are loaded. */
async function readSettings(database: Database): Promise<ServerState['settings']> {
  const rows = await all(
    database,
    z.strictObject({ name: z.string(), setting: z.string() }),
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
    [lookedAt],
  );
  return new Map(rows.map(({ name, setting }) => [name, setting]));
}

/** One that ends with its connection belongs to a copy that is being made, or to a standby, which is seen by itself. */
async function countSlots(database: Database): Promise<number> {
  const { slots } = await one(
    database,
    z.strictObject({ slots: z.int() }),
    'SELECT count(*)::int AS slots FROM pg_replication_slots WHERE NOT temporary',
  );
  return slots;
}

/**
 * Who is being fed. A base backup is not: neither the connection that copies the files, nor the one that fetches the log
 * meanwhile. Our own logins may not ask, where the owner could take that away from them (`prepareRoles`).
 */
async function readStandbys(database: Database): Promise<ServerState['standbys']> {
  const { allowed } = await one(
    database,
    z.strictObject({ allowed: z.boolean() }),
    `SELECT has_function_privilege('pg_stat_get_wal_senders()', 'EXECUTE')
       AND has_function_privilege('pg_stat_get_activity(integer)', 'EXECUTE') AS allowed`,
  );
  if (!allowed) return [];
  const rows = await all(
    database,
    z.strictObject({ kind: z.enum(['physical', 'logical']) }),
    `SELECT coalesce(slot.slot_type, 'physical') AS kind
     FROM pg_stat_replication AS sender LEFT JOIN pg_replication_slots AS slot ON slot.active_pid = sender.pid
     WHERE coalesce(sender.state, 'streaming') NOT IN ('startup', 'backup')
       AND sender.application_name IS DISTINCT FROM 'pg_basebackup'`,
  );
  return rows.map(({ kind }) => kind);
}

/** Reads what there is to be seen through this login. */
export async function readServer(database: Database): Promise<ServerState> {
  return {
    settings: await readSettings(database),
    slots: await countSlots(database),
    standbys: await readStandbys(database),
  };
}

/** Where the server's files lie, if it runs on this machine and the login may know; null otherwise. */
export async function readLocalCluster(database: Database): Promise<string | null> {
  const row = await maybeOne(
    database,
    z.strictObject({ directory: z.string() }),
    `SELECT setting AS directory FROM pg_settings WHERE name = 'data_directory'
       AND (inet_client_addr() IS NULL OR inet_client_addr() <<= '127.0.0.0/8' OR inet_client_addr() = '::1')`,
  );
  return row?.directory ?? null;
}
