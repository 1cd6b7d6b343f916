/**
 * The two processes that `tyst start` runs. Each is told over a pipe what it needs, so that no password stands in
 * an environment or an argument list, and ends when its parent does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { webLoginsSchema } from './credentials.js';
import { keyDirectorySchema } from './key-directory.js';
import { projectRoot } from './project.js';

/** What the web process is told. Nothing of the keeper's, nor where its keys lie. */
export const webBriefSchema = z.strictObject({
  /** Login URLs by role. */
  urls: webLoginsSchema,
  /** The URL of the standby to read published numbers from, with the reader's login; null where there is none. */
  standby: z.string().nullable(),
  timeZone: z.string(),
  host: z.string(),
  port: z.number(),
});
export type WebBrief = z.infer<typeof webBriefSchema>;

/** What the keeper process is told. */
export const keeperBriefSchema = z.strictObject({
  /** The keeper's login. */
  url: z.string(),
  timeZone: z.string(),
  /** Where the release keys lie. */
  dataDir: z.string(),
  /** Where the keys of the night lie, and whether that was said. */
  keys: keyDirectorySchema,
});
export type KeeperBrief = z.infer<typeof keeperBriefSchema>;

/** What a process tells its parent. */
export const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), port: z.number() }),
  z.strictObject({ kind: z.literal('port-refused'), code: z.string() }),
  z.strictObject({ kind: z.literal('keys-refused'), message: z.string() }),
]);
export type Message = z.infer<typeof messageSchema>;

/** Variables of the environment that a process may see; none of them holds a secret. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_ENV', 'NODE_OPTIONS', 'SystemRoot'];

/** The environment of a process of ours. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );

/** Starts one of the built entry files with a cleaned environment and writes its brief to it. */
export function startChild(entry: string, brief: WebBrief | KeeperBrief): ChildProcess {
  const child = spawn(process.execPath, [entry], {
    cwd: projectRoot,
    env: cleanEnvironment(),
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  // A child that dies at once breaks the pipe; its exit is what the parent acts on.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(brief));
  return child;
}

/** Reads what a process is told on its standard input. */
export async function readInput(): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const document: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return document;
}

/** Tells the parent; resolves when it is sent. Without a parent there is nobody to tell, also when it went only just now. */
export async function tellParent(message: Message): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });
}

/** Aborts when the parent ends, dies, or asks this process to stop. */
export function untilParentEnds(): AbortSignal {
  const end = new AbortController();
  const stop = () => {
    end.abort();
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // A parent that died while this process was loading its code has been noticed by nobody.
  if (!process.connected) stop();
  // Ctrl+C reaches the whole group; the parent decides the order in which things end.
  process.on('SIGINT', () => undefined);
  return end.signal;
}
