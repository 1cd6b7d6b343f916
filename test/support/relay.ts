/** Stands between a program and the real server, so that it can be cut off without harm to others who use the server. */
import { createServer, connect, type Socket } from 'node:net';
import { quietPort } from './quiet-port.js';

export interface Relay {
  /** The same URL by way of the relay. */
  readonly through: (url: string) => string;
  /** Listens again, after a stop. */
  readonly start: () => Promise<void>;
  /** Cuts every connection, and refuses new ones. */
  readonly stop: () => Promise<void>;
  /** From now on connections are accepted, and nothing ever comes of them; those that are there are cut. */
  readonly fallSilent: () => void;
  /** From now on nothing passes, on connections that are there neither, and nobody is told. */
  readonly swallow: () => void;
  /** The next connection is let in by the server, and then nothing passes any more. */
  readonly swallowOnceLetIn: () => void;
  readonly speakAgain: () => void;
  /** How many connections it has been asked for. */
  readonly asked: () => number;
  /** How many of them are there. */
  readonly open: () => number;
}

/** What a server says last when it has let somebody in: ready for a query, in no transaction. */
const READY = Buffer.from('Z\0\0\0\x05I');

function upstreamOf(serverUrl: string) {
  const { searchParams, hostname, port } = new URL(serverUrl);
  const socketDirectory = searchParams.get('host');
  return socketDirectory === null
    ? { host: hostname, port: Number(port) }
    : { path: `${socketDirectory}/.s.PGSQL.${port}` };
}

/** A relay that listens, to the server of a URL. */
export async function startRelay(serverUrl: string): Promise<Relay> {
  const upstream = upstreamOf(serverUrl);
  const port = await quietPort();
  const sockets = new Set<Socket>();
  const near = new Set<Socket>();
  let silent = false;
  let swallowsOnceLetIn = false;
  let asked = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const swallow = () => {
    silent = true;
    for (const socket of sockets) socket.unpipe().resume();
  };
  const server = createServer((socket) => {
    asked += 1;
    keep(socket);
    near.add(socket);
    socket.on('close', () => near.delete(socket));
    if (silent) return;
    const far = connect(upstream);
    keep(far);
    socket.pipe(far).pipe(socket);
    far.on('data', (bytes) => {
      if (swallowsOnceLetIn && bytes.subarray(-READY.length).equals(READY)) swallow();
    });
    socket.on('close', () => far.destroy());
    far.on('close', () => socket.destroy());
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const start = () =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await start();
  return {
    through: (url) => {
      const address = new URL(url);
      address.searchParams.delete('host');
      address.hostname = '127.0.0.1';
      address.port = String(port);
      return address.href;
    },
    start,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        cut();
      }),
    fallSilent: () => {
      silent = true;
      cut();
    },
    swallow,
    swallowOnceLetIn: () => {
      swallowsOnceLetIn = true;
    },
    speakAgain: () => {
      silent = false;
      swallowsOnceLetIn = false;
      cut();
    },
    asked: () => asked,
    open: () => near.size,
  };
}
