/** Why a port cannot be listened on, in words. */
import { CommandError } from './command-error.js';
import type { Configuration } from './configuration.js';

const reasons: Record<string, string> = {
  EADDRINUSE: 'is taken by another program. Stop that program, or choose another port with PORT',
  EACCES: 'may not be used by this user. Choose a port above 1023 with PORT',
};

/** What to say of a port that the system refused with a code. */
export const portRefused = ({ host, port }: Pick<Configuration, 'host' | 'port'>, code: string) =>
  new CommandError(`Port ${port} on ${host} ${reasons[code] ?? `cannot be listened on (${code})`}.`);
