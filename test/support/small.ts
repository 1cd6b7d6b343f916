/**
 * A vocabulary and plans of the tests' own, for what is worked out by hand: an answer or a question that is added to the
 * default vocabulary, or a table to a preset, changes nothing here. The calls of calls.ts can be said in it too.
 */
import type { Plan, PlanTable, Preset } from '../../src/contract/plan.js';
import { vocabularySchema, type Dimension, type Vocabulary } from '../../src/contract/vocabulary.js';
import { vocabulary } from './calls.js';
import type { TestDatabase } from './database.js';

/** The codes of each question, groups among them, in the order of the default vocabulary, which has the words. */
const codes = {
  kind: 'conversation silent hangup wrong_number prank abusive',
  channel: 'phone callback voicemail chat email',
  daypart: 'night morning afternoon evening',
  concern: 'ideas milieu danger views online contact active travel violence leave targeted info unknown',
  environment: 'other_milieu right islamist left fixation mixed other none unknown',
  relation: 'self close parent sibling professional school police_prison unknown',
  caller_age: 'child adult unknown',
  age: 'minor adult 0-12 13-15 16-17 18-25 26+ unknown no_person',
  gender: 'female male other_or_unknown other unknown no_person',
  area: 'SE11 SE31 SE110 SE311 SE312 SE313 abroad unknown',
  language: 'sv en other',
  contact: 'first repeat unknown',
  length: 'under_10 10-29 30-59 60+ not_timed',
  referral:
    'public_services authorities civil social_services coordinator bup police emergency helpline exit knowledge none',
  outcome: 'listened advised handover urgent will_return ended_early',
} as const;

function cut(id: string, text: string): Dimension {
  const question = vocabulary.dimensions.find((one) => one.id === id);
  const ids = text.split(' ');
  const kept = question?.codes.filter((code) => ids.includes(code.id)) ?? [];
  if (question === undefined || kept.map((code) => code.id).join(' ') !== text)
    throw new Error(`The default vocabulary has not all of ${id}: ${text}`);
  return { ...question, codes: kept };
}

export const smallVocabulary: Vocabulary = vocabularySchema.parse({
  version: 1,
  dimensions: Object.entries(codes).map(([id, text]) => cut(id, text)),
});

const alone = (...ids: string[]): PlanTable[] => ids.map((id) => ({ id, rows: id }));
const inGroups = (...ids: string[]): PlanTable[] =>
  ids.map((id) => ({ id: `${id}-top`, rows: id, level: 'top' }));
const crossed = (rows: string, columns: string, levels: Pick<PlanTable, 'level' | 'columnsLevel'> = {}) => ({
  id: `${rows}-by-${columns}`,
  rows,
  columns,
  ...levels,
});
const columnsInGroups = { columnsLevel: 'top' } as const;

const everybody = alone('kind', 'channel', 'daypart');
const people = alone('concern', 'environment', 'relation', 'caller_age', 'age');
const practice = alone('language', 'contact', 'length', 'referral', 'outcome');

const tables: Readonly<Record<Preset, readonly PlanTable[]>> = {
  tiny: inGroups('concern', 'environment', 'relation', 'age'),
  small: [
    ...alone('month', 'concern', 'environment'),
    ...inGroups('relation', 'age', 'gender', 'referral'),
    ...alone('outcome'),
  ],
  medium: [...alone('month'), ...everybody, ...people, ...inGroups('gender', 'area'), ...practice],
  large: [
    ...everybody,
    ...people,
    ...inGroups('gender'),
    ...alone('area'),
    ...practice,
    crossed('month', 'concern'),
    crossed('environment', 'relation', columnsInGroups),
    crossed('concern', 'relation', columnsInGroups),
    crossed('environment', 'age'),
    crossed('environment', 'gender', columnsInGroups),
    crossed('area', 'environment', { level: 'top' }),
    crossed('concern', 'referral', columnsInGroups),
  ],
};

/** What `smallPlan` costs, and so the variance of its noise at rho 0.5. */
export const smallCosts = { tiny: 4, small: 10, medium: 18, large: 26 } as const;

/** A plan over the small vocabulary under the name of the preset that it is like. */
export const smallPlan = (preset: Preset, rho = 0.5): Plan => ({ preset, rho, tables: [...tables[preset]] });

/** Lets a fresh database, of which nothing has been asked yet, speak the small vocabulary. */
export async function speakSmall({ owner }: TestDatabase): Promise<void> {
  await owner.query('UPDATE desk.vocabulary SET document = $1', [JSON.stringify(smallVocabulary)]);
}
