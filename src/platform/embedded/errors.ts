/** The message of anything thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Picks the one line of a program's output that says most about why it failed; empty when it said nothing. */
export function tellingLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /error|fatal|panic/i.test(line)).at(-1) ?? lines.at(-1) ?? '';
  return telling.trim().replace(/\s+/g, ' ');
}

/** Waits; `milliseconds` may be 0. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
