/**
 * The tables of schema `desk`, as the migrations make them: what TypeORM's repositories work with, and the data model
 * to read. What each column is for, and when it goes, says docs/data-inventory.md. Defaults are the database's own.
 */
import { EntitySchema, EntitySchemaOptions, type EntitySchemaColumnOptions } from 'typeorm';
import type { Day, Month, Quarter } from '../contract/period.js';
import type { User } from '../contract/session.js';

type Columns<Row> = { readonly [Column in keyof Row]-?: EntitySchemaColumnOptions };

function table<Row>(name: string, columns: Columns<Row>): EntitySchema<Row> {
  const options = { name, tableName: name, schema: 'desk', columns };
  return new EntitySchema<Row>(Object.assign(new EntitySchemaOptions<Row>(), options));
}

export interface Account extends User {
  /** Null until an invitation is accepted. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
}

export const accounts = table<Account>('account', {
  username: { type: 'text', primary: true },
  role: { type: 'text' },
  passwordHash: { type: 'text', name: 'password_hash', nullable: true },
  locale: { type: 'text' },
  disabled: { type: 'boolean' },
});

interface Session {
  readonly tokenHash: Buffer;
  readonly username: string;
  readonly renewBefore: Date;
  readonly endsAt: Date;
}

export const sessions = table<Session>('session', {
  tokenHash: { type: 'bytea', name: 'token_hash', primary: true },
  username: { type: 'text' },
  renewBefore: { type: 'timestamptz', name: 'renew_before', precision: 0 },
  endsAt: { type: 'timestamptz', name: 'ends_at', precision: 0 },
});

interface Invitation {
  readonly tokenHash: Buffer;
  readonly username: string;
  readonly validBefore: Date;
}

export const invitations = table<Invitation>('invitation', {
  tokenHash: { type: 'bytea', name: 'token_hash', primary: true },
  username: { type: 'text' },
  validBefore: { type: 'timestamptz', name: 'valid_before', precision: 0 },
});

interface SignInFailure {
  readonly nameHash: Buffer;
  /** The earliest first. */
  readonly failedAt: readonly Date[];
}

export const signInFailures = table<SignInFailure>('sign_in_failure', {
  nameHash: { type: 'bytea', name: 'name_hash', primary: true },
  failedAt: { type: 'timestamptz', name: 'failed_at', precision: 0, array: true },
});

interface TwoFactorSecrets {
  readonly username: string;
  /** In force; null before the first code. */
  readonly secret: Buffer | null;
  /** Waits for its first code. */
  readonly pending: Buffer | null;
}

export const twoFactors = table<TwoFactorSecrets>('two_factor', {
  username: { type: 'text', primary: true },
  secret: { type: 'bytea', nullable: true },
  pending: { type: 'bytea', nullable: true },
});

interface RecoveryCode {
  readonly codeHash: Buffer;
  readonly username: string;
}

export const recoveryCodes = table<RecoveryCode>('recovery_code', {
  codeHash: { type: 'bytea', name: 'code_hash', primary: true },
  username: { type: 'text' },
});

interface UsedCode {
  readonly username: string;
  /** A bigint, which the driver gives as text. */
  readonly step: string;
}

const usedCodes = table<UsedCode>('used_code', {
  username: { type: 'text', primary: true },
  step: { type: 'bigint', primary: true },
});

interface VocabularyVersion {
  readonly version: number;
  readonly fromQuarter: Quarter;
  readonly document: unknown;
}

const vocabularies = table<VocabularyVersion>('vocabulary', {
  version: { type: 'integer', primary: true },
  fromQuarter: { type: 'text', name: 'from_quarter', unique: true },
  document: { type: 'jsonb' },
});

interface SetPlan {
  readonly quarter: Quarter;
  readonly plan: object;
}

export const plans = table<SetPlan>('plan', {
  quarter: { type: 'text', primary: true },
  plan: { type: 'jsonb' },
});

interface BegunQuarter {
  readonly quarter: Quarter;
}

export const begunQuarters = table<BegunQuarter>('begun_quarter', {
  quarter: { type: 'text', primary: true },
});

interface Organisation {
  readonly id: string;
  /** Null for one that was removed. */
  readonly document: object | null;
}

export const organisations = table<Organisation>('organisation', {
  id: { type: 'text', primary: true },
  document: { type: 'jsonb', nullable: true },
});

interface UnansweredCalls {
  readonly month: Month;
  readonly calls: number;
}

export const unanswered = table<UnansweredCalls>('unanswered', {
  month: { type: 'text', primary: true },
  calls: { type: 'integer' },
});

export interface Setting {
  readonly name: 'organisation' | 'open-releases';
  readonly value: string;
}

export const settings = table<Setting>('setting', {
  name: { type: 'text', primary: true },
  value: { type: 'text' },
});

interface Event {
  /** A bigint, which the driver gives as text. */
  readonly id: string;
  readonly day: Day;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string | null;
}

export const events = table<Event>('event', {
  id: { type: 'bigint', primary: true },
  day: { type: 'date' },
  actor: { type: 'text' },
  kind: { type: 'text' },
  subject: { type: 'text', nullable: true },
});

interface ReleaseRequest {
  readonly period: string;
  readonly revision: number;
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly forewordSv: string | null;
  readonly forewordEn: string | null;
}

const releaseRequests = table<ReleaseRequest>('release_request', {
  period: { type: 'text', primary: true },
  revision: { type: 'integer', primary: true },
  reason: { type: 'text', nullable: true },
  requestedBy: { type: 'text', name: 'requested_by' },
  forewordSv: { type: 'text', name: 'foreword_sv', nullable: true },
  forewordEn: { type: 'text', name: 'foreword_en', nullable: true },
});

interface ImportKey {
  /** True, so that there is one row at most. */
  readonly onlyOne: boolean;
  readonly publicKey: Buffer;
}

export const importKeys = table<ImportKey>('import_key', {
  onlyOne: { type: 'boolean', name: 'only_one', primary: true },
  publicKey: { type: 'bytea', name: 'public_key' },
});

export interface ImportRequest {
  readonly id: string;
  readonly state: 'waiting' | 'taken' | 'answered' | 'refused';
  readonly envelope: Buffer | null;
  readonly answer: Buffer | null;
}

export const importRequests = table<ImportRequest>('import_request', {
  id: { type: 'uuid', primary: true },
  state: { type: 'text' },
  envelope: { type: 'bytea', nullable: true },
  answer: { type: 'bytea', nullable: true },
});

/** All of them, for `connect`. */
export const deskEntities: readonly EntitySchema[] = [
  ...[accounts, sessions, invitations, signInFailures, twoFactors, recoveryCodes, usedCodes],
  ...[vocabularies, plans, begunQuarters, organisations, unanswered, settings, events],
  ...[releaseRequests, importKeys, importRequests],
];
