/** Requests about calls have one length: which the longest call fits, and that spaces after it change nothing. */
import { deleteCall, putCall } from '../../src/contract/api/calls.js';
import { padded, requestBody } from '../../src/contract/api/padding.js';
import { signIn } from '../../src/contract/api/session.js';
import { checkAnswers, type Answers } from '../../src/contract/call.js';
import { leafCodes, type Dimension } from '../../src/contract/vocabulary.js';
import { aConversation, aSilentCall, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

const bytesOf = (text: string | undefined) => Buffer.byteLength(text ?? '');
const month = '2026-11';

/** The answer to a question that takes the most bytes. */
function longestAnswer(dimension: Dimension): string | string[] {
  const codes = leafCodes(dimension)
    .filter(({ exclusive }) => exclusive !== true)
    .map(({ id }) => id)
    .sort((a, b) => b.length - a.length);
  return dimension.max > 1 ? codes.slice(0, dimension.max) : (codes[0] ?? '');
}

const longestCall: Answers = {
  ...Object.fromEntries(vocabulary.dimensions.map((dimension) => [dimension.id, longestAnswer(dimension)])),
  kind: 'conversation',
};

describe('a call', () => {
  test('fits into one length, the longest that the shipped vocabulary allows too', () => {
    expect(checkAnswers(longestCall, vocabulary)).toEqual([]);
    expect(Object.keys(longestCall)).toHaveLength(vocabulary.dimensions.length);
    const longest = bytesOf(JSON.stringify({ answers: longestCall, month }));
    expect(longest).toBeGreaterThan(bytesOf(JSON.stringify({ answers: aConversation(), month })));
    expect(longest).toBeLessThanOrEqual(putCall.bodyBytes);
  });

  test('is sent as 1,024 bytes, whatever it says, and says the same', () => {
    const calls = [
      { answers: aSilentCall() },
      { answers: aSilentCall(), month },
      { answers: aConversation() },
      { answers: longestCall, month },
    ];
    for (const call of calls) {
      const sent = requestBody(putCall, call);
      expect([call, bytesOf(sent)]).toEqual([call, 1024]);
      expect(JSON.parse(sent ?? '')).toEqual(call);
      expect(sent?.trimEnd()).toBe(JSON.stringify(call));
    }
  });

  test('is withdrawn with as many', () => {
    expect(requestBody(deleteCall, undefined)).toBe(`{}${' '.repeat(1022)}`);
  });

  test('of a vocabulary with much longer codes is filled up to the next length', () => {
    const referral = ['a', 'b', 'c'].map((letter) => letter.repeat(400));
    expect(bytesOf(requestBody(putCall, { answers: aConversation({ referral }) }))).toBe(2048);
  });
});

test('bytes are counted, not characters', () => {
  expect(padded('"å"', 8)).toBe('"å"    ');
  expect(padded('"åå"', 6)).toBe('"åå"');
});

test('what has no length to keep is sent as it is, or not at all', () => {
  const body = { username: 'hanna', password: 'correct horse battery' };
  expect(requestBody(signIn, body)).toBe(JSON.stringify(body));
  expect(requestBody(signIn, undefined)).toBeUndefined();
});
