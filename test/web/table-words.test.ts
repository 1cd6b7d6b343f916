/** What stands beside the numbers of a table and of a period, in both languages. */
import { howToRead } from '../../src/contract/how-to-read.js';
import type { Dimension } from '../../src/contract/vocabulary.js';
import { plan as planEnglish } from '../../src/web/messages/plan-en.js';
import { plan as planSwedish } from '../../src/web/messages/plan-sv.js';
import { missingWords, notAddedUpWords } from '../../src/web/statistics/not-counted-words.js';
import { quoteOf } from '../../src/web/statistics/quote.js';
import { aboutTable, hiddenWords } from '../../src/web/statistics/table-words.js';
import { shareText } from '../../src/web/statistics/words-of-number.js';
import { describe, expect, test } from '../support/jest.js';
import { aPeriod, aTable, axis, label, names, sure, under, value } from './published.js';

const { sureness } = aPeriod('2026-Q3');
const shared = (calls: number, share: number) => ({ value: calls, share });

describe('beside a table', () => {
  test('stand its own ± and step', () => {
    expect(aboutTable(names.sv, aTable(), sureness)).toBe(
      'Samtal med stöd eller råd. ± 7, skyddets osäkerhet.',
    );
    expect(aboutTable(names.en, aTable({ step: 5, uncertainty: 12 }), sureness)).toBe(
      'Support and advice calls. ± 12, uncertainty of the protection. Rounded to the nearest 5.',
    );
  });

  test('the kinds of contact say that the conversations are as sure as their total', () => {
    const kinds = aTable({
      universe: 'all',
      rows: axis('kind', 'conversation', 'silent'),
      cells: [[value(207)], [value(40)]],
      uncertainty: 3,
    });
    const totals = { contacts: sure(16, 9), conversations: sure(10, 6) };
    expect(aboutTable(names.sv, kinds, totals)).toBe(
      'Alla kontakter. ± 3, för samtal med stöd eller råd ± 6, skyddets osäkerhet.',
    );
    expect(aboutTable(names.sv, { ...kinds, uncertainty: 6 }, totals)).toBe(
      'Alla kontakter. ± 6, skyddets osäkerhet.',
    );
  });

  test.each([
    ['sv', 'all', 'Andel av alla kontakter.', 'Andel av raden.'],
    ['sv', 'conversation', 'Andel av samtalen med stöd eller råd.', 'Andel av raden.'],
    ['en', 'all', 'Share of all contacts.', 'Share of the row.'],
    ['en', 'conversation', 'Share of support and advice calls.', 'Share of the row.'],
  ] as const)('shares are named after what they are shares of: %s, %s', (locale, universe, whole, row) => {
    const table = aTable({ universe, cells: [[shared(40, 20)]] });
    const crossed = { ...table, columns: axis('age', 'x') };
    expect(aboutTable(names[locale], table, sureness).endsWith(` ${whole}`)).toBe(true);
    expect(aboutTable(names[locale], crossed, sureness).endsWith(` ${row}`)).toBe(true);
    expect(aboutTable(names[locale], aTable({ universe }), sureness)).not.toContain(whole);
  });

  test.each([
    ['sv', 'Ett samtal kan ha flera hänvisningar, så summan är större än antalet samtal.'],
    ['en', 'A call may have several referrals, so the sum is larger than the number of calls.'],
  ] as const)('it says that a call may have several answers, in rows or in columns: %s', (locale, said) => {
    const referrals = axis('referral', 'x', 'y');
    expect(aboutTable(names[locale], aTable({ several: true, rows: referrals }), sureness)).toContain(said);
    expect(aboutTable(names[locale], aTable({ several: true, columns: referrals }), sureness)).toContain(
      said,
    );
    expect(aboutTable(names[locale], aTable({ rows: referrals }), sureness)).not.toContain(said);
    const other = aboutTable(names[locale], aTable({ several: true }), sureness);
    expect(other).toContain(howToRead[locale].several.other);
  });

  test('every threshold is explained, and what is hidden is not to be compared', () => {
    const table = aTable({
      cells: [[under], [{ under: 12 }], [under]],
      hidden: { value: 30, uncertainty: 8 },
    });
    expect(hiddenWords(names.sv, table, false)).toBe(
      '”Färre än 10” och ”färre än 12” kan också vara noll. Vilka svar som är dolda växlar, så den raden går inte att jämföra mellan perioder.',
    );
    expect(hiddenWords(names.en, { ...table, hidden: null }, true)).toBe(
      '< 10 means fewer than 10, and may also be none. < 12 means fewer than 12, and may also be none.',
    );
    expect(hiddenWords(names.sv, aTable({ cells: [[value(20)]] }), false)).toBe('');
  });

  test('a share has a ± of its own, and a number without one has none', () => {
    expect(shareText(names.sv.statistics, shared(40, 20), 4)).toBe('20 ± 4 %');
    expect(shareText(names.en.statistics, shared(40, 20), 4)).toBe('20 ± 4%');
    expect(shareText(names.sv.statistics, value(40), 4)).toBeNull();
    expect(shareText(names.sv.statistics, under, 4)).toBeNull();
  });
});

