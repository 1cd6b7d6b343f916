/**
 * Importing calls over the API. This process can neither read nor write a sealed call: it seals the file, in memory,
 * in an envelope that only the keeper can open, and waits for the answer.
 */
import { randomUUID } from 'node:crypto';
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
import { sealEnvelope } from '../../platform/envelope.js';
import { KEEPER_PATIENCE, keeperSilent, waitForKeeper } from '../../platform/keeper-wait.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import {
  fileImport,
  readImportKey,
  removeImport,
  stateOf,
  withdrawImport,
  type RequestState,
} from './import-store.js';

export interface ImportDependencies {
  readonly desk: Database;
  /** How long a file waits for the keeper to take it up. */
  readonly waitMilliseconds?: number;
}

/** For the keeper to be done with a file that it has taken up. */
const LONGEST_IMPORT = 600_000;

/** An envelope's size tells the files of a year and of ten apart, and no more. */
const LEAST_ENVELOPE = 2 ** 20;

/** How often a file is sealed anew, because the keeper's key has changed meanwhile. */
const ATTEMPTS = 3;

/** Files that one process holds at a time. */
const AT_ONCE = 2;

const unfinished = () => new ProblemError('import-unfinished', { headers: { 'Retry-After': '60' } });

function messageOf(order: ImportOrder, file: string): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(order)}\n`), Buffer.from(file, 'base64')]);
}

const isDone = ({ state }: RequestState): boolean => state === 'answered' || state === 'refused';

/** Waits until a request is answered or refused. Throws the problem when that takes too long; then it is withdrawn. */
function waitForImport({ desk, waitMilliseconds = KEEPER_PATIENCE }: ImportDependencies, id: string) {
  let wasTaken = false;
  return waitForKeeper(async (waited) => {
    const found = await stateOf(desk, id);
    if (found === null) throw unfinished();
    if (isDone(found)) return { answer: found.answer, wasTaken };
    wasTaken ||= found.state === 'taken';
    if (!wasTaken && waited >= waitMilliseconds && (await withdrawImport(desk, id))) throw keeperSilent();
    if (waited >= LONGEST_IMPORT) throw unfinished();
    return null;
  }, waitMilliseconds);
}

/** Hands a message to the keeper; its answer. Throws the problem where there is none. */
async function ask(dependencies: ImportDependencies, message: Buffer): Promise<ImportOutcome> {
  const { desk } = dependencies;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = await readImportKey(desk);
    if (key === null) throw keeperSilent();
    const id = randomUUID();
    const { envelope, openReply } = sealEnvelope(key, message, { name: id, least: LEAST_ENVELOPE });
    await fileImport(desk, id, envelope);
    const { answer, wasTaken } = await waitForImport(dependencies, id);
    await removeImport(desk, id);
    const reply = answer === null ? null : openReply(answer);
    if (reply !== null) return importOutcomeSchema.parse(JSON.parse(reply.toString('utf8')));
    // Broken off in the middle, with nothing stored: a file that the keeper stumbles over is not tried again.
    if (wasTaken) throw keeperSilent();
  }
  throw keeperSilent();
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
