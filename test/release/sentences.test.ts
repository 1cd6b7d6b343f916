/** What the reports say of their numbers, in both languages: each sentence where it holds, and nowhere else. */
import type { PeriodSummary, PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import type { PublishedPeriod, ReleaseContent } from '../../src/release/content.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { listPage } from '../../src/release/open/list-page.js';
import { releasePage } from '../../src/release/open/release-page.js';
import type { OpenRelease } from '../../src/release/open/releases.js';
import { renderReport } from '../../src/release/report.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { content, oneWay } from './example.js';
import { lines, releaseOf, yearOf } from './lines.js';
import { uncertaintyIn } from './read-back.js';
import { readPdf } from './read-pdf.js';

const locales = ['sv', 'en'] as const;
type Locale = (typeof locales)[number];
type Said = Readonly<Record<Locale, string>>;

const spaced = (text: string) => text.replaceAll(/\s+/g, ' ');
const unspaced = (text: string) => text.replaceAll(' ', '');
const textOf = async (locale: Locale, of: ReleaseContent) =>
  spaced((await readPdf(await renderReport(locale, of))).text);
const times = (text: string, words: string) => text.split(words).length - 1;

const [tiny, small, large] = lines;

const guarantee: readonly Said[] = [
  {
    sv: 'Finns den här kontakten med? 70 gånger av 100 (60)',
    en: 'Is this contact among them? 70 times in 100 (60)',
  },
  {
    sv: 'Att den ägde rum är redan känt, till exempel från en telefonräkning. 76 gånger av 100 (64)',
    en: 'That it took place is known already, from a telephone bill for instance. 76 times in 100 (64)',
  },
];

const method: readonly Said[] = [
  ...guarantee,
  {
    sv: 'Talen är uppskattningar där svaren på kvartalets alla räknefrågor vägs samman. De är i genomsnitt varken för höga eller för låga, och tabellerna stämmer med varandra och med totalsummorna. Avrundningen kan flytta ett tal ett steg.',
    en: 'The numbers are estimates in which the answers to all queries of the quarter are weighed together. On average they are neither too high nor too low, and tables agree with each other and with the totals. Rounding can move a number by one step.',
  },
  {
    sv: 'Tal strax över gränsen är oftare för höga än för låga',
    en: 'Numbers just over the threshold are more often too high than too low',
  },
  { sv: '”Färre än” en gräns kan också vara noll.', en: '“Fewer than” a threshold may also be none.' },
  {
    sv: '± gäller bara skyddet, inte slumpen i hur många som hör av sig.',
    en: '± is about the protection alone, not about the chance in how many people call.',
  },
  {
    sv: 'Två rader i samma tabell kan skilja sig åt med upp till 1,7 gånger ± enbart på grund av skyddet.',
    en: 'Two rows of one table may differ by up to 1.7 times ± because of the protection alone.',
  },
  {
    sv: 'Mellan två perioder nämns en skillnad bara om den är mer än tre gånger så stor som skyddets och slumpens sammanlagda standardavvikelse',
    en: 'Between two periods a difference is given only if it is more than three times the standard deviation of protection and chance together',
  },
  {
    sv: 'Ett samtal kan ha flera hänvisningar, så deras summa är större än antalet samtal.',
    en: 'One call may have several referrals, so their sum is larger than the number of calls.',
  },
  {
    sv: 'Månader och år behöver inte stämma med kvartalen.',
    en: 'Months and years need not match the quarters.',
  },
  {
    sv: 'Varje räknefråga med sina vikter och sin varians (sigma²), och varje tabells gräns och avrundning, står i manifest.json.',
    en: 'Every query with its weights and its variance (sigma²), and the threshold and the rounding of each table, stand in manifest.json.',
  },
];

const referrals: Said = {
  sv: 'Ett samtal kan ha flera hänvisningar, så summan är större än antalet samtal.',
  en: 'One call may have several referrals, so the sum is larger than the number of calls.',
};
const months: Said = {
  sv: 'Månadernas tal blir inte alltid kvartalets när de läggs ihop.',
  en: 'The months do not always add up to the quarter.',
};
const hidden: Said = {
  sv: 'Dolda svar tillsammans är alla svar i tabellen som inte visas vart och ett.',
  en: 'Hidden answers together are all answers of the table that are not shown one by one.',
};
const fives: Said = {
  sv: 'Talen är avrundade till närmaste femtal.',
  en: 'Numbers are rounded to the nearest five.',
};
const noDifference: Said = { sv: 'Ingen skillnad', en: 'No difference' };

interface Numbered {
  readonly number: ShownNumber | null | undefined;
  readonly sigma2: number;
}

/** By how much one number exceeds another, written out of the rule; null where it is not to be said. */
function difference(now: Numbered, before: Numbered): { by: number; atLeast: boolean } | null {
  const ends = [now, before].map(({ number }) => {
    if (number == null || 'withheld' in number) return null;
    return 'value' in number ? { at: number.value, under: false } : { at: number.under - 1, under: true };
  });
  const [one, other] = ends;
  if (one == null || other == null || (one.under && other.under)) return null;
  const by = one.at - other.at;
  if ((one.under && by > 0) || (other.under && by < 0)) return null;
  const least = 3 * Math.sqrt(now.sigma2 + before.sigma2 + one.at + other.at);
  return Math.abs(by) > least ? { by, atLeast: one.under || other.under } : null;
}

const sigma2In = (table: PublishedTable, row: number, { conversations }: PeriodSummary['sureness']) =>
  uncertaintyIn(table, row, { contacts: null, conversations }) === table.uncertainty
    ? table.sigma2
    : (conversations?.sigma2 ?? NaN);

const numeral = (locale: Locale, calls: number) =>
  spaced(new Intl.NumberFormat(locale === 'sv' ? 'sv-SE' : 'en-GB').format(calls));

function rowSaid(locale: Locale, label: string, { by, atLeast }: { by: number; atLeast: boolean }): string {
  const calls = numeral(locale, Math.abs(by));
  if (locale === 'sv')
    return `${label}, ${atLeast ? 'minst omkring' : 'ungefär'} ${calls} ${by > 0 ? 'fler' : 'färre'}`;
  return `${label}, ${atLeast ? 'at least about' : 'about'} ${calls} ${by > 0 ? 'more' : 'fewer'}`;
}

/** What a report has to say of the differences of its tables, a list of rows for each table and period. */
function rowsToSay(locale: Locale, { tables, summary, before }: ReleaseContent): string[] {
  return tables.flatMap((table) => {
    if (table.columns !== null || table.rows.dimension === 'month') return [];
    return before.flatMap((period: PublishedPeriod) => {
      const other = period.tables.find((one) => one.table === table.table);
      if (other === undefined) return [];
      const rows = table.rows.codes.flatMap(({ label }, row) => {
        const at = (of: PublishedTable, totals: PeriodSummary['sureness']) => ({
          number: of.cells[row]?.[0],
          sigma2: sigma2In(of, row, totals),
        });
        const found = difference(at(table, summary.sureness), at(other, period.summary.sureness));
        return found === null ? [] : [rowSaid(locale, label[locale], found)];
      });
      return rows.length === 0 ? [] : [`: ${rows.join('; ')}.`];
    });
  });
}

describe.each(lines)('the report of a $preset line', (line) => {
  const release = releaseOf(line);
  const { tables, summary } = release;
  const texts: Record<Locale, string> = { sv: '', en: '' };
  beforeAll(async () => {
    for (const locale of locales) texts[locale] = await textOf(locale, release);
  });

  test.each(locales)('says how the numbers are made, and what the protection promises: %s', (locale) => {
    for (const said of method)
      expect([said[locale], times(texts[locale], said[locale])]).toEqual([said[locale], 1]);
  });

  test.each(locales)('says what belongs to a table beside each such table: %s', (locale) => {
    const said = (words: Said) => times(texts[locale], words[locale]);
    const tablesWhere = (holds: (table: PublishedTable) => boolean) => tables.filter(holds).length;
    expect(said(referrals)).toBe(tablesWhere(({ several }) => several));
    expect(said(referrals)).toBeGreaterThan(0);
    expect(said(months)).toBe(tablesWhere(({ rows }) => rows.dimension === 'month'));
    expect(said(hidden)).toBe(tablesWhere((table) => table.hidden !== null));
    expect(said(fives)).toBe(tablesWhere(({ step }) => step === 5));
    if (line.preset === 'large') expect(said(fives)).toBeGreaterThan(0);
  });

  test.each(locales)(
    'says of the conversations among the kinds of contact how sure their total is: %s',
    (locale) => {
      const own = tables.find(({ table }) => table === 'kind')?.uncertainty;
      const { conversations } = summary.sureness;
      expect(conversations?.uncertainty).not.toBe(own);
      const said = {
        sv: `För samtalen med stöd eller råd är den ± ${conversations?.uncertainty}, som för deras totalsumma.`,
        en: `For conversations with support or advice it is ± ${conversations?.uncertainty}, as for their total.`,
      };
      expect(times(texts[locale], said[locale])).toBe(1);
    },
  );

  test.each(locales)(
    'says every difference that is larger than three deviations, and no other: %s',
    (locale) => {
      const expected = rowsToSay(locale, release);
      // A line may end within a word that has a hyphen.
      for (const rows of expected) expect(unspaced(texts[locale])).toContain(unspaced(rows));
      const head = locale === 'sv' ? 'än vad skyddet och slumpen brukar ge: ' : 'chance usually make: ';
      expect(times(texts[locale], head)).toBe(expected.length);
      if (line.preset === 'large') expect(expected.length).toBeGreaterThan(0);
      expect(texts[locale]).not.toContain(noDifference[locale]);
    },
  );

  test.each(locales)('says of each total from which periods it differs, and with what care: %s', (locale) => {
    const found = (['contacts', 'conversations'] as const).flatMap((total) =>
      release.before.flatMap((period) => {
        const at = (of: PeriodSummary) => ({
          number: of.totals[total],
          sigma2: of.sureness[total]?.sigma2 ?? NaN,
        });
        return difference(at(summary), at(period.summary)) ?? [];
      }),
    );
    const of =
      locale === 'sv' ? /Ungefär [\d ]+ (fler|färre) än kvartal/g : /About [\d,]+ (more|fewer) than quarter/g;
    expect(texts[locale].match(of)?.length ?? 0).toBe(found.length);
    const why =
      locale === 'sv'
        ? 'Vad den beror på säger talen inte, och inget om hur vanlig extremismen är.'
        : 'What is behind it the numbers do not say, nor how common extremism is.';
    expect(times(texts[locale], why)).toBe(found.length > 0 ? 1 : 0);
    if (line.preset === 'large') expect(found).toHaveLength(4);
  });
});

describe('a difference', () => {
  const before = content({
    summary: {
      ...content().summary,
      id: '2026-Q2',
      totals: { contacts: { under: 7 }, conversations: { value: 60 } },
    },
    tables: [{ ...oneWay, period: '2026-Q2', cells: [[{ value: 70 }], [{ value: 50 }], [{ value: 90 }]] }],
  });
  const release = content({ before: [before], beside: [before] });

  test('from what is only known to lie under a threshold is at least so and so much', async () => {
    const [sv, en] = await Promise.all(locales.map((locale) => textOf(locale, release)));
    expect(sv).toContain('Minst omkring 174 fler än kvartal 2 2026.');
    expect(sv).toContain('Ungefär 91 fler än kvartal 2 2026.');
    expect(sv).toContain(': oro på svenska, ungefär 58 färre; hot på svenska, minst omkring 44 färre.');
    expect(en).toContain('At least about 174 more than quarter 2 2026.');
    expect(en).toContain(': oro, "in English", about 58 fewer; hot, "in English", at least about 44 fewer.');
  });

  test('is not sought in what is hidden together', async () => {
    const far = {
      ...before,
      tables: [{ ...oneWay, period: '2026-Q2', hidden: { value: 900, uncertainty: 3 } }],
    };
    const text = await textOf('sv', content({ before: [far], beside: [far] }));
    expect(text).not.toContain('än vad skyddet och slumpen brukar ge: ');
  });
});

describe('the year', () => {
  const sums: Said = {
    sv: 'Årets tal är inte alltid summan av de tal som visas för kvartalen.',
    en: 'The numbers of the year are not always the sums of those shown for its quarters.',
  };
  const inGroups: Said = {
    sv: '”Vad samtalet främst gällde (i grupper)” och ”Extremistmiljö (i grupper)” räknas i grupper i året, eftersom något kvartal bara räknade grupperna.',
    en: 'In the year “Main subject (in groups)” and “Extremist milieu (in groups)” are counted in groups, because some quarter counted the groups alone.',
  };
  const missing: Said = {
    sv: 'I årets tabeller saknas ”Månad”, ”Kön på den som samtalet gäller” och ”Samtalets viktigaste resultat”. Kvartalen räknade dem inte likadant, och då går de inte att lägga ihop.',
    en: 'The tables of the year lack “Month”, “Gender of the person concerned” and “Main result”. The quarters did not count them alike, so that they cannot be added up.',
  };
  // Two quarters on the plan for the fewest calls, two on the next.
  const mixed = yearOf(tiny, tiny, small, small);
  let files: readonly RenderedFile[] = [];
  const of = (name: string) => files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0);
  beforeAll(async () => {
    files = await releaseFiles(mixed);
  });

  test.each(locales)(
    'says why it is not the sum of its quarters, what is in groups and what it lacks: %s',
    async (locale) => {
      const text = spaced((await readPdf(of(`report.${locale}.pdf`))).text);
      for (const said of [sums, inGroups, missing]) expect(text).toContain(said[locale]);
      const metadata = spaced(of('tables.csv-metadata.json').toString('utf8'));
      for (const said of [sums, inGroups, missing]) expect(metadata).toContain(said[locale]);
    },
  );

  test('names what it lacks in tables.json, as the API does', () => {
    const written: unknown = JSON.parse(of('tables.json').toString('utf8'));
    expect(written).toMatchObject({ missing: mixed.missing });
    expect(mixed.missing.map(({ rows }) => rows.dimension)).toEqual(['month', 'gender', 'outcome']);
  });

  test.each(locales)(
    'says nothing of groups and gaps where its quarters counted alike: %s',
    async (locale) => {
      const text = await textOf(locale, yearOf(small));
      expect(text).toContain(sums[locale]);
      expect(text).not.toContain(inGroups[locale].slice(-40));
      expect(text).not.toContain(missing[locale].slice(-40));
    },
  );

  test('is compared with the year before', async () => {
    const [sv, en] = await Promise.all(locales.map((locale) => textOf(locale, yearOf(large))));
    expect(sv).toMatch(/Ungefär [\d ]+ fler än år 2025\./);
    expect(sv).toContain('Större skillnader mot år 2025 än vad skyddet och slumpen brukar ge: ');
    expect(en).toMatch(/About [\d,]+ more than the year 2025\./);
  });
});

test.each([
  ['sv', 'Talen är ungefärliga med avsikt.', '”Färre än” betyder inte ”några få”: det kan också vara noll.'],
  [
    'en',
    'The numbers are approximate on purpose.',
    '“Fewer than” does not mean “a few”: it may also be none.',
  ],
] as const)(
  'an open page gives its totals with how sure each is, and says how to read them: %s',
  (locale, ...said) => {
    const { period, summary } = content();
    const release: OpenRelease = {
      ...{ period, name: period, revision: 1, issuedOn: '2026-10-09', key: 'ab', files: [] },
      ...{ summary, replacedBy: null },
    };
    const setting = { locale, organisation: null, stylesheet: null };
    const pages = [releasePage(setting, release, release), listPage(setting, [release])];
    for (const page of pages) {
      expect(page).toMatch(/180\s*<span class="soft">± 5<\/span>/);
      expect(page).toMatch(/151\s*<span class="soft">± 4<\/span>/);
      expect(page).toContain(said[0]);
    }
    expect(pages[0]).toContain(said[1]);
  },
);
