import { durableSettings, quietSettings, valuesOf } from '../quiet-settings.js';

/*
 * The server's settings, given on its command line: nothing that is left in a file from an earlier version,
 * and no ALTER SYSTEM, comes before them. None of them is a secret.
 */
const ALWAYS: Record<string, string> = {
  // What a restored disk or the server's own log would tell.
  ...valuesOf(quietSettings),
  max_wal_senders: '0',
  wal_skip_threshold: '0',
  min_wal_size: '32MB',
  logging_collector: 'off',

  // Who does what this instant: query texts in pg_stat_activity, and the word INSERT in the list of
  // processes, which every user of the machine can read.
  track_activities: 'off',
  update_process_title: 'off',

  // Modest: the largest table holds a day's calls. Sorts that fit in memory leave no temporary file.
  shared_buffers: '64MB',
  work_mem: '32MB',
  maintenance_work_mem: '64MB',
  max_connections: '60',
  jit: 'off',
};

const DURABLE = valuesOf(durableSettings);
const FOR_TESTS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Where the server listens: a socket directory, as the server sees it, or null for TCP on 127.0.0.1 (Windows). */
export interface Listening {
  socketDirectory: string | null;
  port: number;
}

/**
 * The server's command line after the program's name.
 * @param marker told to the server as its cluster name, so that its process can be recognised later
 */
export function serverArguments(
  cluster: string,
  marker: string,
  listening: Listening,
  fsync: boolean,
): string[] {
  const { socketDirectory } = listening;
  const settings: Record<string, string> = {
    ...ALWAYS,
    ...(fsync ? DURABLE : FOR_TESTS),
    cluster_name: marker,
    port: String(listening.port),
    listen_addresses: socketDirectory === null ? '127.0.0.1' : '',
    unix_socket_directories: socketDirectory === null ? '' : quoted(socketDirectory),
    unix_socket_permissions: '0700',
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The setting is a list: a comma or a space in a path would split it. */
function quoted(directory: string): string {
  return `"${directory.replaceAll('"', '""')}"`;
}
