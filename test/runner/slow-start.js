/** Makes the second process of tests so slow to start that the others have long asked what the run is about. */
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

process.on('newListener', function delay(event) {
  if (event !== 'message' || process.env.TINYPOOL_WORKER_ID !== '2') return;
  process.off('newListener', delay);
  setImmediate(() => {
    const until = performance.now() + 5000;
    while (performance.now() < until);
  });
});
