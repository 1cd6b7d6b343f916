/** What the page sees in a foreword before it is sent. */
import { forewordOf, sameTexts, wrongIn } from '../../src/web/releases/foreword.js';
import { identifyingIn } from '../../src/web/releases/identifying.js';
import { describe, expect, test } from '../support/jest.js';

describe('what looks like a person', () => {
  test.each([
    ['personalNumber', '19900131-1234'],
    ['personalNumber', '900131-1234'],
    ['personalNumber', '9001311234'],
    ['personalNumber', '199001311234'],
    ['personalNumber', '120131+1234'],
    ['personalNumber', '900191-1234'],
    ['telephone', '070-123 45 67'],
    ['telephone', '0739234567'],
    ['telephone', '08-12 34 56 78'],
    ['telephone', '+46 70 123 45 67'],
    ['telephone', '+46 (0)70 123 45 67'],
    ['telephone', '0046701234567'],
    ['email', 'anna.åberg@example.se'],
  ])('%s: %s', (kind, text) => {
    expect(identifyingIn(`Ring ${text}, tack.`)).toEqual([{ kind, text }]);
    expect(identifyingIn(text)).toEqual([{ kind, text }]);
  });

  test.each([
    'Under 2024–2026 tog vi emot ungefär 1 200 samtal.',
    'Ungefär 45 (± 7) av 985.',
    'Kvartal 3 2026, utgiven 2026-10-09.',
    'Ring 112 eller 116 111.',
    'Dnr 2026/00123 och 0,5 procent.',
    'Vi finns på @stödlinjen.',
    'Öppet 09–17, 08.00–16.30.',
  ])('is not seen in: %s', (text) => {
    expect(identifyingIn(text)).toEqual([]);
  });

  test('is found more than once, each time by one name', () => {
    const text = 'A: 900131-1234, B: a@b.se och 070-123 45 67.';
    expect(identifyingIn(text).map(({ kind }) => kind)).toEqual(['email', 'personalNumber', 'telephone']);
  });
});

describe('a foreword', () => {
  test('is what is written, without what cannot be seen', () => {
    expect(forewordOf({ sv: ' Hej \n\n\n\nalla ', en: ' \n' })).toEqual({ sv: 'Hej\n\nalla' });
    expect(forewordOf({ sv: '', en: '' })).toBeUndefined();
    expect(sameTexts({ sv: 'a', en: '' }, { sv: 'a \n', en: ' ' })).toBe(true);
    expect(sameTexts({ sv: 'a', en: '' }, { sv: 'a', en: 'b' })).toBe(false);
  });

  test('is wrong where it is too long or cannot be printed', () => {
    expect(wrongIn('x'.repeat(2000))).toBeNull();
    expect(wrongIn(`${'x'.repeat(2000)} \n`)).toBeNull();
    expect(wrongIn('x'.repeat(2001))).toEqual({ what: 'too-long' });
    expect(wrongIn('Hej 🙂 🙂 漢')).toEqual({ what: 'unprintable', characters: ['🙂', '漢'] });
  });
});
