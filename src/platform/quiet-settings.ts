/**
 * PostgreSQL's settings that decide what a server keeps beside the rows, and on which it stands that a call which was
 * answered 201 survives a power cut. One list: the embedded server is started with it, and every server is looked at
 * with it. The names are PostgreSQL's; a server that has not got one of them, being older, keeps nothing by it.
 */

/** One setting and the value with which nothing has to be said of it. */
export interface QuietSetting {
  readonly value: string;
  /** Values that are as good, and other spellings: of another version, or of another operator. */
  readonly also?: readonly string[];
  /** What a server keeps with any other value, now that contents are sealed. */
  readonly keeps: string;
}

type QuietSettings = Readonly<Record<string, QuietSetting>>;

/** What the write-ahead log tells: every change with the moment of its commit. */
export const TOLD_BY_THE_LOG = 'when calls were saved, how many, and who was signed in';

const EXTENSIONS =
  'whatever the extensions keep that it loads: pg_stat_statements, how often calls were saved';
const A_LINE_A_STATEMENT = 'a line for each statement, and so when calls were saved';

/**
 * Nothing of this holds an answer of a call. An error's first line can quote its input ("invalid input syntax ..."), and
 * start-up lines give the time of the last checkpoint, which dates activity on a quiet line: only what ends a connection
 * or the server is to be written, without a time or a process.
 */
export const quietSettings: QuietSettings = {
  wal_level: {
    value: 'minimal',
    keeps: `a write-ahead log that can be archived and sent to other servers: ${TOLD_BY_THE_LOG}`,
  },
  wal_recycle: {
    value: 'off',
    keeps: `old files of the write-ahead log until they are written over: ${TOLD_BY_THE_LOG}`,
  },
  track_commit_timestamp: { value: 'off', keeps: 'when each row was written, to the microsecond' },
  archive_mode: { value: 'off', keeps: `every file of the write-ahead log: ${TOLD_BY_THE_LOG}` },

  shared_preload_libraries: { value: '', keeps: EXTENSIONS },
  session_preload_libraries: { value: '', keeps: EXTENSIONS },
  local_preload_libraries: { value: '', keeps: EXTENSIONS },

  log_destination: {
    value: 'stderr',
    keeps: 'log lines that are dated whatever log_line_prefix says',
  },
  log_line_prefix: { value: '', keeps: 'with each log line when it was written, and by which process' },
  log_min_messages: {
    value: 'fatal',
    also: ['panic'],
    keeps: 'log lines about errors and warnings, and when they were',
  },
  log_min_error_statement: { value: 'panic', keeps: 'the statements that failed' },
  log_error_verbosity: {
    value: 'terse',
    keeps: "the details of an error, the fingerprint of a call's receipt among them",
  },
  log_checkpoints: {
    value: 'off',
    keeps: 'when checkpoints were made, which on a quiet line is when calls were saved',
  },
  // A list from version 18 on, and yes or no before.
  log_connections: {
    value: '',
    also: ['off', 'false', 'no', '0'],
    keeps: 'when Tyst connected to the database, and from where',
  },
  log_disconnections: { value: 'off', keeps: 'when Tyst was connected to the database, and for how long' },
  log_hostname: { value: 'off', keeps: 'the names of the machines that connect' },
  log_statement: {
    value: 'none',
    keeps: `statements: ${TOLD_BY_THE_LOG}`,
  },
  log_duration: { value: 'off', keeps: A_LINE_A_STATEMENT },
  log_min_duration_statement: {
    value: '-1',
    keeps: `the statements that take so long: ${TOLD_BY_THE_LOG}`,
  },
  log_min_duration_sample: {
    value: '-1',
    keeps: `a part of the statements that take so long: ${TOLD_BY_THE_LOG}`,
  },
  log_transaction_sample_rate: {
    value: '0',
    keeps: `the statements of a part of all transactions: ${TOLD_BY_THE_LOG}`,
  },
  log_parameter_max_length: {
    value: '0',
    keeps: "with each statement that is logged its values, the fingerprint of a call's receipt among them",
  },
  log_parameter_max_length_on_error: {
    value: '0',
    keeps: "with each statement that failed its values, the fingerprint of a call's receipt among them",
  },
  log_statement_stats: { value: 'off', keeps: A_LINE_A_STATEMENT },
  log_parser_stats: { value: 'off', keeps: A_LINE_A_STATEMENT },
  log_planner_stats: { value: 'off', keeps: A_LINE_A_STATEMENT },
  log_executor_stats: { value: 'off', keeps: A_LINE_A_STATEMENT },
  log_autovacuum_min_duration: {
    value: '-1',
    keeps: 'when tables were cleaned up, and how many rows had come and gone',
  },
  log_lock_waits: { value: 'off', keeps: 'when one statement waited for another' },
  log_lock_failures: { value: 'off', keeps: 'when a statement did not get a lock' },
  log_temp_files: { value: '-1', keeps: 'when a statement wrote a temporary file, and how large' },
  log_replication_commands: { value: 'off', keeps: 'when copies of the server were made and fed' },
  log_recovery_conflict_waits: { value: 'off', keeps: 'when a standby waited for its readers' },
};

/** What a reply 201 stands on. */
export const durableSettings: QuietSettings = {
  fsync: {
    value: 'on',
    keeps: 'less than was promised: in a power cut saved calls are lost, or the whole database',
  },
  full_page_writes: {
    value: 'on',
    keeps: 'less than was promised: in a power cut tables are damaged',
  },
  synchronous_commit: {
    value: 'on',
    also: ['remote_apply'],
    keeps:
      'less than was promised: the calls saved last are lost in a power cut, or where a standby takes over',
  },
};

/** The values by name, as a server is given them. */
export const valuesOf = (settings: QuietSettings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
