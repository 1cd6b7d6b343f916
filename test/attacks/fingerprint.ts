import type { Plan, TableShape } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance, type Chance } from './support/chance.js';
import { atMost, type Attack, type Findings, type Size } from './support/figures.js';
import { callsLike, columnsOf, layOut, placed, type Call, type Layout } from './support/line.js';
import type { Moves } from './support/moves.js';
import { tyst, type Publisher } from './support/publisher.js';

const SEED = 'A7 fingerprint';
/** Pairs of a margin and a nested cell in each of the two worlds. */
const sizes: Record<Size, number> = { test: 12_000, full: 100_000 };

/** Groups of calls that are alike in the answers that the rows of cross tables ask for. */
interface Setting {
  readonly name: string;
  readonly plan: Plan;
  /** The questions along the rows; a group is at the same place of each. */
  readonly rows: readonly string[];
  /** Calls like those of the groups. */
  readonly pool: () => Call[];
  readonly most: number;
}

const ordinary: Setting = {
  name: 'large',
  plan: presetPlan('large'),
  rows: ['environment', 'concern'],
  pool: () => callsLike(500, 7, 1),
  most: 1.1,
};

/** Kinds of contact are asked with the least noise there is. */
const kinds: Setting = {
  name: 'own, kinds other than conversation',
  plan: {
    preset: 'own',
    rho: 0.5,
    tables: [
      { id: 'kind', rows: KIND },
      { id: 'channel', rows: 'channel' },
      { id: 'kind-by-channel', rows: KIND, columns: 'channel' },
    ],
  },
  rows: [KIND],
  pool: () => callsLike(500, 7, 0),
  most: 2,
};

/** A cross table, and the table of its rows alone, by their places in a layout. */
interface Nested {
  readonly at: number;
  readonly marginAt: number;
  readonly shape: TableShape & { readonly columns: NonNullable<TableShape['columns']> };
}

function nestedIn({ shapes }: Layout, rows: readonly string[]): Nested[] {
  return shapes.flatMap((shape, at) => {
    const { columns } = shape;
    const marginAt = shapes.findIndex(
      (one) => one.columns === null && one.rows.dimension === shape.rows.dimension,
    );
    if (columns === null || marginAt < 0 || !rows.includes(shape.rows.dimension)) return [];
    return [{ at, marginAt, shape: { ...shape, columns } }];
  });
}

/** The places of groups along an axis; conversations are no group among kinds of contact. */
const placesOf = ({ rows: { dimension, codes } }: TableShape): number[] =>
  codes.flatMap(({ code }, place) => (dimension === KIND && code === CONVERSATION ? [] : [place]));

/** Calls of a group, all but for `elsewhere` of them at the same place of every table; and where that is. */
function groupOf(
  tables: readonly Nested[],
  base: Call,
  group: number,
  { below, places }: Chance,
): { readonly inside: Call; readonly outside: Call; readonly columns: ReadonlyMap<string, number> } {
  const columns = new Map<string, number>();
  let [inside, outside] = [base, base];
  for (const { shape } of tables) {
    const { rows, columns: across } = shape;
    const code = rows.codes[placesOf(shape)[group] ?? 0]?.code ?? '';
    [inside, outside] = [placed(inside, rows, code), placed(outside, rows, code)];
    const name = `${across.dimension} ${across.level}`;
    if (columns.has(name)) continue;
    const [there = 0, other = 0] = across.codes.length > 1 ? places(across.codes.length, 2) : [below(1)];
    columns.set(name, there);
    inside = placed(inside, across, across.codes[there]?.code ?? '');
    outside = placed(outside, across, across.codes[other]?.code ?? '');
  }
  return { inside, outside, columns };
}

interface Tally {
  pairs: number;
  equal: number;
  /** Of the pairs whose page was looked at, which takes longer than drawing them. */
  pages: number;
  withheld: number;
}

const PAGE_EVERY = 5;

/** A margin and the nested cell in which all its calls are, or all but some, by their numbers; and the table of the cell. */
interface Pair {
  readonly table: number;
  readonly margin: number;
  readonly cell: number;
}

/** A line in which every group has 60 to 160 calls, all in one place but for `elsewhere` of them. */
function lineOf(
  layout: Layout,
  { rows }: Setting,
  pool: readonly Call[],
  elsewhere: number,
  surrounding: Chance,
): { readonly calls: readonly (readonly [call: Call, times: number])[]; readonly pairs: readonly Pair[] } {
  const tables = nestedIn(layout, rows);
  const groups = Math.min(...tables.map(({ shape }) => placesOf(shape).length));
  const offset = (table: number) => layout.offsets[table] ?? NaN;
  const found = Array.from({ length: groups }, (_, group) => {
    const base = pool[surrounding.below(pool.length)];
    if (base === undefined) throw new RangeError('no calls');
    const { inside, outside, columns } = groupOf(tables, base, group, surrounding);
    const pairs = tables.map(({ at, marginAt, shape }): Pair => {
      const row = placesOf(shape)[group] ?? NaN;
      const column = columns.get(`${shape.columns.dimension} ${shape.columns.level}`) ?? NaN;
      return {
        table: at,
        margin: offset(marginAt) + row,
        cell: offset(at) + row * columnsOf(shape) + column,
      };
    });
    const size = 60 + surrounding.below(101);
    const calls = [
      [inside, size - elsewhere],
      [outside, elsewhere],
    ] as const;
    return { calls, pairs };
  });
  return { calls: found.flatMap(({ calls }) => calls), pairs: found.flatMap(({ pairs }) => pairs) };
}

