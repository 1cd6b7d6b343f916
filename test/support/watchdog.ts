/**
 * Ends a process of tests that a test holds in an endless loop: no timer of its own would ever be called. It says which
 * test that was, and the runner fails the file.
 */
import { Worker } from 'node:worker_threads';

const script = `
  const { parentPort } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  let timer;
  parentPort.on('message', (watched) => {
    clearTimeout(timer);
    if (watched === null) return;
    timer = setTimeout(() => {
      writeSync(2, 'Answers to nothing any more, so its process is ended: ' + watched.name + '\\n');
      process.kill(process.pid, 'SIGKILL');
    }, watched.milliseconds);
  });
`;

let watchdog: Worker | undefined;

/** Watches what begins now, for twice its limit, and returns what is to be called when it is over. */
export function watchFrom(name: string, milliseconds: number): () => void {
  if (watchdog === undefined) {
    watchdog = new Worker(script, { eval: true, execArgv: [] });
    watchdog.unref();
  }
  const dog = watchdog;
  dog.postMessage({ name, milliseconds: 2 * milliseconds });
  return () => {
    dog.postMessage(null);
  };
}
