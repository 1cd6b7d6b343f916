/** Every figure of docs/privacy.md and docs/privacy.sv.md comes from the real functions, or this fails. */
import { words } from '../../src/release/words.js';
import { about as aboutInEnglish } from '../../src/web/messages/about-en.js';
import { about as aboutInSwedish } from '../../src/web/messages/about-sv.js';
import { plan as planInEnglish } from '../../src/web/messages/plan-en.js';
import { plan as planInSwedish } from '../../src/web/messages/plan-sv.js';
import { countedCodesOf } from '../support/calls.js';
import { presetPlan } from '../../src/contract/presets.js';
import { expectGolden } from '../support/golden.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import {
  atMost,
  epsilonOf,
  exact,
  inWhole,
  RHOS,
  rightAbout,
  rightAboutStories,
  rightAfterALook,
  storiesAfterALook,
  worst,
} from './guarantee.js';
import { answers } from './privacy-example.js';
import { documentIn, documents, figuredDocument, followBoth, type Examples } from './privacy-figures.js';

let examples: Examples;
beforeAll(async () => {
  examples = await followBoth();
});

describe('the call of the example', () => {
  test('stands in intake that day as an envelope, with month, day and the hash of its receipt', () => {
    const { tiny, large } = examples;
    for (const { intake } of [tiny, large]) expect(intake).toHaveLength(1);
    const told = ({ intake: [row] }: typeof tiny) => [row?.receipt_hash, row?.day, row?.month];
    expect(told(tiny)).toEqual(told(large));
    expect(tiny.intake[0]?.envelope).not.toEqual(large.intake[0]?.envelope);
    expect(tiny.intake[0]?.envelope.length).toBe(large.intake[0]?.envelope.length);
  });

  test('has in its envelope what the plan counts, and nothing else', () => {
    for (const preset of ['tiny', 'large'] as const)
      expect(examples[preset].inside).toEqual(countedCodesOf(answers, presetPlan(preset)));
  });

  test('is gone after the night, and what it moved after the close', () => {
    for (const { left } of [examples.tiny, examples.large])
      expect(left).toEqual({ afterNight: 0, rows: 0, counters: 0 });
  });
});

test.each(['en', 'sv'] as const)('the document in %s says the figures of the example', async (locale) => {
  expectGolden(documents[locale], documentIn(locale), await figuredDocument(locale, examples));
});

test.each([
  { about: aboutInSwedish, plan: planInSwedish, report: words.sv },
  { about: aboutInEnglish, plan: planInEnglish, report: words.en },
])(
  'the public page, the plan page and the report say what holds for every plan',
  ({ about, plan, report }) => {
    const [[, several]] = about.limitsItems;
    const { normal, strict } = plan.levels;
    for (const text of [about.guaranteeWhat, normal.why])
      expect(text).toMatch(new RegExp(`(högst|at most) ${String(worst(1, 0.5))} `));
    for (const text of [about.guaranteeWhat, strict.why])
      expect(text).toMatch(new RegExp(`\\b${String(worst(1, 0.125))}\\b`));
    const [there, stories] = report.guarantee.rows.map(([, right]) => right);
    expect(there).toMatch(new RegExp(`^${String(worst(1, 0.5))} .* 100 \\(${String(worst(1, 0.125))}\\)$`));
    const [told, toldStrictly] = RHOS.map((rho) => String(inWhole(rightAboutStories(rho))));
    expect(stories).toMatch(new RegExp(`^${told ?? ''} .* 100 \\(${toldStrictly ?? ''}\\)$`));
    for (const rho of RHOS)
      expect(about.guaranteeStories).toMatch(new RegExp(`\\b${String(inWhole(rightAboutStories(rho)))}\\b`));
    const [, strength] = about.limitsItems.at(-1) ?? [];
    expect(strength).toMatch(/rho 0[.,]5/);
    expect(strength).toMatch(
      new RegExp(`epsilon (omkring|about) ${epsilonOf(0.5).toFixed(1).replace('.', '[.,]')} `),
    );
    for (const rho of RHOS) expect(several).toMatch(new RegExp(`(upp till|up to) ${String(worst(3, rho))} `));
    const [, look] = about.copiesItems[1];
    for (const figure of [rightAfterALook, storiesAfterALook].flatMap((of) => RHOS.map(of)))
      expect(look).toMatch(new RegExp(`\\b${String(inWhole(figure))}\\b`));
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
        expect(right.about(calls)).toBeLessThanOrEqual(stated);
        expect(right.about(calls)).toBeGreaterThan(stated - 1);
      }
      for (const right of own) expect(right.about(calls)).toBeLessThanOrEqual(stated + 0.2);
    });

    test('and one in a plan of one’s own', () => {
      for (const right of own) expect(right.about(1)).toBeLessThan(plain);
      expect(worst(1, rho)).toBe(plain);
    });

    test.each([
      ['afterALook', rightAfterALook] as const,
      ['stories', rightAboutStories] as const,
      ['storiesAfterALook', storiesAfterALook] as const,
    ])('%s', (question, by) => {
      for (const right of [...ready, ...own]) expect(right[question]).toBeLessThan(inWhole(by(rho)) + 0.25);
      for (const right of ready) expect(right[question]).toBeGreaterThan(inWhole(by(rho)) - 1);
    });
  },
);
