/** Whether the demo will get its port: asked before the work that would be in vain without it. */
import { createServer } from 'node:net';
import { CommandError } from '../platform/command-error.js';
import type { Configuration } from '../platform/configuration.js';

/** Throws CommandError when the port cannot be listened on. Port 0 means any free one. */
export function checkPort({ host, port }: Pick<Configuration, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = ['EADDRINUSE', 'EACCES'].includes(error.code ?? '')
        ? `Choose another one: PORT=${port < 65_535 ? port + 1 : 3000} npx tyst demo`
        : 'Check HOST.';
      reject(new CommandError(`The demo cannot listen on port ${port} of ${host}. ${advice}`));
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}
