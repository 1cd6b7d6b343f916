/** The process that keeps: the only one that ever sees a call. It listens on no port. */
import { runKeeper } from './keeper.js';
import { readBrief, tellParent, untilParentEnds } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { connect } from './platform/database.js';
import { log } from './platform/log.js';

const stopping = untilParentEnds();
const brief = await readBrief();
const url = brief.urls['keeper'] ?? '';
const keeper = await connect({ url, poolSize: 4 });
tellParent({ kind: 'ready', port: 0 });

let failures = 0;

/** Only the owner can rewrite the published tables, and only the parent may log in as the owner. */
function afterFailedClose(): Promise<void> {
  failures += 1;
  tellParent({ kind: 'close-failed', id: failures });
  return Promise.resolve();
}

await runKeeper(
  { keeper, url, dataDir: brief.dataDir, clock: clockIn(brief.timeZone), log, afterFailedClose },
  stopping,
);
process.exit();
