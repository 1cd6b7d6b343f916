import bcrypt from 'bcrypt';
import { passwords, passwordsWith } from '../../src/desk/sign-in/passwords.js';
import { describe, expect, test } from '../support/jest.js';

const cheap = passwordsWith(bcrypt, 4);

describe('a password', () => {
  test.each([
    ['differs in its 73rd byte', `${'a'.repeat(72)}b`, `${'a'.repeat(72)}c`],
    ['differs in its 256th character', `${'å'.repeat(255)}b`, `${'å'.repeat(255)}c`],
    ['is a beginning of 72 bytes', 'a'.repeat(73), 'a'.repeat(72)],
    ['is a beginning before a zero byte', 'hemlig\u0000a', 'hemlig\u0000b'],
    ['differs in case', 'En lång lösenfras', 'en lång lösenfras'],
    ['differs in a space at the end', 'en lång lösenfras', 'en lång lösenfras '],
    ['has another sign beyond the basic plane', '🦉'.repeat(12), '🦊'.repeat(12)],
    ['lacks its dots', 'fågelbär och öl', 'fagelbar och ol'],
  ])('is not another that %s', async (_name, stored, tried) => {
    const hash = await cheap.hash(stored);
    expect(await cheap.matches(tried, hash)).toBe(false);
    expect(await cheap.matches(stored, hash)).toBe(true);
  });

  test.each([
    ['composed and decomposed å', 'lösenfras på åtta ord', 'lösenfras på åtta ord'.normalize('NFD')],
    ['a ligature', 'fin fika', '\ufb01n \ufb01ka'],
    ['full width', 'abc 123', '\uff41\uff42\uff43 \uff11\uff12\uff13'],
  ])('is the same however the keyboard writes it: %s', async (_name, stored, tried) => {
    expect(await cheap.matches(tried, await cheap.hash(stored))).toBe(true);
  });

  test('is matched by nothing where none is stored', async () => {
    for (const tried of ['', '.', '.'.repeat(53), 'en lång lösenfras'])
      expect(await cheap.matches(tried, null)).toBe(false);
  });
});

test('a stored password took 2^12 rounds, and so does the comparison with none', async () => {
  const costs: number[] = [];
  const compare = (data: string | Buffer, hash: string): Promise<boolean> => {
    costs.push(bcrypt.getRounds(hash));
    return bcrypt.compare(data, hash);
  };
  const real = passwordsWith({ hash: bcrypt.hash, compare: compare as typeof bcrypt.compare });
  const hash = await passwords.hash('en lång lösenfras');
  expect(await real.matches('en lång lösenfras', hash)).toBe(true);
  expect(await real.matches('en lång lösenfras', null)).toBe(false);
  expect(costs).toEqual([12, 12]);
});
