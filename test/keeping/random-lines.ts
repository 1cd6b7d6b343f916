/**
 * Random vocabularies, plans and calls, the same at every run: test/vectors/counts holds what was once counted of them,
 * so nothing here may change without the numbers there.
 */
import type { Answers } from '../../src/contract/call.js';
import { planProblem, type Plan, type PlanTable } from '../../src/contract/plan.js';
import {
  CONVERSATION,
  KIND,
  leafCodes,
  vocabularySchema,
  type Code,
  type Dimension,
  type Vocabulary,
} from '../../src/contract/vocabulary.js';
import { chance, type Chance } from '../attacks/support/chance.js';
import type { CountedLine } from './counted-lines.js';

const LINES = 24;
const CALLS = 320;

/** One time in `n`. */
const once = ({ below }: Chance, n: number): boolean => below(n) === 0;

const labelled = (id: string) => ({ id, label: { sv: id, en: id } });

/** Up to `most` codes, with groups and what is counted under them, and answers that stand alone. */
function anyCodes(random: Chance, most: number, several: boolean): Code[] {
  const size = 1 + random.below(most);
  const codes: Code[] = [];
  const leaf = (id: string, parent?: string): Code => ({
    ...labelled(id),
    ...(parent === undefined ? {} : { parent }),
    ...(several && once(random, 6) ? { exclusive: true } : {}),
  });
  while (codes.length < size) {
    const [room, id] = [size - codes.length, `c${codes.length}`];
    if (room < 2 || !once(random, 4)) {
      codes.push(leaf(id));
      continue;
    }
    const children = Array.from({ length: 1 + random.below(Math.min(5, room - 1)) }, (_, index) =>
      leaf(`${id}-${index}`, id),
    );
    const group = { ...labelled(id), group: true };
    codes.push(...(once(random, 3) ? [...children, group] : [group, ...children]));
  }
  return codes;
}

function anyDimension(random: Chance, id: string): Dimension {
  const max = once(random, 2) ? 1 : 2 + random.below(2);
  return {
    ...labelled(id),
    applies: once(random, 2) ? 'all' : 'conversation',
    required: once(random, 2),
    max,
    layout: 'flat',
    codes: anyCodes(random, once(random, 3) ? 40 : 8, max > 1),
  };
}

function anyKind(random: Chance): Dimension {
  const others = anyCodes(random, 5, false);
  const place = random.below(others.length + 1);
  const codes = [...others.slice(0, place), labelled(CONVERSATION), ...others.slice(place)];
  return { ...labelled(KIND), applies: 'all', required: true, max: 1, layout: 'flat', codes };
}

function anyVocabulary(random: Chance): Vocabulary {
  const dimensions = Array.from({ length: 1 + random.below(12) }, (_, index) =>
    anyDimension(random, `d${index}`),
  );
  dimensions.splice(random.below(dimensions.length + 1), 0, anyKind(random));
  return vocabularySchema.parse({ version: 1, dimensions });
}

const anyLevel = (random: Chance) => (once(random, 2) ? 'leaf' : 'top');

/** A table over what is given, at any levels. */
function tableOf(random: Chance, id: string, rows: string, columns?: string): PlanTable {
  const table = { id, rows, level: anyLevel(random) } as const;
  return columns === undefined ? table : { ...table, columns, columnsLevel: anyLevel(random) };
}

/** A plan of any tables, among them month rows and several answers by several where there can be such. */
function anyPlan(random: Chance, { dimensions }: Vocabulary): Plan {
  const ids = dimensions.map(({ id }) => id);
  const several = dimensions.filter(({ max }) => max > 1).map(({ id }) => id);
  const one = (of: readonly string[]) => of[random.below(of.length)] ?? KIND;
  const pairs: (readonly [string, string?])[] = [
    once(random, 2) ? ['month'] : ['month', one(ids)],
    [one(ids)],
    ...Array.from({ length: 2 + random.below(6) }, () =>
      once(random, 2) ? ([one(['month', ...ids])] as const) : ([one(['month', ...ids]), one(ids)] as const),
    ),
  ];
  const [first = KIND, second = KIND] = random.places(several.length, 2).map((place) => several[place]);
  if (several.length > 1) pairs.push([first, second]);
  const tables = pairs
    .filter(([rows, columns]) => rows !== columns)
    .map(([rows, columns], index) => tableOf(random, `t${index}`, rows, columns));
  return { preset: 'own', rho: 0.5, tables };
}

/** An answer that the vocabulary allows; some codes are given oftener than others. */
function anyAnswer(random: Chance, dimension: Dimension): string | string[] {
  const codes = leafCodes(dimension);
  const one = () => codes[random.below(1 + random.below(codes.length))];
  const first = one();
  if (dimension.max === 1) return first?.id ?? '';
  const given = first?.exclusive === true ? [first] : [first, ...Array.from({ length: 2 }, one)];
  const together = given.filter((code, index) => index === 0 || code?.exclusive !== true);
  return [...new Set(together.map((code) => code?.id ?? ''))].slice(0, 1 + random.below(dimension.max));
}

function anyAnswers(random: Chance, { dimensions }: Vocabulary): Answers {
  const kinds = dimensions.find(({ id }) => id === KIND);
  const kind = kinds === undefined || !once(random, 4) ? CONVERSATION : anyAnswer(random, kinds);
  const answers: Answers = {};
  for (const dimension of dimensions) {
    if (dimension.applies === 'conversation' && kind !== CONVERSATION) continue;
    if (dimension.required || !once(random, 3)) answers[dimension.id] = anyAnswer(random, dimension);
  }
  return { ...answers, [KIND]: kind };
}

function anyLine(index: number): CountedLine {
  const random = chance(`counts ${index}`);
  const [year, number] = [2010 + Math.floor(index / 4), 1 + (index % 4)];
  const vocabulary = anyVocabulary(random);
  const plan = anyPlan(random, vocabulary);
  if (planProblem(plan, vocabulary) !== null) throw new Error('A random plan may not be used.');
  const month = () => `${year}-${String(number * 3 - random.below(3)).padStart(2, '0')}`;
  const calls = Array.from({ length: CALLS }, () => ({
    month: month(),
    answers: anyAnswers(random, vocabulary),
  }));
  return { quarter: `${year}-Q${number}`, plan, vocabulary, calls };
}

/** The random lines, each in a quarter of its own. */
export const randomLines = (): CountedLine[] => Array.from({ length: LINES }, (_, index) => anyLine(index));
