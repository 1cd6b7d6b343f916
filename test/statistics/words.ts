/** A vocabulary with one question of each sort, few answers to each, so that every call that it allows can be listed. */
import type { Answers } from '../../src/contract/call.js';
import { monthsOfQuarter, type Quarter } from '../../src/contract/period.js';
import { applies, KIND } from '../../src/contract/kind.js';
import {
  vocabularySchema,
  type Code,
  type Dimension,
  type Vocabulary,
} from '../../src/contract/vocabulary.js';
import type { ToldCall } from './answers.js';

const label = (text: string) => ({ sv: text, en: text });
const code = (id: string, rest: Partial<Code> = {}): Code => ({ id, label: label(id), ...rest });
const question = (id: string, codes: Code[], rest: Partial<Dimension> = {}): Dimension => ({
  ...{ id, applies: 'conversation', required: true, max: 1, layout: 'flat', label: label(id), codes },
  ...rest,
});

export const fewWords: Vocabulary = vocabularySchema.parse({
  version: 1,
  dimensions: [
    question('kind', [code('conversation'), code('silent'), code('prank')], { applies: 'all' }),
    question('channel', [code('phone'), code('chat')], { applies: 'all' }),
    // Two groups of two, and an answer that is in none.
    question('place', [
      ...[code('north', { group: true }), code('south', { group: true })],
      ...['n1', 'n2'].map((id) => code(id, { parent: 'north' })),
      ...['s1', 's2'].map((id) => code(id, { parent: 'south' })),
      code('abroad'),
    ]),
    question('mood', [code('calm'), code('sad'), code('angry')]),
    // May be left out.
    question('told', [code('yes'), code('no')], { required: false }),
    // Up to two answers of three, or none of them.
    question('help', [code('friend'), code('nurse'), code('police'), code('none', { exclusive: true })], {
      max: 2,
    }),
  ],
});

/** The answers that a call can give to a question; undefined for none. */
function answersTo({ required, max, codes }: Dimension): (string | string[] | undefined)[] {
  const leaves = codes.filter(({ group }) => group !== true);
  const left = required ? [] : [undefined];
  if (max === 1) return [...leaves.map(({ id }) => id), ...left];
  const others = leaves.filter(({ exclusive }) => exclusive !== true);
  const pairs = others.flatMap((one, place) => others.slice(place + 1).map((other) => [one.id, other.id]));
  return [...leaves.map(({ id }) => [id]), ...pairs, ...left];
}

/** Every call that the few words allow, once in each month of a quarter, of which some questions are asked. */
export function everyCall(asked: readonly string[], quarter: Quarter): ToldCall[] {
  let calls: Answers[] = [{}];
  for (const dimension of fewWords.dimensions.filter(({ id }) => asked.includes(id)))
    calls = calls.flatMap((call) =>
      dimension.id === KIND || applies(dimension, call[KIND])
        ? answersTo(dimension).map((answer): Answers =>
            answer === undefined ? call : { ...call, [dimension.id]: answer },
          )
        : [call],
    );
  return monthsOfQuarter(quarter).flatMap((month) => calls.map((answers) => ({ month, answers })));
}
