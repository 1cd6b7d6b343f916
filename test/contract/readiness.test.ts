/** When an installation cannot do its work, at the edges of each reason. */
import { unreadyFor, unreadyReasons, type ReadinessFacts } from '../../src/contract/readiness.js';
import { fieldMessages } from '../../src/contract/problem.js';
import { describe, expect, test } from '../support/jest.js';

const well: ReadinessFacts = {
  intakeOpen: true,
  kept: { installedOn: '2026-01-05', sealedOn: '2026-11-14' },
};
const at = (day: string, hour = 12, facts: Partial<ReadinessFacts> = {}) =>
  unreadyFor({ ...well, ...facts }, { day, hour });

test('all is well on the day of a seal, and until the second one after it is due', () => {
  expect(at('2026-11-14', 4)).toEqual([]);
  expect(at('2026-11-15', 23)).toEqual([]);
  expect(at('2026-11-16', 3)).toEqual([]);
  expect(at('2026-11-16', 4)).toEqual(['nights-not-sealed']);
});

test('an intake that is shut is said at once', () => {
  expect(at('2026-11-14', 12, { intakeOpen: false })).toEqual(['intake-shut']);
});

describe('the day of installation', () => {
  const fresh = { kept: { installedOn: '2026-11-14', sealedOn: null } };
  test('stands in for the seal before the first', () => {
    expect(at('2026-11-16', 3, fresh)).toEqual([]);
    expect(at('2026-11-16', 4, fresh)).toEqual(['nights-not-sealed']);
  });
  test('counts where it is later than a seal, and not where it is earlier', () => {
    expect(at('2026-11-16', 3, { kept: { installedOn: '2026-11-14', sealedOn: '2026-06-01' } })).toEqual([]);
    expect(at('2026-11-16', 4, { kept: { installedOn: '2026-11-14', sealedOn: '2026-11-15' } })).toEqual([]);
  });
});

test('a clock more than 40 days after the last seal may be wrong', () => {
  expect(at('2026-12-24', 12)).toEqual(['nights-not-sealed']);
  expect(at('2026-12-25', 0)).toEqual(['clock-gap', 'nights-not-sealed']);
  expect(at('2028-01-01', 12, { intakeOpen: false })).toEqual([...unreadyReasons]);
});

test('a seal in the future, of a clock that was wrong then, is no reason', () => {
  expect(at('2026-11-01')).toEqual([]);
});

test('each reason has words in both languages', () => {
  for (const reason of unreadyReasons) {
    const { sv, en } = fieldMessages[reason];
    expect(sv).not.toBe(en);
  }
});
