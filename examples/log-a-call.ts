/**
 * Signs in as a handler, reads the vocabulary, stores a silent call, sends it once more, and withdraws it.
 *
 * usage: TYST_PASSWORD=... npx tsx examples/log-a-call.ts http://127.0.0.1:3000 hanna
 */
import { randomBytes } from 'node:crypto';
import { deleteCall, putCall } from '../src/contract/api/calls.js';
import { signIn } from '../src/contract/api/session.js';
import { getVocabulary } from '../src/contract/api/vocabulary.js';
import { KIND, leafCodes, type Dimension } from '../src/contract/vocabulary.js';
import { Client } from './client.js';

const [, , origin = 'http://127.0.0.1:3000', username = ''] = process.argv;
const password = process.env['TYST_PASSWORD'] ?? '';
const say = (what: string) => process.stdout.write(`${what}\n`);
const client = new Client(origin);

const { user } = await client.call(signIn, { body: { username, password } });
say(`signed in as ${user.role}`);

const { version, dimensions } = await client.call(getVocabulary, {});
say(`vocabulary ${version}: ${dimensions.filter(({ asked }) => asked).length} questions are asked`);

/** The first answer that can be chosen; a list of it where several may be. */
function firstOf(dimension: Dimension): string | string[] {
  const [first] = leafCodes(dimension);
  return dimension.max > 1 ? [first?.id ?? ''] : (first?.id ?? '');
}
// What the quarter's plan does not count is not asked. It may be sent all the same, and is dropped.
const needed = dimensions.filter(({ applies, asked, required }) => applies === 'all' && asked && required);
const answers = {
  ...Object.fromEntries(needed.map((dimension) => [dimension.id, firstOf(dimension)])),
  [KIND]: 'silent',
};

// 128 random bits. Whoever sends a call again with the same receipt replaces it: nothing is counted twice.
const params = { receipt: randomBytes(16).toString('base64url') };
say((await client.call(putCall, { params, body: { answers } })).status);
say((await client.call(putCall, { params, body: { answers } })).status);

await client.call(deleteCall, { params });
say('withdrawn');
