/**
 * The look at a PostgreSQL server: what it keeps beside the rows, by the names of its own settings. The contents of calls
 * are sealed wherever they are copied to; what is left is when they were saved, how many, and who was signed in.
 */
import { CommandError } from './command-error.js';
import type { Log } from './log.js';
import { durableSettings, quietSettings, TOLD_BY_THE_LOG, type QuietSetting } from './quiet-settings.js';

/** Something that a server keeps. */
export interface Finding {
  /** PostgreSQL's name of the setting, or of the view that shows it. */
  readonly setting: string;
  /** In words that go on after "it keeps". */
  readonly keeps: string;
}

/** What a login can see of a server. */
export interface ServerState {
  /** Values by name, as the session has them: those of the role and of the database come before the server's own. */
  readonly settings: ReadonlyMap<string, string>;
  /** How many replication slots there are that outlive their connection. */
  readonly slots: number;
  /** Who is fed with the write-ahead log: servers that could take over, and receivers of chosen tables. */
  readonly standbys: readonly ('physical' | 'logical')[];
}

/** All that is looked at and has one value with which nothing has to be said. */
const looked = Object.entries({ ...quietSettings, ...durableSettings });

/** The settings of which `readServer` is to tell. */
export const lookedAt: readonly string[] = [...looked.map(([name]) => name), 'synchronous_standby_names'];

const isQuiet = ({ value, also = [] }: QuietSetting, found: string): boolean =>
  [value, ...also].includes(found);

/** What a server keeps. A setting that the login cannot see, or that the server's version has not got, is left out. */
export function findingsOf({ settings, slots, standbys }: ServerState): Finding[] {
  const findings = looked.flatMap(([setting, quiet]): Finding[] => {
    const found = settings.get(setting);
    return found === undefined || isQuiet(quiet, found) ? [] : [{ setting, keeps: quiet.keeps }];
  });
  if (slots > 0)
    findings.push({
      setting: 'pg_replication_slots',
      keeps: `the write-ahead log until it is fetched: ${TOLD_BY_THE_LOG}`,
    });
  if (standbys.length > 0)
    findings.push({
      setting: 'pg_stat_replication',
      keeps: `a second copy of the rows and of the write-ahead log: ${TOLD_BY_THE_LOG}`,
    });
  if (standbys.includes('physical') && settings.get('synchronous_standby_names') === '')
    findings.push({
      setting: 'synchronous_standby_names',
      keeps:
        'no standby in step: one that takes over may be older than the key of the night, so that the running quarters begin anew',
    });
  // Tried: while a base backup was made, commits waited for that alone.
  if (settings.get('synchronous_standby_names') === '*')
    findings.push({
      setting: 'synchronous_standby_names',
      keeps: 'any connection that fetches the log in step, also a backup: name the standbys',
    });
  return findings;
}

/** Says each finding. Throws CommandError that names them all where `strict` allows none. */
export function warnOfServer(
  findings: readonly Finding[],
  { strict, log }: { readonly strict: boolean; readonly log: Log },
): void {
  if (findings.length === 0) return;
  if (!strict) {
    for (const { setting, keeps } of findings) log('server-keeps', { setting, keeps });
    return;
  }
  const names = findings.map(({ setting }) => setting).join(', ');
  throw new CommandError(
    `The database server keeps more than TYST_STRICT allows: ${names}. Set them as docs/operations.md says, or leave TYST_STRICT out.`,
  );
}
