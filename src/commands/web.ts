/** `tyst web`: the web server alone. */
import { addressOf } from '../platform/configuration.js';
import { lookAtServer } from '../platform/first-look.js';
import { log } from '../platform/log.js';
import { portRefused } from '../platform/port.js';
import { refuseOther } from '../platform/schema.js';
import { standbyUrl } from '../platform/standby.js';
import { PortRefused, serveWeb } from '../web-server.js';
import { runAlone } from './alone.js';
import { say } from './say.js';

/** Serves until SIGINT or SIGTERM, with three logins that cannot read a code of a call. */
export async function webCommand(): Promise<void> {
  await runAlone('web', async ({ urls }, configuration, signal) => {
    const { timeZone, host, port, statisticsDatabaseUrl } = configuration;
    const standby = standbyUrl(statisticsDatabaseUrl, urls.reader);
    try {
      await serveWeb({ urls, standby, timeZone, host, port }, signal, {
        opened: async ({ reader }) => {
          await refuseOther(reader);
          await lookAtServer(reader, configuration, log);
        },
        listening: (given) => {
          say(`The web server listens at ${addressOf({ host, port: given })}`);
        },
      });
    } catch (error) {
      throw error instanceof PortRefused ? portRefused({ host, port }, error.code) : error;
    }
  });
}
