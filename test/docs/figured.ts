/**
 * A document with figures in it. What is worked out stands in sentences that are known to the letter, in the tables
 * after `<!-- example: name -->` and in the code after such a mark; everything else is prose and stays as it is.
 */

/** A sentence with its figures in braces, `each number ± {sure}`, and what they are. */
type Sentence = readonly [words: string, figures: Readonly<Record<string, string | number>>];

/** What a table says: its rows, or the first cells of each where the others are prose; and its head, if that is worked out. */
interface FiguredTable {
  /** From the second column on. */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Figures {
  readonly sentences: readonly Sentence[];
  readonly tables: Readonly<Record<string, FiguredTable>>;
  readonly code: Readonly<Record<string, string>>;
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Wherever lines end, also within a quotation. */
const anySpace = (text: string) => text.replaceAll(' ', '(?:\\s+(?:> )?)');

/** Writes a sentence's figures where it stands. Throws when it does not stand there once. */
function withSentence(document: string, [words, figures]: Sentence): string {
  const parts = words.split(/\{(\w+)\}/);
  const pattern = parts
    .map((part, at) => (at % 2 === 0 ? `(${anySpace(literal(part))})` : '[\\d.,-]*\\d'))
    .join('');
  const found = [...document.matchAll(new RegExp(pattern, 'g'))];
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`It stands in the document ${found.length} times, and not once: ${words}`);
  const [whole, ...prose] = only;
  const written = prose
    .map((text, at) => `${text}${String(figures[parts[2 * at + 1] ?? ''] ?? '')}`)
    .join('');
  return document.slice(0, only.index) + written + document.slice(only.index + whole.length);
}

/** Replaces what stands after a mark, up to `end`. Throws when there is no such mark. */
function withBlock(document: string, name: string, end: string, change: (block: string) => string): string {
  const mark = `<!-- example: ${name} -->\n\n`;
  const start = document.indexOf(mark) + mark.length;
  const stop = document.indexOf(end, start);
  if (start < mark.length || stop < 0) throw new Error(`The document has no example ${name}.`);
  return document.slice(0, start) + change(document.slice(start, stop)) + document.slice(stop);
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Puts the rows, and a head where there is one, into a table. The columns are lined up by whoever formats the text. */
function withTable(block: string, { head, rows }: FiguredTable): string {
  const [first = '', , ...before] = block.split('\n');
  const heads = head === undefined ? cellsOf(first) : [cellsOf(first)[0] ?? '', ...head];
  const lines = rows.map((row, at) => [...row, ...cellsOf(before[at] ?? '').slice(row.length, heads.length)]);
  return [heads, heads.map(() => '---'), ...lines].map(lineOf).join('\n');
}

/** The document with these figures in it, not yet formatted. Throws when it lacks a place for one. */
export function withFigures(document: string, { sentences, tables, code }: Figures): string {
  let written = sentences.reduce(withSentence, document);
  for (const [name, table] of Object.entries(tables))
    written = withBlock(written, name, '\n\n', (block) => withTable(block, table));
  for (const [name, text] of Object.entries(code))
    written = withBlock(written, name, '```\n\n', () => `\`\`\`text\n${text}\n`);
  return written;
}
