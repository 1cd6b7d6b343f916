/** Reading errors that come from outside: of the file system, of the network, of a driver. */

/** The code of a system or PostgreSQL error ("ENOENT", "28P01"), or an empty string. */
export function errorCode(error: unknown): string {
  // Not by `instanceof`: an error may come from another realm, as the file system's do under a test runner.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
