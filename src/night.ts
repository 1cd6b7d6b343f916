/** Carrying an order out in a process of its own: what it opens is gone with it, and leaves no core dump. */
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { orderSchema } from './keeping/orders.js';
import { outcomeSchema, type Outcome } from './keeping/outcome.js';
import { cleanEnvironment } from './platform/child.js';
import { keyDirectorySchema, type KeyDirectory } from './platform/key-directory.js';
import { projectRoot } from './platform/project.js';

/** What the process is told on its standard input. */
export const nightBriefSchema = z.strictObject({
  /** The keeper's login. */
  url: z.string(),
  timeZone: z.string(),
  keys: keyDirectorySchema,
  order: orderSchema,
});
type NightBrief = z.infer<typeof nightBriefSchema>;

const ENTRY = fileURLToPath(new URL('night-process.js', import.meta.url));

/** The user whose key directory it is, or will be once it is made, where that is another one than ours. */
async function ownerOf({ path, named }: KeyDirectory): Promise<{ uid: number; gid: number } | null> {
  const own = process.getuid?.();
  if (own === undefined) return null;
  // One that was named is never made: it may be a volume that is not mounted, and whose the place is says nothing.
  const found = await stat(path).catch(() => (named ? null : stat(dirname(path)).catch(() => null)));
  return found === null || found.uid === own ? null : { uid: found.uid, gid: found.gid };
}

/**
 * Carries an order out, as the owner of the key directory. Refuses where that is somebody else whom this process may not
 * act for. A process that dies on the way leaves nothing half done that the next one does not resolve.
 */
export async function carryOutApart(brief: NightBrief): Promise<Outcome> {
  const owner = await ownerOf(brief.keys);
  if (owner !== null && process.getuid?.() !== 0)
    return {
      refused: `The key directory ${brief.keys.path} belongs to another user. Run this as that user, or while the keeper runs.`,
      code: null,
    };
  const command = [process.execPath, ENTRY];
  const [program = '', ...rest] =
    process.platform === 'win32' ? command : ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$@"', ...command];
  const child = spawn(program, rest, {
    cwd: projectRoot,
    env: cleanEnvironment(),
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    ...(owner ?? {}),
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(brief));
  return new Promise((resolve, reject) => {
    let outcome: Outcome = { failed: true };
    child.on('message', (message) => {
      outcome = outcomeSchema.safeParse(message).data ?? outcome;
    });
    // Not its exit: what it said last may come after that.
    child.on('close', () => {
      resolve(outcome);
    });
    child.on('error', reject);
  });
}
