/**
 * What stays on disk. A cluster with the settings of production, planted rare calls, and every file of the data
 * directory searched for their bytes: tables, catalogue, write-ahead log, temporary files, the server's log, the keys.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { packCall } from '../../src/contract/call.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../src/intake/store.js';
import type { KeyDirectory } from '../../src/platform/key-directory.js';
import { prepareKey, type Keeping } from '../../src/keeping/turn.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl, type Installation } from '../../src/platform/installation.js';
import { deskEntities } from '../../src/desk/entities.js';
import { importRoutes } from '../../src/desk/imports/routes.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { standingClock } from '../support/database.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { ownInstallation, type OwnInstallation } from '../support/installation.js';
import { sum } from '../support/discrete-gaussian.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn, keepingOf, sealBefore } from '../support/keeping.js';
import { begunCounters, countedBetween, namedKey, openedCounters } from '../support/opened.js';
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

/** A call's numbers as PostgreSQL lays out an array of small integers, as a call is packed, and as JSON. */
const planted = rare.flatMap((answers) => {
  const codes = codesOf(answers);
  return [
    Buffer.from(Int16Array.from(codes).buffer),
    Buffer.from(packCall(codes)).subarray(1, 1 + 2 * codes.length),
    Buffer.from(codes.join(',')),
  ];
});

let own: OwnInstallation;
let dataDir: string;
let installation: Installation;
let intake: DataSource;
let keeper: DataSource;
let keys: KeyDirectory;
const sealOn = (day: string, change: Partial<Keeping> = { desk }) =>
  sealBefore({ keeper, keys }, day, change);

beforeAll(async () => {
  own = await ownInstallation();
  ({ dataDir, installation } = own);
  intake = await connect({ url: roleUrl(installation, 'intake') });
  keeper = await connect({ url: roleUrl(installation, 'keeper') });
  keys = { path: join(dataDir, 'night'), named: false };
  await prepareKey(keepingOf({ keeper, keys }, '2026-10-05', { desk }));
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
const envelopes = async (): Promise<Buffer[]> => {
  const rows: { envelope: Buffer }[] = await keeper.query('SELECT envelope FROM intake.call');
  return rows.map(({ envelope }) => envelope.subarray(40, 140));
};
const night = async () => {
  const { id, privateBytes } = await namedKey({ keeper, keys });
  return [privateBytes, Buffer.from(privateBytes.toString('base64url')), Buffer.from(id)];
};

async function put(day: string, answers = aConversation()): Promise<string> {
  const receipt = aReceipt();
  hashes.push(createHash('sha256').update(receipt).digest());
  await storeCall(intake, { receipt, day, month: day.slice(0, 7), codes: codesOf(answers) });
  return receipt;
}

/** What the files held of a day, to be looked for later: envelopes, and the key that opens them. */
const ofTheDay: Buffer[] = [];

describe('on disk', () => {
  test('during the day, no code is in any file; the search finds the envelopes in intake and in the log', async () => {
    for (const answers of rare) await put('2026-10-05', answers);
    await withdrawCall(intake, await put('2026-10-05', rare[0]));
    await keeper.query('CHECKPOINT');
    const sealed = await envelopes();
    expect(sealed).toHaveLength(rare.length);
    const found = filesWith(sealed);
    expect(found).toContain(await pathOf('intake.call'));
    expect(found.some((path) => path.startsWith(join('postgres', 'pg_wal')))).toBe(true);
    const [privateBytes = Buffer.alloc(0), text = Buffer.alloc(0), id = Buffer.alloc(0)] = await night();
    expect(filesWith([text])).toEqual([join('night', id.toString())]);
    expect(filesWith([privateBytes])).toEqual([]);
    expect(filesWith(planted)).toEqual([]);
    ofTheDay.push(...sealed, privateBytes, text);
  });

  test('after the seal, envelopes and key are nowhere, and no count is', async () => {
    const before = await begunCounters({ keeper, keys }, '2026-10-05', '2026-Q4', { desk });
    await sealOn('2026-10-06');
    expect(filesWith([...planted, ...ofTheDay])).toEqual([]);
    const after = await openedCounters({ keeper, keys }, '2026-Q4');
    const counted = countedBetween(before, after)['channel'] ?? [];
    expect(sum(counted.flat())).toBe(rare.length);
    // In the order of the blob, without their lock.
    const plain = [before, after].map(({ values }) => {
      const bytes = Buffer.alloc(8 * values.size);
      for (const [place, value] of [...values.values()].entries())
        bytes.writeBigInt64BE(BigInt(value), 8 * place);
      return bytes.subarray(0, 160);
    });
    expect(filesWith(plain)).toEqual([]);
  });

  test('after more nights and an aborted seal, there is nothing either, and one key', async () => {
    for (const day of ['2026-10-07', '2026-10-08']) {
      await put(day);
      ofTheDay.push(...(await envelopes()), ...(await night()).slice(0, 2));
      await sealOn('2026-10-09');
    }
    const broken = { ...desk, planOf: () => Promise.reject(new Error('the desk is away')) };
    await put('2027-01-05');
    ofTheDay.push(...(await envelopes()), ...(await night()).slice(0, 2));
    await expect(sealOn('2027-01-06', { desk: broken })).rejects.toThrow('the desk is away');
    expect(readdirSync(keys.path)).toHaveLength(1);
    await sealOn('2027-01-06');
    expect(filesWith([...planted, ...ofTheDay])).toEqual([]);
    expect(readdirSync(keys.path)).toHaveLength(1);
  });

  test('after the close and two weeks, no receipt of a call is left in any file', async () => {
    expect(filesWith(hashes)).not.toEqual([]);
    await closeOn({ keeper, keys }, '2027-01-20', '2026-Q4', { desk });
    await sealOn('2027-01-20');
    expect(filesWith([...planted, ...ofTheDay])).toEqual([]);
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
    const before = await begunCounters({ keeper, keys }, '2027-01-20', '2017-Q2');
    const imports = importsOf({ keeper, keys }, clock);
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
    const counted = countedBetween(before, await openedCounters({ keeper, keys }, '2017-Q2'));
    expect(sum(counted['concern-top']?.flat() ?? [])).toBe(rare.length);
    expect(await pool.query('SELECT id FROM desk.import_request')).toEqual([]);
    await pool.destroy();
  });

  test("the server's log says nothing of any of it", () => {
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).not.toMatch(/intake|sealed|receipt|codes|envelope/);
  });
});
