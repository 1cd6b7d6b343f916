/**
 * Importing calls over the API. This process can neither read nor write a sealed call: it seals the file, in memory,
 * in an envelope that only the keeper can open, and waits for the answer.
 */
import * as api from '../../contract/api/imports.js';
import {
  importOutcomeSchema,
  type ImportMessage,
  type ImportOrder,
  type ImportOutcome,
  type ImportReport,
} from '../../contract/import.js';
import { fieldMessages, type FieldError } from '../../contract/problem.js';
import type { Database } from '../../platform/database.js';
import { askKeeper, KEEPER_PATIENCE } from '../../platform/keeper-wait.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { fileImport, readImportKey, removeImport, stateOf, withdrawImport } from './import-store.js';

export interface ImportDependencies {
  readonly desk: Database;
  /** How long a file waits for the keeper to take it up. */
  readonly waitMilliseconds?: number;
}

/** An envelope's size tells the files of a year and of ten apart, and no more. */
const LEAST_ENVELOPE = 2 ** 20;

/** Files that one process holds at a time. */
const AT_ONCE = 2;

const unfinished = () => new ProblemError('import-unfinished', { headers: { 'Retry-After': '60' } });

function messageOf(order: ImportOrder, file: string): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(order)}\n`), Buffer.from(file, 'base64')]);
}

/** Hands a message to the keeper; its answer. Throws the problem where there is none. */
async function ask(
  { desk, waitMilliseconds: patience = KEEPER_PATIENCE }: ImportDependencies,
  message: Buffer,
): Promise<ImportOutcome> {
  const mailbox = {
    readKey: () => readImportKey(desk),
    file: (id: string, envelope: Buffer) => fileImport(desk, id, envelope),
    stateOf: (id: string) => stateOf(desk, id),
    withdraw: (id: string) => withdrawImport(desk, id),
    remove: (id: string) => removeImport(desk, id),
  };
  // A file that the keeper stumbles over is not tried again.
  const asking = { least: LEAST_ENVELOPE, patience, unfinished, sendAgain: false };
  const reply = await askKeeper(mailbox, message, asking);
  return importOutcomeSchema.parse(JSON.parse(reply.toString('utf8')));
}

const isCode = (code: string): code is FieldError['code'] => code in fieldMessages;

function reportOf(outcome: ImportOutcome): ImportReport {
  if ('report' in outcome) return outcome.report;
  if ('failed' in outcome) throw new ProblemError('internal');
  const errors = outcome.errors.flatMap(({ path, code }) => (isCode(code) ? [{ path, code }] : []));
  throw new ProblemError('invalid-file', { errors });
}

/** POST /imports, for administrators. */
export function importRoutes(dependencies: ImportDependencies): Route[] {
  let held = 0;
  const importFile = async (
    { file, dryRun, again = false, drop = [] }: ImportMessage,
    requestedBy: string,
  ) => {
    if (held >= AT_ONCE) throw new ProblemError('too-many-requests', { headers: { 'Retry-After': '30' } });
    held += 1;
    try {
      return reportOf(await ask(dependencies, messageOf({ requestedBy, dryRun, again, drop }, file)));
    } finally {
      held -= 1;
    }
  };
  const post = serve(api.importCalls, async ({ body, user }) => ({
    status: 200,
    body: await importFile(body, user.username),
  }));
  return [post];
}
