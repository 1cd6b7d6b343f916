/* What is said of what was read of a server; that it is read is tried in test/faults/server-look.test.ts. */
import { CommandError } from '../../src/platform/command-error.js';
import { findingsOf, warnOfServer, type ServerState } from '../../src/platform/server-look.js';
import { describe, expect, test } from '../support/jest.js';

const named = (settings: Record<string, string>, rest: Partial<ServerState> = {}) =>
  findingsOf({ settings: new Map(Object.entries(settings)), slots: 0, standbys: [], ...rest }).map(
    ({ setting }) => setting,
  );

describe('a value that keeps no more', () => {
  test.each([
    ['log_connections', ['', 'off'], ['on', 'receipt', 'all']],
    ['log_min_messages', ['fatal', 'panic'], ['log', 'error', 'warning']],
    ['log_min_error_statement', ['panic'], ['fatal', 'error']],
    ['archive_mode', ['off'], ['on', 'always']],
    ['wal_level', ['minimal'], ['replica', 'logical']],
    ['synchronous_commit', ['on', 'remote_apply'], ['remote_write', 'local', 'off']],
  ])('%s', (setting: string, quiet: string[], loud: string[]) => {
    for (const value of quiet) expect(named({ [setting]: value })).toEqual([]);
    for (const value of loud) expect(named({ [setting]: value })).toEqual([setting]);
  });
});

test('what the login cannot see is left out', () => {
  expect(named({})).toEqual([]);
});

test('a standby that could take over is to be waited for, a receiver of chosen tables not', () => {
  const unset = { synchronous_standby_names: '' };
  expect(named(unset)).toEqual([]);
  expect(named(unset, { standbys: ['logical'] })).toEqual(['pg_stat_replication']);
  const both = ['pg_stat_replication', 'synchronous_standby_names'];
  expect(named(unset, { standbys: ['logical', 'physical'] })).toEqual(both);
  expect(named({ synchronous_standby_names: 'ANY 1 (a, b)' }, { standbys: ['physical'] })).toEqual([
    'pg_stat_replication',
  ]);
  // Anybody in step would do, a backup that is being made too.
  expect(named({ synchronous_standby_names: '*' })).toEqual(['synchronous_standby_names']);
});

test('each finding is a line; where it is strict, one refusal names them all', () => {
  const lines: unknown[] = [];
  const log = (event: string, facts?: object) => lines.push({ event, ...facts });
  const findings = [
    { setting: 'archive_mode', keeps: 'one thing' },
    { setting: 'wal_level', keeps: 'another' },
  ];
  const said = findings.map((finding) => ({ event: 'server-keeps', ...finding }));
  warnOfServer(findings, { strict: false, log });
  expect(lines.splice(0)).toEqual(said);
  expect(() => {
    warnOfServer(findings, { strict: true, log });
  }).toThrow(CommandError);
  expect(() => {
    warnOfServer(findings, { strict: true, log });
  }).toThrow(/^[^\n]*: archive_mode, wal_level\.[^\n]*$/);
  warnOfServer([], { strict: true, log });
  expect(lines).toEqual([]);
});
