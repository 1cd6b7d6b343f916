/** What `tyst release` and `tyst verify` do. */
import { readFile } from 'node:fs/promises';
import { CommandError } from '../platform/command-error.js';
import type { Actor } from '../platform/event-log.js';
import { issueRelease, type IssueDependencies, type IssueRefusal } from './issue.js';
import { installationKeys } from './key.js';
import { latestRevision, releasedFiles } from './store.js';
import { problemWords, readKeys, verifyRelease, type Finding } from './verify.js';
import { writeRelease } from './write.js';

const refusals: Record<Exclude<IssueRefusal, 'already-issued'>, readonly [string, 1 | 2]> = {
  'not-a-release-period': ['Only quarters (2026-Q3) and years (2026) are released.', 2],
  'not-closed': ['The period is not closed. It can be issued once its numbers are published.', 1],
  'not-issued': ['The period has not been issued.', 1],
};

/**
 * `tyst release PERIOD --out DIR`: issues the period if it is not issued yet, and writes the files of its latest
 * revision.
 * @returns that revision
 * @throws CommandError when the period cannot be issued, or the folder holds other files of these names
 */
export async function releaseCommand(
  dependencies: IssueDependencies,
  { period, dir, actor }: { readonly period: string; readonly dir: string; readonly actor: Actor },
): Promise<number> {
  const outcome = await issueRelease(dependencies, { period, reason: null, actor });
  if ('refused' in outcome && outcome.refused !== 'already-issued')
    throw new CommandError(...refusals[outcome.refused]);
  const revision = await latestRevision(dependencies.keeper, period);
  await writeRelease(await releasedFiles(dependencies.keeper, period, revision), dir);
  return revision;
}

/** How the command ends, and its one line: for standard error unless `exitCode` is 0. */
interface VerifyOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly message: string;
}

/** A name found in a folder, safe to print: it may hold anything, control characters of a terminal too. */
const printable = (name: string): string => name.replaceAll(/[^\p{L}\p{N} ._+()-]/gu, '?');

function sayFindings(findings: readonly Finding[]): string {
  const unsigned = findings.filter(({ problem }) => problem === 'signature').map(({ file }) => file);
  const others = findings
    .filter(({ problem }) => problem !== 'signature')
    .map(({ file, problem }) => `${printable(file)} ${problemWords[problem]}`);
  const both = unsigned.length === 0 ? [] : [`${unsigned.join(' and ')} ${problemWords.signature}`];
  return `${[...others, ...both].join('; ')}.`;
}

async function keysFor(keyFile: string | null, dataDir: string): Promise<string[] | string> {
  if (keyFile === null) {
    const keys = await installationKeys(dataDir);
    return keys.length > 0 ? keys : 'This installation has no release keys. Give the public key with --key.';
  }
  const text = await readFile(keyFile, 'utf8').catch(() => '');
  try {
    if (readKeys([text]).length > 0) return [text];
  } catch {
    // Said below: what the file holds instead does not matter.
  }
  return 'The file given with --key does not hold an Ed25519 public key (PEM).';
}

/**
 * `tyst verify DIR [--key FILE]`: exit 0 when all is as issued, 1 when something was changed (each such file is
 * named), 2 when there is no key to verify with. Needs no database.
 */
export async function verifyCommand(
  dir: string,
  { keyFile, dataDir }: { readonly keyFile: string | null; readonly dataDir: string },
): Promise<VerifyOutcome> {
  const keys = await keysFor(keyFile, dataDir);
  if (typeof keys === 'string') return { exitCode: 2, message: keys };
  const findings = await verifyRelease(dir, keys);
  if (findings.length > 0) return { exitCode: 1, message: sayFindings(findings) };
  return { exitCode: 0, message: 'Every file is as it was issued, and the signature holds.' };
}
