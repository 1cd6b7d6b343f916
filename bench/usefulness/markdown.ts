/** Figures and tables as the document writes them. */

export const per = (share: number, digits = 0): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(digits)}%` : '–';
export const fixed = (number: number, digits = 1): string =>
  Number.isFinite(number) ? number.toFixed(digits) : '–';

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/** A table in Markdown, its columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((one, column) => one.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
