/**
 * Releases of lines of three sizes, to the byte: the same published numbers give the same files on every machine.
 * Who changes what a file looks like on purpose writes the new hashes here.
 */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { releaseFiles } from '../../src/release/files.js';
import { lines, releaseOf } from './lines.js';

const golden: Readonly<Record<string, readonly string[]>> = {
  tiny: [
    'report.sv.pdf dd2141f18df7b6b3fa4770b67c8f8172b695ee2b7efe7195b4e6655abdb9d1c0',
    'report.en.pdf dc4525b1575d7ea2b7228930ad08bc62cc7b14e7b38b263e1a74f3d53ace9092',
    'tables.xlsx af9c9ba74cb22e0e7e659c64675edbbbaa003819e6afa08bbf703a23db2661b7',
    'tables.csv b3fb83b94ea6568391f40403739a269c86d877c8f350d95f1dc7703dfccb0fd1',
    'tables.csv-metadata.json 0f0673fd04777e8b3b21b848a16ac1a3b371d0495889469480b5c8dab19dbd86',
    'tables.json d24a62e20022e00bf34d0c52df66d1c3323f9a67b38ad6f97699e80ed61e5c85',
    'manifest.json b1c8d813f9061f1541c133364c90262df86ec8558515fe17cae8af221112a230',
  ],
  small: [
    'report.sv.pdf 41d5ddcc9ed3d4f78616ade075baa54bb4c98fb0c0316d851923bfd6adce35d1',
    'report.en.pdf c8659f46a281aeb3fef770c6ee312d6c1972656bedc37a80937bd7454a2c153f',
    'tables.xlsx 7c006c0fd338a24e55e1501d15365188c02f08dde3dd02c29fec4e573037033c',
    'tables.csv 94ed97ab1a42975dc1f081f015c6bd00a98c4a24f7f5923b29d6eaf31a70f04b',
    'tables.csv-metadata.json 0efc700caec357b0016a1c779e2da7df3b83a0b8b3582ecd924cb549ffad0d51',
    'tables.json 5c6c6a5f9e7bf15c9cd1fc5188fc4042d389288346f558f5849910b02dd3a546',
    'manifest.json 474f6f5801b9ada6bf0a99299833ed7d5af684cbbd2c8c1edf8da5861631b26c',
  ],
  large: [
    'report.sv.pdf 02afea717d8d0b4da7bd1923446a6d66ee37fcaa984d9f72b96f86f4e9353469',
    'report.en.pdf bd091b4d623c5f53a7154695704d2080cfd624611e1b37b4d7ec896a3a4f8575',
    'tables.xlsx 94cb46f0238d108faee4586fe3f2499b9c8f651442af26421f5aa59b2f21c0d1',
    'tables.csv 61602fac828bd746f8d576bf7aa4a4433200e6e5d3c930eccf82cc46c4d4d572',
    'tables.csv-metadata.json 5bba5811108f939d18773382a98c56d31f8ed358de73ef30cb795017a398cf89',
    'tables.json 9c5b53441bf14f9598c135907f58d5881ecd9539753ad8db52497589942af6e9',
    'manifest.json 0605c2b8f5563ed2eddaab8ef6385ec9ec68de4a428c28a22d66903afa2e3e2d',
  ],
};

test.each(lines)('the release of a $preset line', async ({ preset, calls }) => {
  const files = await releaseFiles(releaseOf(preset, calls));
  const digests = files.map(
    ({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`,
  );
  expect(digests).toEqual(golden[preset]);
});
