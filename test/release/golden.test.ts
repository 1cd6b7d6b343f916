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
    'report.sv.pdf 50f8721ecf2fa0c75e7a030764cf4a27b9f95645fbf24293c935a8f32a794b2c',
    'report.en.pdf dc4525b1575d7ea2b7228930ad08bc62cc7b14e7b38b263e1a74f3d53ace9092',
    'tables.xlsx af9c9ba74cb22e0e7e659c64675edbbbaa003819e6afa08bbf703a23db2661b7',
    'tables.csv b3fb83b94ea6568391f40403739a269c86d877c8f350d95f1dc7703dfccb0fd1',
    'tables.csv-metadata.json 0f0673fd04777e8b3b21b848a16ac1a3b371d0495889469480b5c8dab19dbd86',
    'tables.json d24a62e20022e00bf34d0c52df66d1c3323f9a67b38ad6f97699e80ed61e5c85',
    'manifest.json 2500157bb4558e8872a679e8eaab3458dc0402c9a49815aa714b34d25342413b',
  ],
  small: [
    'report.sv.pdf 11e2d674a44fbf9817d8dfef07713c84646063563357e21f87e4812c3ef368cc',
    'report.en.pdf 2892c236460389df1ff51ca160683c4b9618bb17145fa7f722ae987c9f1e845b',
    'tables.xlsx 7c006c0fd338a24e55e1501d15365188c02f08dde3dd02c29fec4e573037033c',
    'tables.csv 94ed97ab1a42975dc1f081f015c6bd00a98c4a24f7f5923b29d6eaf31a70f04b',
    'tables.csv-metadata.json 0efc700caec357b0016a1c779e2da7df3b83a0b8b3582ecd924cb549ffad0d51',
    'tables.json 5c6c6a5f9e7bf15c9cd1fc5188fc4042d389288346f558f5849910b02dd3a546',
    'manifest.json f09fb20e119ccb7f8833a368f274075aa721124f6d50b6ecde350d998de62da8',
  ],
  large: [
    'report.sv.pdf 2ecd8a035e453e4aa59cf7f65c7a346adb751bff221edefd29fa342342b56e15',
    'report.en.pdf 7fe76bf0619a9daee9ea84641c54813fb4a2e13d64d8a2594b9e7876ccd68a97',
    'tables.xlsx 94cb46f0238d108faee4586fe3f2499b9c8f651442af26421f5aa59b2f21c0d1',
    'tables.csv 61602fac828bd746f8d576bf7aa4a4433200e6e5d3c930eccf82cc46c4d4d572',
    'tables.csv-metadata.json 5bba5811108f939d18773382a98c56d31f8ed358de73ef30cb795017a398cf89',
    'tables.json 9c5b53441bf14f9598c135907f58d5881ecd9539753ad8db52497589942af6e9',
    'manifest.json 590a69078d077ce8be06a9df48bb5cb730816044a3ca7486bbf939a69e3c181d',
  ],
};

test.each(lines)('the release of a $preset line', async ({ preset, calls }) => {
  const files = await releaseFiles(releaseOf(preset, calls));
  const digests = files.map(
    ({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`,
  );
  expect(digests).toEqual(golden[preset]);
});
