import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atMost, type Attack, type Findings, type Size } from './support/figures.js';
import { columnsOf, layOut } from './support/line.js';
import { tyst, type Publisher } from './support/publisher.js';

const SEED = 'A7 fingerprint';
/** Pairs of a margin and a nested cell in each of the two worlds. */
const sizes: Record<Size, number> = { test: 12_000, full: 150_000 };
const TABLES = ['environment', 'environment-by-gender'];

interface Tally {
  pairs: number;
  equal: number;
  /** Of the pairs whose page was looked at, which takes longer than drawing them: every tenth line. */
  pages: number;
  withheld: number;
}

const PAGE_EVERY = 10;

/** Lines where every milieu has a group of 60 to 160 calls, all of one gender but for `elsewhere` of them. */
function tryEquality(publisher: Publisher, elsewhere: number, pairs: number): Tally {
  const layout = layOut(presetPlan('large'), TABLES);
  const [margin, nested] = layout.shapes;
  if (margin === undefined || nested === undefined) throw new RangeError('the plan has no nested table');
  const [marginAt = 0, nestedAt = 0] = layout.offsets;
  const width = columnsOf(nested);
  const [random, surrounding] = [
    seededRandom(`${SEED} ${elsewhere} noise`),
    chance(`${SEED} ${elsewhere} calls`),
  ];
  const tally: Tally = { pairs: 0, equal: 0, pages: 0, withheld: 0 };
  for (let line = 0; tally.pairs < pairs; line += 1) {
    const groups = margin.rows.codes.map((_, row) => {
      const [column, other] = surrounding.places(width, 2);
      const cell = nestedAt + row * width + (column ?? 0);
      const aside = nestedAt + row * width + (other ?? 0);
      const size = 60 + surrounding.below(101);
      const records = Array.from({ length: size }, (_call, index) => [
        marginAt + row,
        index < elsewhere ? aside : cell,
      ]);
      return { row, cell, records };
    });
    const records = groups.flatMap((one) => one.records);
    const published = publisher.publish(layout, records, random);
    tally.pairs += groups.length;
    tally.equal += groups.filter(({ row, cell }) => published[marginAt + row] === published[cell]).length;
    if (line % PAGE_EVERY > 0) continue;
    const { cells } = publisher.page(layout, published);
    tally.pages += groups.length;
    tally.withheld += groups.filter(({ cell }) => cells[cell]?.shown !== true).length;
  }
  return tally;
}

const ratio = (one: number, other: number): number => {
  const quotient = one / other;
  // 0 / 0: what never happens in either world tells nothing.
  return Number.isNaN(quotient) ? 1 : Math.max(quotient, 1 / quotient);
};

/** The figures of one publisher. */
export function fingerprintOf(publisher: Publisher, size: Size): Findings {
  const [all, but] = [0, 1].map((elsewhere) => tryEquality(publisher, elsewhere, sizes[size]));
  if (all === undefined || but === undefined) throw new RangeError('no worlds');
  const share = (times: number, of: number) => ((100 * times) / of).toFixed(2);
  return {
    figures: [
      atMost('likelihood ratio of "margin equals cell"', ratio(all.equal, but.equal), 1.1),
      atMost(
        'likelihood ratio of "margin differs from cell"',
        ratio(all.pairs - all.equal, but.pairs - but.equal),
        1.1,
      ),
      atMost('likelihood ratio of "the row is withheld"', ratio(all.withheld, but.withheld), 1.1),
    ],
    notes: [
      `Margin and cell are equal in ${share(all.equal, all.pairs)}% of pairs when all calls are in the cell, in ` +
        `${share(but.equal, but.pairs)}% when one is not; the row is withheld in ${share(all.withheld, all.pages)}% and ` +
        `${share(but.withheld, but.pages)}%.`,
    ],
  };
}

/** A7: does equality of margin and nested cell betray "all in one category"? */
export const fingerprint: Attack = {
  id: 'A7',
  title: 'Fingerprint of equality',
  words:
    'Some methods give equal groups equal noise, so that a margin that equals one of its cells says: everybody is in this ' +
    'cell. The attacker compares the noisy integers of the milieus with those of milieu by gender (large plan), in a world ' +
    'where all 60 to 160 calls of a milieu are of one gender and in one where a single call is not. Counted: how much likelier ' +
    'equality is in one world than in the other, in either direction; and the same of a row that is withheld.',
  seed: SEED,
  run(size) {
    const { figures, notes = [] } = fingerprintOf(tyst, size);
    const limit =
      'In theory equality is exp(1 / (4 sigma^2)) times as likely, 1.01 at the 26 of the large plan. A plan of one’s own with ' +
      'only the two tables has sigma^2 = 2 and a ratio of 1.13 in the noisy integers, which is within rho for one call; its ' +
      'pages withhold such a row in both worlds.';
    return Promise.resolve({ figures, notes: [...notes, limit] });
  },
};
