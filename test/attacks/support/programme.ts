/** Least and greatest values of unknown counts under linear constraints, by the simplex solver HiGHS. */
import loadHighs, { type Highs } from 'highs';
import type { Range } from './page.js';
import type { Relation } from './structure.js';

// Its types call the package CommonJS, while Node loads its ES module, whose default export is the loader itself.
const load = loadHighs as unknown as typeof loadHighs.default;
let loaded: Promise<Highs> | null = null;
const solver = (): Promise<Highs> => (loaded ??= load());

/** Rounding of the solver: bounds closer than this to a whole number are that number. */
export const TOLERANCE = 1e-6;

/**
 * The least and greatest value of each wanted count, all others free within their ranges and relations; null when
 * nothing fits, which tells the attacker that the noise strayed further than they assumed.
 */
export async function extremes(
  ranges: readonly Range[],
  relations: readonly Relation[],
  wanted: readonly number[],
): Promise<(readonly [number, number])[] | null> {
  const highs = await solver();
  const finite = (bound: number) => (Number.isFinite(bound) ? bound : Math.sign(bound) * highs.infinity);
  const entries = relations.map(({ terms }) => [...terms]);
  const starts = [0];
  for (const row of entries) starts.push((starts.at(-1) ?? 0) + row.length);
  const model = highs.createModel({
    numCols: ranges.length,
    numRows: relations.length,
    colCost: ranges.map(() => 0),
    colLower: ranges.map(({ low }) => low),
    colUpper: ranges.map(({ high }) => finite(high)),
    rowLower: relations.map(({ low }) => finite(low)),
    rowUpper: relations.map(({ high }) => finite(high)),
    matrix: {
      format: 'csr',
      numRows: relations.length,
      numCols: ranges.length,
      starts,
      indices: entries.flatMap((row) => row.map(([cell]) => cell)),
      values: entries.flatMap((row) => row.map(([, factor]) => factor)),
    },
  });
  try {
    model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
    const { optimal, infeasible } = highs.constants.modelStatus;
    const best = (sense: 'minimize' | 'maximize') => {
      model.changeObjectiveSense(highs.constants.objectiveSense[sense]);
      model.run();
      const status = model.getModelStatus();
      if (status === infeasible) return null;
      // Unbounded: no limit at all is known.
      return status === optimal ? model.getObjectiveValue() : sense === 'minimize' ? 0 : Infinity;
    };
    const found: [number, number][] = [];
    for (const cell of wanted) {
      model.changeColCost(cell, 1);
      const [low, high] = [best('minimize'), best('maximize')];
      model.changeColCost(cell, 0);
      if (low === null || high === null) return null;
      found.push([low, high]);
    }
    return found;
  } finally {
    model.dispose();
  }
}
