/** Every figure of docs/privacy.md and docs/privacy.sv.md comes from the real functions, or this fails. */
import { words } from '../../src/release/words.js';
import { about as aboutInEnglish } from '../../src/web/messages/about-en.js';
import { about as aboutInSwedish } from '../../src/web/messages/about-sv.js';
import { plan as planInEnglish } from '../../src/web/messages/plan-en.js';
import { plan as planInSwedish } from '../../src/web/messages/plan-sv.js';
import { codesOf } from '../support/calls.js';
import { expectGolden } from '../support/golden.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { atMost, epsilonOf, exact, RHOS, rightAbout, worst } from './guarantee.js';
import { answers } from './privacy-example.js';
import { documentIn, documents, figuredDocument, followBoth, type Examples } from './privacy-figures.js';

let examples: Examples;
beforeAll(async () => {
  examples = await followBoth();
});

describe('the call of the example', () => {
  test('stands in intake that day as its codes, month, day and the hash of its receipt', () => {
    const { tiny, large } = examples;
    expect(tiny.intake).toEqual(large.intake);
    expect(tiny.intake).toHaveLength(1);
    expect(tiny.intake[0]?.codes).toEqual(codesOf(answers));
  });

  test('is the only one sealed by the first night', () => {
    for (const { sealed } of [examples.tiny, examples.large]) expect(sealed).toHaveLength(1);
  });

  test('is destroyed by the close', () => {
    for (const { left } of [examples.tiny, examples.large])
      expect(left).toEqual({ rows: 0, sealedTables: 0 });
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
