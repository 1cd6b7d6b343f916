/**
 * Made-up calls for the demo, shaped as `weights.ts` says, in the vocabulary that comes with the software. The same
 * seed gives the same calls: fine for calls that nobody made, and never done for noise.
 */
import type { Answers } from '../contract/call.js';
import type { Month } from '../contract/period.js';
import { CONVERSATION, type Vocabulary } from '../contract/vocabulary.js';
import * as weights from './weights.js';
import type { Weights } from './weights.js';

/** A made-up call: what a handler would have answered, and in which month. */
export interface DemoCall {
  readonly month: Month;
  readonly answers: Answers;
}

interface DemoShape {
  readonly count: number;
  /** The months that the calls spread over, by the weights of the year's months. */
  readonly months: readonly Month[];
  /** A whole number. */
  readonly seed: number;
  /** The share of contacts that become conversations: 0.9 on a quiet line, under 0.5 on a busy one. */
  readonly conversations?: number;
}

/** A number in [0, 1). */
type Random = () => number;

/** Repeatable numbers: the generator mulberry32, published by Tommy Ettinger in the public domain. */
function repeatable(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the codes, as often as its weight says. */
function pick(random: Random, among: Weights): string {
  const entries = Object.entries(among);
  let rest = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [code, weight] of entries) {
    rest -= weight;
    if (rest < 0) return code;
  }
  // Reached only by rounding, at the very end of the scale.
  return entries.findLast(([, weight]) => weight > 0)?.[0] ?? '';
}

/** Weights with others on top of them; none below 0. */
function plus(base: Weights, more: Weights, when: boolean): Weights {
  if (!when) return base;
  const sums = Object.entries(more).map(([code, weight]) => [code, Math.max(0, (base[code] ?? 0) + weight)]);
  return { ...base, ...(Object.fromEntries(sums) as Weights) };
}

/** Who the conversation is about. */
function person(random: Random, environment: string, relation: string): { age: string; gender: string } {
  if (environment === 'none' && random() < weights.NO_PERSON_SHARE)
    return { age: 'no_person', gender: 'no_person' };
  const age = pick(random, relation === 'school' ? weights.ageAtSchool : weights.age);
  return { age, gender: pick(random, weights.gender) };
}

function referrals(random: Random, about: { concern: string; relation: string; age: string }): string[] {
  const { concern, relation, age } = about;
  if (concern === 'info' && random() < weights.NO_REFERRAL_SHARE) return ['none'];
  let among = plus(weights.referral, weights.referralDanger, weights.dangers.has(concern));
  among = plus(among, weights.referralProfessional, weights.professionals.has(relation));
  among = plus(among, weights.referralAdult, weights.adults.has(age));
  const count = Number(pick(random, weights.referralCount));
  return [...new Set(Array.from({ length: count }, () => pick(random, among)))];
}

/** The answers that only a conversation has. */
function conversation(random: Random, channel: string): Answers {
  const environment = pick(random, weights.environment);
  const political = weights.politicalMilieus.has(environment);
  const relation = pick(random, political ? weights.relationPolitical : weights.relation);
  const { age, gender } = person(random, environment, relation);
  const concern = pick(random, plus(weights.concern, weights.concernReligious, environment === 'islamist'));
  return {
    concern,
    environment,
    relation,
    caller_age: weights.perhapsChildren.has(relation) ? pick(random, weights.callerAge) : 'adult',
    age,
    gender,
    area: pick(random, weights.area),
    language: pick(random, weights.language),
    contact: pick(random, weights.contact),
    length: weights.untimed.has(channel) ? 'not_timed' : pick(random, weights.length),
    referral: referrals(random, { concern, relation, age }),
    outcome: pick(random, weights.outcome),
  };
}

function answers(random: Random, conversations: number): Answers {
  const channel = pick(random, weights.channel);
  const daypart = pick(random, weights.daypart);
  if (random() >= conversations) return { kind: pick(random, weights.otherKinds), channel, daypart };
  return { kind: CONVERSATION, channel, daypart, ...conversation(random, channel) };
}

/** Makes up calls, in no order. */
export function demoCalls({ count, months, seed, conversations = 0.9 }: DemoShape): DemoCall[] {
  const random = repeatable(seed);
  const monthWeights: Weights = Object.fromEntries(
    months.map((month) => [month, weights.months[Number(month.slice(5)) - 1] ?? 0]),
  );
  return Array.from({ length: count }, () => ({
    month: pick(random, monthWeights),
    answers: answers(random, conversations),
  }));
}

/** Calls as a file that `tyst import` reads. Codes and months hold no comma and no quote, so none is escaped. */
export function callsCsv(calls: readonly DemoCall[], vocabulary: Vocabulary): string {
  const ids = vocabulary.dimensions.map(({ id }) => id);
  const row = ({ month, answers: given }: DemoCall) =>
    [month, ...ids.map((id) => [given[id] ?? []].flat().join(';'))].join(',');
  return `${[`month,${ids.join(',')}`, ...calls.map(row)].join('\n')}\n`;
}
