/** The process that faces the network, as a child of `tyst start`. */
import { readInput, tellParent, untilParentEnds, webBriefSchema } from './platform/child.js';
import { describeError, log } from './platform/log.js';
import { PortRefused, serveWeb } from './web-server.js';

const stopping = untilParentEnds();
const brief = webBriefSchema.parse(await readInput());
try {
  await serveWeb(brief, stopping, { listening: (port) => void tellParent({ kind: 'ready', port }) });
  process.exit();
} catch (error) {
  if (error instanceof PortRefused) await tellParent({ kind: 'port-refused', code: error.code });
  else log('web-failed', describeError(error));
  process.exit(1);
}
