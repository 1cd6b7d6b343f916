/**
 * Releases of lines of three sizes, to the byte: the same published numbers give the same files on every machine.
 * Who changes what a file looks like on purpose writes the new hashes here.
 */
import { createHash } from 'node:crypto';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles } from '../../src/release/files.js';
import { expect, test } from '../support/jest.js';
import { lines, releaseOf, yearOf } from './lines.js';

const golden: Readonly<Record<string, readonly string[]>> = {
  tiny: [
    'report.sv.pdf 8279f99321aab7d40b8337512800f6126faefa83e5f5d4821a9fc810f43cab30',
    'report.en.pdf bc91fd0640c01009c480ecf0765a4cd5d2371f238e9338e547335699307dc554',
    'tables.xlsx af9c9ba74cb22e0e7e659c64675edbbbaa003819e6afa08bbf703a23db2661b7',
    'tables.csv b3fb83b94ea6568391f40403739a269c86d877c8f350d95f1dc7703dfccb0fd1',
    'tables.csv-metadata.json 0f0673fd04777e8b3b21b848a16ac1a3b371d0495889469480b5c8dab19dbd86',
    'tables.json d24a62e20022e00bf34d0c52df66d1c3323f9a67b38ad6f97699e80ed61e5c85',
    'manifest.json 31bb5c790a233b655c40db900ca0e448cdff0afdb8627cf62a5891af06bc0d7b',
  ],
  small: [
    'report.sv.pdf aeadf2d8fa9f4005d57f86dbaf65eb0b94d41d7e5ce8c643f10afe5cfb149445',
    'report.en.pdf b61c5dcb52be4da734c1cb28e4b6821731296f730558988f3ed11526eea5a8cd',
    'tables.xlsx 7c006c0fd338a24e55e1501d15365188c02f08dde3dd02c29fec4e573037033c',
    'tables.csv 94ed97ab1a42975dc1f081f015c6bd00a98c4a24f7f5923b29d6eaf31a70f04b',
    'tables.csv-metadata.json 0efc700caec357b0016a1c779e2da7df3b83a0b8b3582ecd924cb549ffad0d51',
    'tables.json 5c6c6a5f9e7bf15c9cd1fc5188fc4042d389288346f558f5849910b02dd3a546',
    'manifest.json 1fe0ed71389de01c9c9b60f17bbf483b9dcda6a416d4cee8f2ed13b3927eb96d',
  ],
  large: [
    'report.sv.pdf d8d08e2deae9783a9ebd1b774546a73f32a3ab61d2da61cc36dd41eb32a1c443',
    'report.en.pdf fe791a03b58f8d6ca26a18431743002267e5dc1469be78e18cbbe0c383ec1448',
    'tables.xlsx 94cb46f0238d108faee4586fe3f2499b9c8f651442af26421f5aa59b2f21c0d1',
    'tables.csv 61602fac828bd746f8d576bf7aa4a4433200e6e5d3c930eccf82cc46c4d4d572',
    'tables.csv-metadata.json 5bba5811108f939d18773382a98c56d31f8ed358de73ef30cb795017a398cf89',
    'tables.json 9c5b53441bf14f9598c135907f58d5881ecd9539753ad8db52497589942af6e9',
    'manifest.json 3825de01510cd5b6128ac29426faff06f9a3e33a8883bee1b6e3cd6f9dd280de',
  ],
  year: [
    'report.sv.pdf e498fbcdbc507f1023bd5f06864ae98f4bc9e4c88eb063ca3ad103ec44c43b8d',
    'report.en.pdf 81948c34e26fdc46ce4d6a4af14be6122b21c30e7339be6ad7f810fed7c0abfe',
    'tables.xlsx fa1eb65257f1510ae21ef11dad48200436ac71e11246303cd78ed4f10c837e94',
    'tables.csv cfcdc194b0cf8256cd9c837ab8f6d2dfe3dddc17d5672e94bcec069ca0cbf1fa',
    'tables.csv-metadata.json b97235f269417dbdd249e202d8b48a39e6edd82e020a8b58b6484bc8673d2bf5',
    'tables.json d241781723681dcbf85156e83a22400626b2c52b3eb112664d776f84bf721e7f',
    'manifest.json 09c162d4bbc8fd01957404958512f90f94d4a6aeab8a509bd46101e58de8573d',
  ],
};

const digests = async (content: ReleaseContent) =>
  (await releaseFiles(content)).map(
    ({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`,
  );

test.each(lines)('the release of a $preset line', async (line) => {
  expect(await digests(releaseOf(line))).toEqual(golden[line.preset]);
});

test('the release of the year of a small line', async () => {
  expect(await digests(yearOf({ preset: 'small', calls: 130 }))).toEqual(golden['year']);
});
