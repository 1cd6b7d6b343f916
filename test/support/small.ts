/**
 * A vocabulary and plans of the tests' own, for what is worked out by hand: an answer that is added to the default
 * vocabulary, or a table to a preset, changes nothing here. The calls of calls.ts can be said in it too.
 */
import type { Plan, PlanTable, Preset } from '../../src/contract/plan.js';
import {
  vocabularySchema,
  type Code,
  type Dimension,
  type Vocabulary,
} from '../../src/contract/vocabulary.js';
import type { TestDatabase } from './database.js';

const labelOf = (id: string) => ({ sv: `${id} på svenska`, en: `${id} in English` });

/** "adult: 18-25 26+" is a group and its codes, "unknown" a code by itself. */
function codesIn(text: string): Code[] {
  const [names = '', group] = text.split(':').reverse();
  const leaves = names.trim().split(' ');
  if (group === undefined) return leaves.map((id) => ({ id, label: labelOf(id) }));
  return [
    { id: group, group: true, label: labelOf(group) },
    ...leaves.map((id) => ({ id, parent: group, label: labelOf(id) })),
  ];
}

/** A question that everybody answers once. */
const asked = (applies: Dimension['applies'], id: string, ...codes: string[]): Dimension => ({
  id,
  applies,
  required: true,
  max: 1,
  layout: 'flat',
  label: labelOf(id),
  codes: codes.flatMap(codesIn),
});
const ofAll = (id: string, codes: string) => asked('all', id, codes);
const ofConversations = (id: string, ...codes: string[]) => asked('conversation', id, ...codes);

export const smallVocabulary: Vocabulary = vocabularySchema.parse({
  version: 1,
  dimensions: [
    ofAll('kind', 'conversation silent hangup wrong_number prank abusive'),
    ofAll('channel', 'phone callback voicemail chat email'),
    ofAll('daypart', 'night morning afternoon evening'),
    ofConversations(
      'concern',
      'ideas: views online',
      'milieu: contact active leave',
      'danger: travel violence',
      'targeted info unknown',
    ),
    ofConversations(
      'environment',
      'right islamist',
      'other_milieu: left fixation mixed other',
      'none unknown',
    ),
    ofConversations('relation', 'self', 'close: parent sibling', 'professional: school police', 'unknown'),
    ofConversations('caller_age', 'child adult unknown'),
    ofConversations('age', 'minor: 0-12 13-15 16-17', 'adult: 18-25 26+', 'unknown no_person'),
    ofConversations('gender', 'female male', 'other_or_unknown: other unknown', 'no_person'),
    ofConversations('area', 'SE11: SE110', 'SE31: SE311 SE312 SE313', 'abroad unknown'),
    ofConversations('language', 'sv en other'),
    ofConversations('contact', 'first repeat unknown'),
    ofConversations('length', 'under_10 10-29 30-59 60+ not_timed'),
    {
      ...ofConversations(
        'referral',
        'public_services: social_services coordinator bup',
        'authorities: police emergency',
        'civil: helpline',
        'exit knowledge none',
      ),
      max: 3,
    },
    ofConversations('outcome', 'listened advised handover urgent will_return ended_early'),
  ],
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
