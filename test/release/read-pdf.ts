/** Reads a tagged PDF by its structure, as a screen reader does, with another program than made it. */
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly lang?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}

/** A table's rows, header rows first; a cell is its text. */
export type TextTable = readonly (readonly string[])[];

export interface ReadPdf {
  readonly pages: number;
  readonly language: string | null;
  readonly title: string;
  readonly author: string;
  /** Everything that is read out, in reading order. */
  readonly text: string;
  /** What is read out in another language than the document's, by that language. */
  readonly elsewhere: readonly (readonly [language: string, text: string])[];
  /** Roles of every element, in reading order. */
  readonly roles: readonly string[];
  /** Figures without a word for who cannot see them. */
  readonly unnamedFigures: number;
  readonly headings: readonly string[];
  /** Tables with a header, and those without. */
  readonly tables: readonly TextTable[];
  readonly lists: readonly TextTable[];
  /** Names of the fonts, and whether each comes with the file. */
  readonly fonts: ReadonlyMap<string, boolean>;
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

interface Font {
  readonly name: string;
  readonly missingFile?: boolean;
}

/** The fonts of a page, once what is drawn on it has been read. */
async function fontsOf(
  page: Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>,
) {
  const { fnArray, argsArray } = await page.getOperatorList();
  const names = new Set<string>();
  fnArray.forEach((what, at) => {
    if (what === OPS.setFont) names.add(String((argsArray[at] as unknown[])[0]));
  });
  return [...names].map((name) => page.commonObjs.get(name) as Font);
}

/** Tables that go on over a page come in two parts. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found = {
    text: [] as string[],
    elsewhere: [] as [string, string][],
    roles: [] as string[],
    unnamedFigures: 0,
    headings: [] as string[],
    tables: [] as TextTable[],
    lists: [] as TextTable[],
    fonts: new Map<string, boolean>(),
  };
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const tree = (await page.getStructTree()) as Node | null;
    if (tree === null) throw new Error('A page without structure.');
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const texts = pieces(items);
    const textOf = (...nodes: Node[]) =>
      nodes
        .flatMap((node) => [node, ...below(node)])
        .flatMap(({ id }) => texts.get(id ?? '') ?? [])
        .join('')
        .replace(/\s+/g, ' ')
        .trim();
    found.text.push(textOf(tree));
    for (const node of below(tree))
      if (node.lang !== undefined) found.elsewhere.push([node.lang, textOf(node)]);
    found.roles.push(...below(tree).flatMap(({ role }) => role ?? []));
    found.unnamedFigures += ofRole(tree, 'Figure').filter(({ alt = '' }) => alt === '').length;
    found.headings.push(...ofRole(tree, 'H1', 'H2').map((heading) => textOf(heading)));
    for (const table of ofRole(tree, 'Table'))
      (ofRole(table, 'TH').length > 0 ? found.tables : found.lists).push(
        ofRole(table, 'TR').map((row) => ofRole(row, 'TH', 'TD').map((cell) => textOf(cell))),
      );
    for (const { name, missingFile } of await fontsOf(page)) found.fonts.set(name, missingFile !== true);
  }
  const { info } = await document.getMetadata();
  const language = (info as { Language?: string | null }).Language ?? null;
  const read = {
    ...found,
    text: found.text.join(' '),
    pages: document.numPages,
    language,
    title: String((info as { Title?: string }).Title),
    author: String((info as { Author?: string }).Author),
  };
  await document.destroy();
  return read;
}
