/** Reads the tables of a tagged PDF by its structure, as a screen reader does, with another program than made it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Node[];
}

/** A table's rows, header rows first; a cell is its text. */
export type TextTable = readonly (readonly string[])[];

export interface ReadPdf {
  readonly pages: number;
  readonly language: string | null;
  readonly title: string;
  readonly author: string;
  /** Roles of every element, in reading order. */
  readonly roles: readonly string[];
  readonly headings: readonly string[];
  /** Tables with a header, and those without. */
  readonly tables: readonly TextTable[];
  readonly lists: readonly TextTable[];
}

const below = ({ children = [] }: Node): readonly Node[] =>
  children.flatMap((child) => [child, ...below(child)]);
const ofRole = (node: Node, ...roles: string[]) =>
  below(node).filter(({ role }) => role !== undefined && roles.includes(role));

type Item = {
  readonly type?: string;
  readonly id?: string | null;
  readonly str?: string;
  readonly hasEOL?: boolean;
};

/** The text of each marked piece of a page, by its id. */
function pieces(items: readonly Item[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: (string | null)[] = [];
  for (const { type, id, str, hasEOL } of items) {
    if (type?.startsWith('begin') === true) open.push(id ?? null);
    else if (type === 'endMarkedContent') open.pop();
    else {
      const inside = open.findLast((one) => one !== null);
      if (inside != null)
        texts.set(inside, (texts.get(inside) ?? '') + (str ?? '') + (hasEOL === true ? ' ' : ''));
    }
  }
  return texts;
}

/** Tables that go on over a page come in two parts. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found = {
    roles: [] as string[],
    headings: [] as string[],
    tables: [] as TextTable[],
    lists: [] as TextTable[],
  };
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const tree = (await page.getStructTree()) as Node | null;
    if (tree === null) throw new Error('A page without structure.');
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const texts = pieces(items);
    const textOf = (node: Node) =>
      below(node)
        .flatMap(({ id }) => texts.get(id ?? '') ?? [])
        .join('')
        .replace(/\s+/g, ' ')
        .trim();
    found.roles.push(...below(tree).flatMap(({ role }) => role ?? []));
    found.headings.push(...ofRole(tree, 'H1', 'H2').map(textOf));
    for (const table of ofRole(tree, 'Table'))
      (ofRole(table, 'TH').length > 0 ? found.tables : found.lists).push(
        ofRole(table, 'TR').map((row) => ofRole(row, 'TH', 'TD').map(textOf)),
      );
  }
  const { info } = await document.getMetadata();
  const language = (info as { Language?: string | null }).Language ?? null;
  const read = {
    ...found,
    pages: document.numPages,
    language,
    title: String((info as { Title?: string }).Title),
    author: String((info as { Author?: string }).Author),
  };
  await document.destroy();
  return read;
}
