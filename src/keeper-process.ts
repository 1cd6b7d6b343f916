/** The process that keeps, as a child of `tyst start`. */
import { workAsKeeper } from './keeper-work.js';
import { keeperBriefSchema, readInput, tellParent, untilParentEnds } from './platform/child.js';
import { describeError, log } from './platform/log.js';

const stopping = untilParentEnds();
const brief = keeperBriefSchema.parse(await readInput());
try {
  await workAsKeeper(brief, stopping, {
    begun: () => void tellParent({ kind: 'ready', port: 0 }),
    keysRefused: (message) => void tellParent({ kind: 'keys-refused', message }),
  });
  process.exit();
} catch (error) {
  log('keeper-failed', describeError(error));
  process.exit(1);
}
