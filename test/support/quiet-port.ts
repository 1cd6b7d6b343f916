/** A port to listen on twice: nothing else of the test run is given it in between. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below all that Linux, macOS and Windows give to whoever asks for any port, and where few programs live. */
const [FROM, TO] = [20_000, 32_000];

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

/**
 * A free port of 127.0.0.1 that stays free while its owner is away. One that the system chose would not: it is given to
 * the next who asks for any, and other tests ask many times a second.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
}
