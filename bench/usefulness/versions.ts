/** A quarter as today's version would freeze it and as version 0.1 did. */
import { compileOlderQueries, compileQueries } from '../../src/contract/compile.js';
import type { Quarter } from '../../src/contract/period.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { defaultVocabulary } from '../../src/desk/install.js';
import type { Frozen } from '../closed-quarter.js';

export type Version = 'today' | 'older';

export const vocabulary = defaultVocabulary();

/** What each preset has got since version 0.1. */
const added: Readonly<Record<Preset, readonly string[]>> = {
  tiny: ['kind', 'referral-top'],
  small: ['kind'],
  medium: [],
  large: [],
};

function freeze(version: Version, preset: Preset, quarter: Quarter): Frozen {
  const plan = presetPlan(preset);
  if (version === 'today')
    return {
      ...{ quarter, plan, vocabulary, displayRules: 2 },
      queries: compileQueries(plan, vocabulary, quarter),
    };
  const before = { ...plan, tables: plan.tables.filter(({ id }) => !added[preset].includes(id)) };
  return {
    ...{ quarter, plan: before, vocabulary, displayRules: 1 },
    queries: compileOlderQueries(before, vocabulary, quarter),
  };
}

const frozen = new Map<string, Frozen>();

/** A preset's quarter under a version's plan, queries and rules of what may be shown. */
export function frozenBy(version: Version, preset: Preset, quarter: Quarter): Frozen {
  const name = `${version} ${preset} ${quarter}`;
  const found = frozen.get(name) ?? freeze(version, preset, quarter);
  frozen.set(name, found);
  return found;
}
