/**
 * What stays on disk. A cluster with the settings of production, planted rare calls, and every file of the data
 * directory searched for their bytes: tables, catalogue, write-ahead log, temporary files, the server's log.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl, type Installation } from '../../src/platform/installation.js';
import { deskEntities } from '../../src/desk/entities.js';
import { importRoutes } from '../../src/desk/imports/routes.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { standingClock } from '../support/database.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { ownInstallation, type OwnInstallation } from '../support/installation.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { columns, csvOf } from './import-support.js';

const plan = presetPlan('medium');
const desk = { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) };

const rare = [
  aConversation({
    channel: 'voicemail',
    concern: 'leave',
    environment: 'fixation',
    relation: 'civil_society',
    area: 'SE214',
    gender: 'other',
  }),
  aConversation({
    channel: 'email',
    concern: 'targeted',
    environment: 'mixed',
    relation: 'police_prison',
    area: 'SE322',
    gender: 'other',
  }),
  aConversation({
    channel: 'callback',
    concern: 'travel',
    environment: 'left',
    relation: 'relative',
    area: 'SE332',
    gender: 'other',
  }),
];

/** The bytes of an array of small integers as PostgreSQL lays it out. */
const bytesOf = (codes: readonly number[]) => Buffer.from(Int16Array.from(codes).buffer);
const planted = rare.map((answers) => bytesOf(codesOf(answers)));

let own: OwnInstallation;
let dataDir: string;
let installation: Installation;
let intake: DataSource;
let keeper: DataSource;

beforeAll(async () => {
  own = await ownInstallation();
  ({ dataDir, installation } = own);
  intake = await connect({ url: roleUrl(installation, 'intake') });
  keeper = await connect({ url: roleUrl(installation, 'keeper') });
});
afterAll(async () => {
  await Promise.all([intake.destroy(), keeper.destroy()]);
  await own.remove();
});

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isDirectory() === true) yield* filesBelow(path);
    else if (entry?.isFile() === true) yield path;
  }
}

/** The files, relative to the data directory, that hold any of these bytes. */
function filesWith(patterns: readonly Buffer[]): string[] {
  return [...filesBelow(dataDir)]
    .filter((path) => {
      const bytes = readFileSync(path);
      return patterns.some((pattern) => bytes.includes(pattern));
    })
    .map((path) => path.slice(dataDir.length + 1));
}

const pathOf = async (table: string): Promise<string> => {
  const [row]: { path: string }[] = await keeper.query('SELECT pg_relation_filepath($1::regclass) AS path', [
    table,
  ]);
  return join('postgres', row?.path ?? 'none');
};

const hashes: Buffer[] = [];
let sealedPatterns: Buffer[] = [];