/** In how many pairs margin and cell seem to be equal, and how many such rows are withheld. */
function tryEquality(publisher: Publisher, setting: Setting, elsewhere: number, pairs: number): Tally {
  const layout = layOut(setting.plan);
  const { movesOf } = publisher.counting(layout);
  const pool = setting.pool();
  const seed = `${SEED} ${setting.name} ${elsewhere}`;
  const [random, surrounding] = [seededRandom(`${seed} noise`), chance(`${seed} calls`)];
  const tally: Tally = { pairs: 0, equal: 0, pages: 0, withheld: 0 };
  for (let line = 0; tally.pairs < pairs; line += 1) {
    const { calls, pairs: own } = lineOf(layout, setting, pool, elsewhere, surrounding);
    const records = calls.flatMap(([call, times]) => new Array<Moves>(times).fill(movesOf(call)));
    const published = publisher.publish(layout, records, random);
    const cells = publisher.cells(layout, published);
    tally.pairs += own.length;
    // Estimates are fractions: equal are those whose difference is nearer to none than to one call.
    tally.equal += own.filter(
      ({ margin, cell }) => Math.abs((cells[margin] ?? NaN) - (cells[cell] ?? NaN)) < 0.5,
    ).length;
    if (line % PAGE_EVERY > 0) continue;
    tally.pages += own.length;
    for (const table of new Set(own.map((pair) => pair.table))) {
      const page = publisher.table(layout, published, table);
      const first = layout.offsets[table] ?? NaN;
      tally.withheld += own.filter(
        (pair) => pair.table === table && page[pair.cell - first]?.shown !== true,
      ).length;
    }
  }
  return tally;
}

const ratio = (one: number, other: number): number => {
  const quotient = one / other;
  // 0 / 0: what never happens in either world tells nothing.
  return Number.isNaN(quotient) ? 1 : Math.max(quotient, 1 / quotient);
};

function findingsOf(publisher: Publisher, size: Size, setting: Setting): Findings {
  const [all, but] = [0, 1].map((elsewhere) => tryEquality(publisher, setting, elsewhere, sizes[size]));
  if (all === undefined || but === undefined) throw new RangeError('no worlds');
  const { name, most } = setting;
  const share = (times: number, of: number) => ((100 * times) / of).toFixed(2);
  return {
    figures: [
      atMost(`${name}: likelihood ratio of "margin equals cell"`, ratio(all.equal, but.equal), most),
      atMost(
        `${name}: likelihood ratio of "margin differs from cell"`,
        ratio(all.pairs - all.equal, but.pairs - but.equal),
        most,
      ),
      atMost(`${name}: likelihood ratio of "the row is withheld"`, ratio(all.withheld, but.withheld), most),
    ],
    notes: [
      `${name}: margin and cell are equal in ${share(all.equal, all.pairs)}% of pairs when all calls are in the cell, in ` +
        `${share(but.equal, but.pairs)}% when one is not; the row is withheld in ${share(all.withheld, all.pages)}% and ` +
        `${share(but.withheld, but.pages)}%.`,
    ],
  };
}

/** The figures of one publisher. */
export function fingerprintOf(publisher: Publisher, size: Size): Findings {
  const findings = [ordinary, kinds].map((setting) => findingsOf(publisher, size, setting));
  return {
    figures: findings.flatMap(({ figures }) => figures),
    notes: findings.flatMap(({ notes = [] }) => notes),
  };
}

/** A7: does equality of margin and nested cell betray "all in one category"? */
export const fingerprint: Attack = {
  id: 'A7',
  title: 'Fingerprint of equality',
  words:
    'Some methods give equal groups equal noise, so that a margin that equals one of its cells says: everybody is in this ' +
    'cell. The attacker compares the best estimate of each margin, unrounded, with that of its cells in the cross tables of the ' +
    'large plan, in a world where all 60 to 160 calls of a group gave the same answer to the other question and in one where a ' +
    'single call did not. Counted: how much likelier equality is in one world than in the other, in either direction; and the ' +
    'same of a row that is withheld. Likewise of kinds of contact that were no conversation, by channel, in a plan of one’s own.',
  seed: SEED,
  run(size) {
    const { figures, notes = [] } = fingerprintOf(tyst, size);
    const limit =
      'In theory equality is about exp(1 / (2 v)) times as likely, where v is the variance of margin less cell. Kinds other than ' +
      'conversations are asked with a variance of about 2: there a ratio of up to 2 is within rho for one call, and the pages ' +
      'withhold such a row in both worlds.';
    return Promise.resolve({ figures, notes: [...notes, limit] });
  },
};
