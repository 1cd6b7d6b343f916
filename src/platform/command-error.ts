/** A command that is refused or fails with one clear line; the command line prints it and exits with `exitCode`. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** 1 refused or failed, 2 wrong usage. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
