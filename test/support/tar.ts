/** Reads the files of a tar archive held in memory: enough of the format for archives of plain files. */

export interface TarFile {
  /** Relative, with forward slashes. */
  readonly name: string;
  readonly mode: number;
  readonly bytes: Buffer;
}

const block = 512;
const regularFile = new Set(['0', '\0']);

const textAt = (header: Buffer, from: number, length: number) =>
  header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
const octalAt = (header: Buffer, from: number, length: number) =>
  Number.parseInt(textAt(header, from, length), 8);

/** The regular files of an archive. Throws when the bytes are not a tar archive. */
export function readTar(archive: Buffer): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; at + block <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + block);
    const size = octalAt(header, 124, 12);
    if (!textAt(header, 257, 6).startsWith('ustar') || Number.isNaN(size))
      throw new Error('Not a tar archive.');
    const start = at + block;
    const prefix = textAt(header, 345, 155);
    if (regularFile.has(String.fromCharCode(header[156] ?? 0))) {
      const name = prefix === '' ? textAt(header, 0, 100) : `${prefix}/${textAt(header, 0, 100)}`;
      files.push({ name, mode: octalAt(header, 100, 8), bytes: archive.subarray(start, start + size) });
    }
    at = start + Math.ceil(size / block) * block;
  }
  return files;
}
