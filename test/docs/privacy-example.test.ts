/** Every figure of docs/privacy.md and docs/privacy.sv.md comes from the real functions, or this fails. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planCost, planSigma2, toNumber, type Preset } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import type { Locale } from '../../src/contract/problem.js';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import { findDimension, topOf } from '../../src/contract/vocabulary.js';
import { keptDimensions } from '../../src/keeping/layout.js';
import { projectRoot } from '../../src/platform/project.js';
import { about as aboutInEnglish } from '../../src/web/messages/about-en.js';
import { about as aboutInSwedish } from '../../src/web/messages/about-sv.js';
import { plan as planInEnglish } from '../../src/web/messages/plan-en.js';
import { plan as planInSwedish } from '../../src/web/messages/plan-sv.js';
import { words } from '../../src/release/words.js';
import { stepFor, thresholdFor, uncertaintyOf } from '../../src/statistics/show.js';
import { codesOf, vocabulary } from '../support/calls.js';
import { definedDistribution, sum } from '../support/discrete-gaussian.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { answers, follow, receipt, type Example, type Line } from './privacy-example.js';

const quiet: Line = { preset: 'tiny', count: 58, conversations: 0.9, tables: ['concern-top'] };
const busy: Line = { preset: 'large', count: 1200, conversations: 0.75, tables: ['environment-by-gender'] };
const RHOS = [0.5, 0.125] as const;

let tiny: Example;
let large: Example;
beforeAll(async () => {
  tiny = await follow(quiet);
  large = await follow(busy);
});

const languages = {
  en: {
    file: 'privacy.md',
    under: 'fewer than',
    withheld: 'not shown',
    forgotten: 'forgotten',
    total: 'All conversations',
    quiet: (calls: number) => `a quiet one with ${String(calls)} calls that quarter and preset \`tiny\``,
    busy: (calls: number) => `a busy one with ${String(calls)} calls and preset \`large\``,
    forgottenOn: (day: string) => `The fingerprint of the receipt is remembered until ${day},`,
    closedOn: (day: string) => `**On ${day}** the quarter is closed.`,
    each: (uncertainty: number) =>
      `the last column is what people see, each number ± ${String(uncertainty)}.`,
    crossed: (uncertainty: number) =>
      `On the busy line there is also a table of milieu by gender, each number ± ${String(uncertainty)}:`,
    guarantee: (normal: number, strict: number) =>
      `is right at most ${String(normal)} times in a hundred after reading everything that is ever published about that quarter. With the strict setting it is ${String(strict)}.`,
    inPresets: (normal: string, strict: string) =>
      `In the presets the reader is right at most ${normal}% of the time (strict: ${strict}%).`,
    inOwn: (normal: number, strict: number) =>
      `it can be more than that but under ${String(normal)}% (strict: under ${String(strict)}%)`,
  },
  sv: {
    file: 'privacy.sv.md',
    under: 'färre än',
    withheld: 'visas inte',
    forgotten: 'glömt',
    total: 'Alla samtal med stöd eller råd',
    quiet: (calls: number) => `en lugn med ${String(calls)} samtal det kvartalet och planen \`tiny\``,
    busy: (calls: number) => `en hårt belastad med ${String(calls)} samtal och planen \`large\``,
    forgottenOn: (day: string) => `Kvittots fingeravtryck minns Tyst till ${day},`,
    closedOn: (day: string) => `**${day}** stängs kvartalet.`,
    each: (uncertainty: number) =>
      `den sista kolumnen är vad folk får se, varje tal ± ${String(uncertainty)}.`,
    crossed: (uncertainty: number) =>
      `På den hårt belastade linjen finns också en tabell över miljö och kön, varje tal ± ${String(uncertainty)}:`,
    guarantee: (normal: number, strict: number) =>
      `gissar rätt högst ${String(normal)} gånger av hundra efter att ha läst allt som någonsin publiceras om kvartalet. Med den stränga inställningen är det ${String(strict)}.`,
    inPresets: (normal: string, strict: string) =>
      `Med de förvalda planerna gissar läsaren rätt i högst ${normal} procent av fallen (strängt: ${strict}).`,
    inOwn: (normal: number, strict: number) =>
      `kan det vara mer än så men under ${String(normal)} procent (strängt: under ${String(strict)})`,
  },
} as const;

const documentIn = (locale: Locale) =>
  readFileSync(join(projectRoot, 'docs', languages[locale].file), 'utf8');

/** What stands after `<!-- example: name -->`: the rows of a table without its head, cell by cell. */
function rowsAfter(document: string, name: string): string[][] {
  const [, after = ''] = document.split(`<!-- example: ${name} -->\n`);
  const [block = ''] = after.trimStart().split('\n\n');
  const [, , ...rows] = block.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function codeAfter(document: string, name: string): string {
  const [, after = ''] = document.split(`<!-- example: ${name} -->\n`);
  return after.split('```')[1]?.replace(/^\w*\n/, '') ?? '';
}

/** A number as a language writes it, with a true minus sign. */
const written = (number: number, locale: Locale, digits = 0) =>
  new Intl.NumberFormat(locale === 'sv' ? 'sv-SE' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
    .format(number)
    .replace('-', '−');

function shown(number: ShownNumber | undefined, locale: Locale): string {
  const { under, withheld } = languages[locale];
  if (number === undefined) return '';
  if ('value' in number) return written(number.value, locale);
  return 'under' in number ? `${under} ${written(number.under, locale)}` : withheld;
}

/** The labels that a sealed row's numbers stand for, by dimension. */
function sealedLabels({ sealed: [row = []] }: Example, preset: Preset, locale: Locale): Map<string, string> {
  const kept = keptDimensions(presetPlan(preset), vocabulary);
  return new Map(
    kept.map(({ dimension, sealedSlot, slots }) => {
      const numbers = row.slice(sealedSlot - 1, sealedSlot - 1 + slots).filter((number) => number > 0);
      return [dimension.id, numbers.map((number) => dimension.codes[number - 1]?.label[locale]).join(', ')];
    }),
  );
}

/** How many conversations of the line were counted under each code of a dimension, at level top. */
function trueCounts({ calls }: Example, dimension: string): Map<string, number> {
  const codes = findDimension(vocabulary, dimension)?.codes ?? [];
  const counts = new Map<string, number>();
  for (const call of calls) {
    const code = codes.find(({ id }) => id === call[dimension]);
    if (code !== undefined) counts.set(topOf(code), (counts.get(topOf(code)) ?? 0) + 1);
  }
  return counts;
}

/** The standard normal distribution's share below x (Abramowitz and Stegun 7.1.26, error under 1e-7). */
function below(x: number): number {
  const t = 1 / (1 + (0.3275911 * x) / Math.SQRT2);
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 1 - (series * Math.exp((-x * x) / 2)) / 2;
}

/** How often somebody is right, who knows all else and had an even guess, about `calls` calls: by rho alone. */
const rightAbout = (calls: number, rho: number) => below((calls * Math.sqrt(2 * rho)) / 2);

/** The sum of so many draws of noise, out to 12 standard deviations. */
function summed(draws: number, sigma2: number): Map<number, number> {
  const draw = [...definedDistribution(sigma2)];
  const reach = 12 * Math.sqrt(draws * sigma2);
  let total = new Map([[0, 1]]);
  for (let drawn = 0; drawn < draws; drawn += 1) {
    const next = new Map<number, number>();
    for (const [x, p] of total) {
      for (const [y, q] of draw)
        if (Math.abs(x + y) <= reach) next.set(x + y, (next.get(x + y) ?? 0) + p * q);
    }
    total = next;
  }
  return total;
}

/**
 * The same exactly, in per cent, in a plan of that cost: each call adds one to as many cells as the cost says, and all
 * that the noise leaves to tell is the sum of those cells.
 */
function exactlyRight(cost: number, rho: number): (calls: number) => number {
  const noise = summed(cost, cost / (2 * rho));
  return (calls) =>
    50 + 50 * sum([...noise].map(([x, p]) => Math.max(0, p - (noise.get(x - calls * cost) ?? 0))));
}

const presetCosts = (Object.keys(presets) as Preset[]).map((name) => planCost(presetPlan(name), vocabulary));
/** Plans of one's own with the least noise: sigma^2 is 1, 2, 3 and so on at rho 0.5. */
const ownCosts = [1, 2, 3, 4, 5, 6, 7, 8];
const exact = new Map(
  RHOS.map((rho) => [
    rho,
    {
      presets: presetCosts.map((cost) => exactlyRight(cost, rho)),
      own: ownCosts.map((cost) => exactlyRight(cost, rho)),
    },
  ]),
);

/** The worst of every plan, in whole per cent upwards: what the plain texts say. */
function worst(calls: number, rho: (typeof RHOS)[number]): number {
  const { presets: ready = [], own = [] } = exact.get(rho) ?? {};
  return Math.ceil(Math.max(...[...ready, ...own].map((right) => right(calls))));
}

/** The epsilon of (epsilon, 10^-6) differential privacy that rho gives, by the tight conversion (Canonne et al., 2020). */
function epsilonOf(rho: number): number {
  const alphas = Array.from({ length: 10_000 }, (_, index) => 1 + (index + 1) / 500);
  return Math.min(...alphas.map((a) => rho * a + Math.log(1 / (1e-6 * a)) / (a - 1) + Math.log(1 - 1 / a)));
}

/** In per cent, rounded upwards to one decimal. */
const atMost = (share: number) => Math.ceil(share * 1000) / 10;

describe('the call of the example', () => {
  test('stands in intake that day as its codes, month, day and the hash of its receipt', () => {
    expect(tiny.intake).toEqual(large.intake);
    expect(tiny.intake).toHaveLength(1);
    expect(tiny.intake[0]?.codes).toEqual(codesOf(answers));
  });

  test('is destroyed by the close', () => {
    for (const { left } of [tiny, large]) expect(left).toEqual({ rows: 0, sealedTables: 0 });
  });
});

describe.each(['en', 'sv'] as const)('the document in %s', (locale) => {
  const document = documentIn(locale);
  /** As it is read: without the ends of lines. */
  const text = document.replaceAll(/\n(> )?/g, ' ');

  test('shows what is sent', () => {
    const sent = `PUT /api/v1/calls/${receipt}${JSON.stringify({ answers })}`;
    expect(codeAfter(document, 'sent').replaceAll(/\s/g, '')).toBe(sent.replaceAll(/\s/g, ''));
  });

  test('shows what stands in intake', () => {
    const [row] = tiny.intake;
    expect(rowsAfter(document, 'intake').map((cells) => cells.slice(0, 2))).toEqual([
      ['`receipt_hash`', `\`${row?.receipt_hash.slice(0, 12) ?? ''}…\``],
      ['`day`', row?.day],
      ['`month`', row?.month],
      ['`codes`', row?.codes.join(' ')],
    ]);
  });

  test('shows every answer, and what is left of it after the night', () => {
    const afterTiny = sealedLabels(tiny, 'tiny', locale);
    const afterLarge = sealedLabels(large, 'large', locale);
    const { forgotten } = languages[locale];
    expect(rowsAfter(document, 'answers')).toEqual(
      vocabulary.dimensions.map(({ id, label, codes }) => [
        label[locale],
        [answers[id] ?? []]
          .flat()
          .map((chosen) => codes.find((code) => code.id === chosen)?.label[locale])
          .join(', '),
        afterTiny.get(id) ?? forgotten,
        afterLarge.get(id) ?? forgotten,
      ]),
    );
  });

  test('shows the sealed rows', () => {
    expect(tiny.sealed).toHaveLength(1);
    expect(rowsAfter(document, 'sealed')).toEqual([
      ['`tiny`', '2026-11', tiny.sealed[0]?.join(' ')],
      ['`large`', '2026-11', large.sealed[0]?.join(' ')],
    ]);
    expect(text).toContain(languages[locale].forgottenOn(tiny.memory[0]?.forget_on ?? ''));
  });

  test('shows the counts, the noise and what is published', () => {
    const counts = trueCounts(tiny, 'concern');
    const table = tiny.tables['concern-top'] as PublishedTable;
    const noisy = tiny.noisy['concern-top'] ?? [];
    const rows = table.rows.codes.map(({ code, label }, index) => {
      const count = counts.get(code) ?? 0;
      const number = noisy[index]?.[0] ?? NaN;
      const noise = number - count;
      return [
        label[locale],
        written(count, locale),
        noise > 0 ? `+${written(noise, locale)}` : written(noise, locale),
        written(number, locale),
        shown(table.cells[index]?.[0], locale),
      ];
    });
    expect(rowsAfter(document, 'published')).toEqual(rows);
    const conversations = tiny.calls.filter(({ kind }) => kind === 'conversation').length;
    const { totals, uncertainty } = tiny.period;
    expect(rowsAfter(document, 'total')).toEqual([
      [
        languages[locale].total,
        written(conversations, locale),
        `${shown(totals.conversations ?? undefined, locale)} ± ${String(uncertainty.conversations)}`,
      ],
    ]);
    expect(text).toContain(languages[locale].each(table.uncertainty));
    expect(text).toContain(languages[locale].closedOn(tiny.period.publishedOn));
    expect(text).toContain(languages[locale].quiet(quiet.count));
    expect(text).toContain(languages[locale].busy(busy.count));
  });

  test('shows a cross table of a busy line', () => {
    const table = large.tables['environment-by-gender'] as PublishedTable;
    expect(text).toContain(languages[locale].crossed(table.uncertainty));
    expect(rowsAfter(document, 'crossed')).toEqual(
      table.rows.codes.map(({ label }, row) => [
        label[locale],
        ...(table.cells[row] ?? []).map((cell) => shown(cell, locale)),
      ]),
    );
  });

  test('gives threshold, step and uncertainty of every preset', () => {
    const rows = (Object.keys(presets) as Preset[]).flatMap((preset) =>
      RHOS.map((rho) => {
        const sigma2 = toNumber(planSigma2(presetPlan(preset, rho), vocabulary));
        const step = stepFor(sigma2);
        return [
          `\`${preset}\``,
          written(rho, locale, rho === 0.5 ? 1 : 3),
          written(sigma2, locale),
          written(thresholdFor(sigma2, step), locale),
          written(step, locale),
          `± ${String(uncertaintyOf(sigma2, step))}`,
        ];
      }),
    );
    expect(rowsAfter(document, 'presets')).toEqual(rows);
  });

  test('says what the guarantee is worth for one call, and for several of one person', () => {
    const rows = [1, 2, 3, 4].map((calls) => [
      written(calls, locale),
      ...RHOS.map((rho) => `${written(atMost(rightAbout(calls, rho)), locale, 1)} %`),
    ]);
    expect(rowsAfter(document, 'repeat')).toEqual(rows);
    // One call in each of four quarters costs as much as two in one: m rho is (sqrt m)^2 rho.
    const spread = written(atMost(rightAbout(Math.sqrt(4), 0.5)), locale, 1);
    expect(document).toMatch(new RegExp(`${locale === 'en' ? 'in one' : 'samma'}, ${spread}`));
    expect(text).toContain(languages[locale].guarantee(worst(1, 0.5), worst(1, 0.125)));
    const [normal = '', strict = ''] = RHOS.map((rho) => written(atMost(rightAbout(1, rho)), locale, 1));
    expect(text).toContain(languages[locale].inPresets(normal, strict));
    expect(text).toContain(languages[locale].inOwn(worst(1, 0.5), worst(1, 0.125)));
    expect(text).toContain(
      `epsilon ${locale === 'en' ? 'about' : 'omkring'} ${written(epsilonOf(0.5), locale, 1)}`,
    );
  });
});

test.each([
  { about: aboutInSwedish, plan: planInSwedish, report: words.sv },
  { about: aboutInEnglish, plan: planInEnglish, report: words.en },
])(
  'the public page, the plan page and the report say what holds for every plan',
  ({ about, plan, report }) => {
    const [[, several] = []] = about.limitsItems;
    const { normal, strict } = plan.levels;
    for (const text of [about.guaranteeWhat, normal.why, report.methods.at(-1)])
      expect(text).toMatch(new RegExp(`(högst|at most) ${String(worst(1, 0.5))} `));
    for (const text of [about.guaranteeWhat, strict.why, report.methods.at(-1)])
      expect(text).toMatch(new RegExp(`\\b${String(worst(1, 0.125))}\\b`));
    const [, strength] = about.limitsItems.at(-1) ?? [];
    expect(strength).toMatch(/rho 0[.,]5/);
    expect(strength).toMatch(
      new RegExp(`epsilon (omkring|about) ${epsilonOf(0.5).toFixed(1).replace('.', '[.,]')} `),
    );
    for (const rho of RHOS) expect(several).toMatch(new RegExp(`(upp till|up to) ${String(worst(3, rho))} `));
  },
);

describe.each(RHOS)(
  'at rho %s the noise of a whole plan gives calls away no more than the texts say',
  (rho) => {
    const { presets: ready = [], own = [] } = exact.get(rho) ?? {};
    const plain = rho === 0.5 ? 70 : 60;

    test.each([1, 2, 3, 4])('%i of one person', (calls) => {
      const stated = atMost(rightAbout(calls, rho));
      for (const right of ready) {
        expect(right(calls)).toBeLessThanOrEqual(stated);
        expect(right(calls)).toBeGreaterThan(stated - 0.5);
      }
      for (const right of own) expect(right(calls)).toBeLessThanOrEqual(stated + 1);
    });

    test('and one in a plan of one’s own', () => {
      for (const right of own) expect(right(1)).toBeLessThan(plain);
      expect(worst(1, rho)).toBe(plain);
    });
  },
);
