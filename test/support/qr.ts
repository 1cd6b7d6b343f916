/**
 * Reads a QR code off its modules (ISO/IEC 18004), independently of what drew it: format, mask, the blocks' data and the
 * text. It corrects no errors, so that a picture with a single wrong module in its data is read wrongly.
 */

/** True is black. */
export type Modules = readonly (readonly boolean[])[];

/** Error correction level M as the format says it, and its blocks by version: how many, and how many bytes of data each. */
const LEVEL_M = 0;
const blocksOf: Readonly<Record<number, readonly [number, number]>> = { 5: [2, 43], 6: [4, 27] };

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const numberOf = (bits: readonly boolean[]) => bits.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);

function formatOf(at: (x: number, y: number) => boolean) {
  const row = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => at(x, 8));
  const column = [7, 5, 4, 3, 2, 1, 0].map((y) => at(8, y));
  const format = numberOf([...row, ...column]) ^ 0b101010000010010;
  return { level: format >> 13, mask: (format >> 10) & 7 };
}

/** Whether a module of versions 2 to 6 belongs to a pattern rather than to the data. */
function isPattern(x: number, y: number, size: number): boolean {
  const corner = (x < 9 && y < 9) || (x < 9 && y >= size - 8) || (x >= size - 8 && y < 9);
  const alignment = Math.abs(x - (size - 7)) <= 2 && Math.abs(y - (size - 7)) <= 2;
  return corner || alignment || x === 6 || y === 6;
}

/** The data modules in the order in which they are filled: two columns at a time, up and down, from the right. */
function* dataModules(size: number): Generator<[number, number]> {
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!isPattern(x, y, size)) yield [x, y];
    }
    up = !up;
  }
}

/** The text of a code of version 5 or 6 at level M, in bytes as UTF-8. Throws where it is another. */
export function readQrCode(modules: Modules): string {
  const size = modules.length;
  const at = (x: number, y: number) => modules[y]?.[x] === true;
  const { level, mask } = formatOf(at);
  const blocks = blocksOf[(size - 17) / 4];
  const masked = masks[mask];
  if (level !== LEVEL_M || blocks === undefined || masked === undefined) throw new Error('Not such a code.');
  const bits = [...dataModules(size)].map(([x, y]) => at(x, y) !== masked(x, y));
  const [count, length] = blocks;
  const words = Array.from({ length: count * length }, (_, index) =>
    numberOf(bits.slice(index * 8, index * 8 + 8)),
  );
  // The blocks lie interleaved: the first byte of each, then the second of each.
  const data = Array.from({ length: count }, (_, block) =>
    words.filter((_, index) => index % count === block),
  ).flat();
  const stream = data.flatMap((word) =>
    Array.from({ length: 8 }, (_, bit) => ((word >> (7 - bit)) & 1) === 1),
  );
  const BYTES = 4;
  if (numberOf(stream.slice(0, 4)) !== BYTES) throw new Error('Not in bytes.');
  const characters = numberOf(stream.slice(4, 12));
  const bytes = Array.from({ length: characters }, (_, index) =>
    numberOf(stream.slice(12 + index * 8, 20 + index * 8)),
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
}