describe('what a period lacks', () => {
  const dimension = (id: string): Dimension => ({
    ...{ id, applies: 'all', required: true, max: 1, layout: 'flat' },
    ...{ label: label(id), codes: [] },
  });
  const known = { ...names.sv, dimensions: ['kind', 'age', 'gender', 'outcome'].map(dimension) };
  const table = (id: string) => ({
    summary: { id, rows: { dimension: id, level: 'leaf' }, columns: null, universe: 'all' } as const,
  });
  const missing = [
    { rows: { dimension: 'gender', label: label('Kön') }, columns: null },
    {
      rows: { dimension: 'age', label: label('Ålder') },
      columns: { dimension: 'gender', label: label('Kön') },
    },
    { rows: { dimension: 'month', label: label('Månad') }, columns: null },
  ];

  test('of a year is what no quarter counts, and by name what some do', () => {
    const year = { tables: [table('kind'), table('age')], missing };
    expect(missingWords(known, year, true)).toEqual(['outcome']);
    expect(notAddedUpWords(known, missing)).toEqual(['Kön', 'Ålder × Kön']);
  });

  test('of a quarter is every question that no table counts, months and crosses too', () => {
    expect(missingWords(known, { tables: [table('kind')], missing: [] }, false)).toEqual([
      'Månad för månad',
      'age',
      'gender',
      'outcome',
      'Två frågor i samma tabell',
    ]);
  });
});

describe('the sentence to quote', () => {
  test.each([
    [
      'sv',
      '2026-10',
      'Stödlinjen hos Region Norr tog emot omkring 312 kontakter i oktober 2026, varav omkring 207 samtal med stöd eller råd (osäkerhet för skyddets skull: ±9 och ±7).',
    ],
    [
      'sv',
      '2026-Q4',
      'Stödlinjen hos Region Norr tog emot omkring 312 kontakter under kvartal 4 2026, varav omkring 207 samtal med stöd eller råd (osäkerhet för skyddets skull: ±9 och ±7).',
    ],
    [
      'en',
      '2026-10',
      'The support line of Region Norr received about 312 contacts in October 2026, about 207 of them support and advice calls (uncertainty for the sake of protection: ±9 and ±7).',
    ],
    [
      'en',
      '2026',
      'The support line of Region Norr received about 312 contacts in 2026, about 207 of them support and advice calls (uncertainty for the sake of protection: ±9 and ±7).',
    ],
  ] as const)('carries numbers, ±, period and organisation: %s, %s', (locale, id, said) => {
    expect(quoteOf(names[locale], aPeriod(id, 312, 207), 'Region Norr')).toBe(said);
  });

  test('has what is shown alone, and is not there without', () => {
    const period = aPeriod('2026-10', 312, 207);
    const hidden = { ...period, totals: { ...period.totals, conversations: under } };
    expect(quoteOf(names.sv, hidden, null)).toBe(
      'Stödlinjen tog emot omkring 312 kontakter i oktober 2026 (osäkerhet för skyddets skull: ±9).',
    );
    expect(quoteOf(names.en, aPeriod('2026-10', null, 207), null)).toBe(
      'The support line received about 207 support and advice calls in October 2026 (uncertainty for the sake of protection: ±7).',
    );
    expect(quoteOf(names.sv, aPeriod('2026-10', null, null), 'Region Norr')).toBeNull();
  });

  test('says from when its quarter was counted, where that is not from its first day', () => {
    const begunAnew = [{ quarter: '2026-Q4', countedFrom: '2026-10-09' }];
    const sentence = quoteOf(names.sv, { ...aPeriod('2026-10', 312, 207), begunAnew }, null);
    expect(sentence).toContain('±7). Räknat från den 9 oktober 2026: ');
  });
});

describe('how the numbers are to be read', () => {
  test.each([
    ['together', 'på en gång', 'varken för höga eller för låga', 'flyttas ett steg'],
    ['justOver', 'oftare för höga än för låga'],
    ['under', 'vara noll', 'inte ”några få”'],
    ['uncertainty', 'bara skyddet, inte slumpen'],
    ['rows', '1,7 gånger ±'],
    ['periods', 'tre gånger', '3 · √(a + b + v + w)', 'kan det ändå ha ändrats'],
    ['several', 'flera hänvisningar', 'större än antalet samtal'],
    ['months', 'inte alltid precis så många som kvartalet'],
    ['year', 'inte alltid summan av de kvartal som visas', 'i grupper'],
    ['details', 'vikter och varianser (sigma²)', 'manifest.json'],
  ] as const)('says of %s what it has to', (point, ...said) => {
    for (const words of said) expect(howToRead.sv.points[point].text).toContain(words);
  });

  test.each([
    ['together', 'at once', 'neither too high nor too low', 'by one step'],
    ['justOver', 'more often too high than too low'],
    ['under', 'may be zero', 'not mean “a few”'],
    ['uncertainty', 'the protection alone, not chance'],
    ['rows', '1.7 times ±'],
    ['periods', 'three times', '3 · √(a + b + v + w)', 'may still have been a change'],
    ['several', 'several referrals', 'larger than the number of calls'],
    ['months', 'do not always add up'],
    ['year', 'not always the sum of the quarters', 'in groups'],
    ['details', 'weights and variances (sigma²)', 'manifest.json'],
  ] as const)('says it in English of %s too', (point, ...said) => {
    for (const words of said) expect(howToRead.en.points[point].text).toContain(words);
  });
});

test.each([
  ['sv', planSwedish],
  ['en', planEnglish],
] as const)('a choice of protection says both of its promises: %s', (_, { levels }) => {
  expect(levels.normal.why).toMatch(/\b70\b.*\b100\b.*\b76\b/);
  expect(levels.strict.why).toMatch(/\b60\b.*\b100\b.*\b64\b/);
});
