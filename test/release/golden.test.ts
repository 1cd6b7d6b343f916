/**
 * Releases of lines of three sizes, to the byte: the same published numbers give the same files on every machine.
 * Who changes what a file looks like on purpose writes the new hashes here.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles } from '../../src/release/files.js';
import { lines, releaseOf, yearOf } from './lines.js';

const golden: Readonly<Record<string, readonly string[]>> = {
  tiny: [
    'report.sv.pdf bca563e4ba87e5951229b68c070f8869dae5c1f20258906dd52f28388586c4ce',
    'report.en.pdf 29540b9599126b2c03aa06048fcd7fecd24942276ff44c5d1a37d7922f19efc6',
    'tables.xlsx af9c9ba74cb22e0e7e659c64675edbbbaa003819e6afa08bbf703a23db2661b7',
    'tables.csv b3fb83b94ea6568391f40403739a269c86d877c8f350d95f1dc7703dfccb0fd1',
    'tables.csv-metadata.json 0f0673fd04777e8b3b21b848a16ac1a3b371d0495889469480b5c8dab19dbd86',
    'tables.json d24a62e20022e00bf34d0c52df66d1c3323f9a67b38ad6f97699e80ed61e5c85',
    'manifest.json b9e9acacff4e6a68590880fd6ba3fbd700022f6afb618c5b69576cb8912084fe',
  ],
  small: [
    'report.sv.pdf 0ee0374468c22a62862244a10482f9153243cd3dd3c25614a6acc8f8e316282c',
    'report.en.pdf c5070ad24164df3e0b761fe61a842a2fabfa64fab4a68ca838309afe9c6e0379',
    'tables.xlsx 7c006c0fd338a24e55e1501d15365188c02f08dde3dd02c29fec4e573037033c',
    'tables.csv 94ed97ab1a42975dc1f081f015c6bd00a98c4a24f7f5923b29d6eaf31a70f04b',
    'tables.csv-metadata.json 0efc700caec357b0016a1c779e2da7df3b83a0b8b3582ecd924cb549ffad0d51',
    'tables.json 5c6c6a5f9e7bf15c9cd1fc5188fc4042d389288346f558f5849910b02dd3a546',
    'manifest.json 36cd0750eb3a7a094c9fd28aa81dbfa37390c8591036b6e4bb6b1cb1950efcb7',
  ],
  large: [
    'report.sv.pdf a298d516a0c00850d40df6cda09713eb4422e2516c30b70423ea240005971386',
    'report.en.pdf 3a33afa3851d01d7b1971c5ced2a700325aa93be2278f8e6bafd01001ae746ab',
    'tables.xlsx 94cb46f0238d108faee4586fe3f2499b9c8f651442af26421f5aa59b2f21c0d1',
    'tables.csv 61602fac828bd746f8d576bf7aa4a4433200e6e5d3c930eccf82cc46c4d4d572',
    'tables.csv-metadata.json 5bba5811108f939d18773382a98c56d31f8ed358de73ef30cb795017a398cf89',
    'tables.json 9c5b53441bf14f9598c135907f58d5881ecd9539753ad8db52497589942af6e9',
    'manifest.json 5f750e4520c28af49b971a95491d0cffd5309b3e75e41686d79d12fac401c85b',
  ],
  year: [
    'report.sv.pdf b5c5ea029a9472edbfbb92f163784ed9489aab30a999a970df3b8c3b5aab05a5',
    'report.en.pdf 656172d1022e6b6b8c70cba72744826b3fdfb6739e677a6cb91abb8fcda4d755',
    'tables.xlsx fa1eb65257f1510ae21ef11dad48200436ac71e11246303cd78ed4f10c837e94',
    'tables.csv cfcdc194b0cf8256cd9c837ab8f6d2dfe3dddc17d5672e94bcec069ca0cbf1fa',
    'tables.csv-metadata.json b97235f269417dbdd249e202d8b48a39e6edd82e020a8b58b6484bc8673d2bf5',
    'tables.json d241781723681dcbf85156e83a22400626b2c52b3eb112664d776f84bf721e7f',
    'manifest.json aaca57bdcd572a9dc4aa0f4b66e5fb4d180f60a99b2fb43c3b62b9e78acb29bd',
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