describe('on disk', () => {
  test('before the night, the search finds the planted calls in intake and in the write-ahead log', async () => {
    for (const answers of rare) {
      const receipt = aReceipt();
      hashes.push(createHash('sha256').update(receipt).digest());
      await storeCall(intake, { receipt, day: '2026-10-05', month: '2026-10', codes: codesOf(answers) });
    }
    const withdrawn = aReceipt();
    await storeCall(intake, {
      receipt: withdrawn,
      day: '2026-10-05',
      month: '2026-10',
      codes: codesOf(rare[0] ?? {}),
    });
    await withdrawCall(intake, withdrawn);
    await keeper.query('CHECKPOINT');
    const found = filesWith(planted);
    expect(found).toContain(await pathOf('intake.call'));
    expect(found.some((path) => path.startsWith(join('postgres', 'pg_wal')))).toBe(true);
  });

  test('after the seal, the whole calls are nowhere; what the plan keeps is in the sealed table alone', async () => {
    await seal(keeper, desk, '2026-10-06', '2026-10-06');
    expect(filesWith(planted)).toEqual([]);
    const rows: { codes: number[] }[] = await keeper.query('SELECT codes FROM sealed.calls_2026_10');
    expect(rows).toHaveLength(rare.length);
    sealedPatterns = rows.map(({ codes }) => bytesOf(codes));
    // With checksums the first read of a page logs a picture of it, so this test's own look goes into the log;
    // nothing reads a sealed table between two nights. The next night, with nothing to seal, clears it away.
    await seal(keeper, desk, '2026-10-06', '2026-10-06');
    expect(filesWith(sealedPatterns)).toEqual([await pathOf('sealed.calls_2026_10')]);
  });

  test('after more nights and an aborted seal, there is still but one copy', async () => {
    for (const day of ['2026-10-07', '2026-10-08']) {
      await storeCall(intake, {
        receipt: aReceipt(),
        day,
        month: '2026-10',
        codes: codesOf(aConversation()),
      });
      await seal(keeper, desk, '2026-10-09', '2026-10-09');
    }
    const broken = { ...desk, planOf: () => Promise.reject(new Error('the desk is away')) };
    await storeCall(intake, {
      receipt: aReceipt(),
      day: '2027-01-05',
      month: '2027-01',
      codes: codesOf(aConversation()),
    });
    await expect(seal(keeper, broken, '2027-01-06', '2027-01-06')).rejects.toThrow('the desk is away');
    await seal(keeper, desk, '2027-01-06', '2027-01-06');
    expect(filesWith(sealedPatterns)).toEqual([await pathOf('sealed.calls_2026_10')]);
  });

  test('after the close, no code and no receipt of a call is left in any file', async () => {
    const options = {
      keeper,
      desk,
      today: '2027-01-20',
      actor: 'keeper' as const,
      forgetDraws: () => Promise.resolve(),
    };
    await close(options, '2026-Q4');
    await seal(keeper, desk, '2027-01-20', '2027-01-20');
    expect(filesWith([...planted, ...sealedPatterns])).toEqual([]);
    expect(filesWith(hashes)).toEqual([]);
  });

  test('a file that came by way of the web is nowhere, neither on its way nor afterwards', async () => {
    const clock = standingClock('2027-01-20T10:00:00Z');
    const pool = await connect({ url: roleUrl(installation, 'desk'), entities: deskEntities });
    const mark = 'a mark that stands in no other place';
    const file = csvOf(
      rare.map((answers) => ({ month: '2017-05', answers: { ...answers, note: mark } })),
      '\n',
      [...columns, 'note'],
    );
    const body = importOf(file, false, ['note']);
    const rows = file.trimEnd().split('\n').slice(1);
    const traces = [mark, ...rows, body.file.slice(200, 260)].map((text) => Buffer.from(text));
    // The answer is a trace too: it has an exact number of calls.
    const answer = Buffer.from('{"report":');
    const imports = importsOf({ keeper }, clock);
    await imports.begin();
    const [route] = importRoutes({ desk: pool });
    const user = { username: 'administrator', role: 'administrator', locale: 'sv' } as const;
    const reply = route?.handle({ user, locale: 'sv', request: {}, body } as never);
    await untilFiled({ owner: pool });
    const [request]: { envelope: Buffer }[] = await pool.query('SELECT envelope FROM desk.import_request');
    await keeper.query('CHECKPOINT');
    // What crosses is there to be found, and cannot be read.
    expect(filesWith([request?.envelope.subarray(100_000, 100_064) ?? Buffer.alloc(1)])).not.toEqual([]);
    expect(filesWith([...traces, answer])).toEqual([]);
    await imports.handle();
    expect((await reply)?.body).toEqual({ rows: rare.length, months: ['2017-05'], reduced: 0 });
    expect(filesWith([...traces, answer, ...planted])).toEqual([]);
    const [table]: { calls: number }[] = await keeper.query(
      'SELECT count(*)::int AS calls FROM sealed.calls_2017_05',
    );
    expect(table?.calls).toBe(rare.length);
    expect(await pool.query('SELECT id FROM desk.import_request')).toEqual([]);
    await pool.destroy();
  });

  test("the server's log says nothing of any of it", () => {
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).not.toMatch(/intake|sealed|receipt|codes/);
  });
});
