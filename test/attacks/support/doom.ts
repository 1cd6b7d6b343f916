/**
 * A process that dies, or stumbles, at a chosen step: a statement that is sent and whose answer does not come, or an
 * operation on a file of the key directory that is half done. Both are counted in the order in which they happen.
 */
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { connect as dial, createServer, type Socket } from 'node:net';

/** Whether all is over with that step, or the process lives on and meets the error. */
export type Fate = 'dies' | 'stumbles';

/** What is done to a path, and to a file that is open. */
const ON_PATHS = ['mkdir', 'open', 'readdir', 'readFile', 'rename', 'rm', 'stat'] as const;
const ON_HANDLES: readonly (string | symbol)[] = ['writeFile', 'write', 'sync', 'close'];

/** The steps of one process, and the one that is its last. */
export class Doom {
  readonly steps: string[] = [];
  private counting = false;
  private fatal = false;
  private dead = false;

  constructor(
    /** The number of the fatal step, the first being 1; or how it is known, and it happens once. */
    private readonly at: number | ((what: string) => boolean),
    private readonly fate: Fate,
    /** Told when the fatal step is done. */
    private readonly kill: () => void = () => undefined,
  ) {}

  /** Steps count from here. */
  begin(): void {
    this.counting = true;
  }

  /** Whether the fatal step was come to. */
  get met(): boolean {
    return this.fatal;
  }

  /** Whether nothing can be done any more. */
  get over(): boolean {
    return this.dead;
  }

  /** Counts a step; whether it is the fatal one. */
  step(what: string): boolean {
    if (!this.counting || this.dead) return false;
    this.steps.push(what);
    const { at } = this;
    if (this.fatal || (typeof at === 'number' ? this.steps.length !== at : !at(what))) return false;
    this.fatal = true;
    this.dead = this.fate === 'dies';
    return true;
  }

  /** Ends the process, where it is one. */
  end(): void {
    if (this.fate === 'dies') this.kill();
  }
}

const LENGTH_BYTES = 4;
const [QUERY, PARSE, SYNC] = ['Q', 'P', 'S'];

/** Messages of a client to its server: the first has no type. Gives each whole one, and keeps the rest. */
function messagesOf(): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const whole: Buffer[] = [];
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + LENGTH_BYTES) return whole;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return whole;
      whole.push(rest.subarray(0, length));
      rest = rest.subarray(length);
      started = true;
    }
  };
}

/** The words of a statement that say what it is. */
function wordsOf(message: Buffer): string {
  const text = message.subarray(1 + LENGTH_BYTES).toString('latin1');
  const statement = message.toString('latin1', 0, 1) === PARSE ? text.slice(text.indexOf('\0') + 1) : text;
  return statement.replaceAll(/\s+/g, ' ').slice(0, 60);
}

/** The server behind a URL: a socket file where it names one. */
function serverOf(url: URL): () => Socket {
  const folder = url.searchParams.get('host');
  const port = Number(url.port);
  return () =>
    folder?.startsWith('/') === true ? dial(`${folder}/.s.PGSQL.${port}`) : dial(port, url.hostname);
}

/** Hands statements on; the fatal one too, and then hangs up on both sides before there is an answer. */
function handOn(client: Socket, server: Socket, doom: Doom): void {
  const read = messagesOf();
  let first = true;
  let last = false;
  const hangUp = () => {
    client.destroy();
    server.end();
    doom.end();
  };
  client.on('data', (chunk: Buffer) => {
    for (const message of read(chunk)) {
      if (doom.over && !last) {
        hangUp();
        return;
      }
      const type = first ? '' : message.toString('latin1', 0, 1);
      first = false;
      if (type === QUERY || type === PARSE) last = doom.step(wordsOf(message)) || last;
      server.write(message);
      if (last && (type === QUERY || type === SYNC)) {
        hangUp();
        return;
      }
    }
  });
  server.on('data', (chunk: Buffer) => {
    if (!client.destroyed) client.write(chunk);
  });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => undefined);
    one.on('close', () => {
      other.end();
    });
  }
}

/** A way to a database on which a doom counts the statements. `end` shuts it. */
export async function wayTo(url: string, doom: Doom): Promise<{ url: string; end: () => Promise<void> }> {
  const address = new URL(url);
  const dialServer = serverOf(address);
  const open = new Set<Socket>();
  const way = createServer((client) => {
    if (doom.over) {
      client.destroy();
      return;
    }
    open.add(client);
    handOn(client, dialServer(), doom);
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  const place = way.address();
  if (typeof place !== 'object' || place === null) throw new Error('A way has a port.');
  address.hostname = '127.0.0.1';
  address.port = String(place.port);
  address.searchParams.delete('host');
  return {
    url: address.href,
    end: async () => {
      for (const client of open) client.destroy();
      await new Promise((resolve) => way.close(resolve));
    },
  };
}

class Broken extends Error {
  readonly code = 'EIO';
}

/** What is left of a write that was cut short: half of it. */
const halfOf = ([what, ...rest]: readonly unknown[]): unknown[] => {
  if (typeof what === 'string') return [what.slice(0, what.length / 2), ...rest];
  return what instanceof Uint8Array ? [what.subarray(0, what.length / 2)] : [what, ...rest];
};

/** Does a step on a file, or half of one. */
async function onFile(name: string, doom: Doom, work: (half: boolean) => Promise<unknown>): Promise<unknown> {
  const fatal = doom.step(name);
  // A handle is closed with its process.
  if ((fatal && name.startsWith('write')) || name === 'close') await work(fatal);
  if (fatal) doom.end();
  if (fatal || doom.over) throw new Broken('the file system is gone');
  return name === 'close' ? undefined : work(false);
}

/** A file that is open, with its operations counted. */
function doomedHandle(handle: object, doom: Doom): object {
  return new Proxy(handle, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        const work = (half: boolean): Promise<unknown> =>
          Promise.resolve(Reflect.apply(found, target, half ? halfOf(given) : given));
        return ON_HANDLES.includes(name) ? onFile(String(name), doom, work) : work(false);
      };
    },
  });
}

/** Counts what this process does in a directory. Returns what undoes it. */
export function watchFiles(directory: string, doom: Doom): () => void {
  const real: Record<string, unknown> = {};
  const watched: Record<string, unknown> = {};
  for (const name of ON_PATHS) {
    const operation = files[name];
    real[name] = operation;
    watched[name] = async (path: unknown, ...given: unknown[]): Promise<unknown> => {
      const work = (): Promise<unknown> => Promise.resolve(Reflect.apply(operation, files, [path, ...given]));
      if (typeof path !== 'string' || !path.startsWith(directory)) return work();
      const done = await onFile(name, doom, work);
      return name === 'open' && typeof done === 'object' && done !== null ? doomedHandle(done, doom) : done;
    };
  }
  Object.assign(files, watched);
  syncBuiltinESMExports();
  return () => {
    Object.assign(files, real);
    syncBuiltinESMExports();
  };
}
