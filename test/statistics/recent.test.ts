import { recent } from '../../src/statistics/recent.js';
import { expect, test } from '../support/jest.js';

function counted(kept: number) {
  const asked: string[] = [];
  const answer = recent((text) => {
    asked.push(text);
    return { text };
  }, kept);
  return { asked, answer };
}

test('the same text is worked out once, and another is another', () => {
  const { asked, answer } = counted(2);
  expect(answer('a')).toBe(answer('a'));
  expect(answer('b')).toEqual({ text: 'b' });
  expect(asked).toEqual(['a', 'b']);
});

test('what has been unasked for longest goes first', () => {
  const { asked, answer } = counted(2);
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) answer(text);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('an answer that failed is not kept', () => {
  let fails = true;
  const answer = recent((text) => {
    if (fails) throw new Error('not yet');
    return text;
  }, 2);
  expect(() => answer('a')).toThrow('not yet');
  fails = false;
  expect(answer('a')).toBe('a');
});
