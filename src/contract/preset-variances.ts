/**
 * The variances of the presets, by which their numbers are as sure as both budgets let them be: worked out once, by convex
 * optimisation over the default vocabulary, and rounded up. Totals are no less sure than in version 0.1; every table of
 * `medium` but months is below the variance from which numbers are shown in fives; no table of `large` with one question
 * is less sure than in 0.1. They hold for families of just these queries alone; where the
 * vocabulary is another, the rule of own-variances.ts does. Why these weights: docs/decisions/0033-weighted-queries.md.
 */
import type { Family } from './families.js';
import { MAX_RHO, type Plan, type Preset } from './plan.js';
import { exact, reduced, type Rational } from './rational.js';

/** The queries of a family, their scale, and sigma^2 at rho 0.5, before two shares ask for more. */
type Row = readonly [queries: number, scale: number, sigma2: number];

const variances: Readonly<Record<Preset, Readonly<Record<string, Row>>>> = {
  tiny: {
    conversations: [1, 1, 4.58],
    'other contacts': [1, 1, 2.02],
    kind: [5, 1, 2.01],
    'concern-top': [6, 6, 194.3],
    'environment-top': [5, 5, 150.1],
    'relation-top': [6, 6, 194.3],
    'age-top': [4, 4, 110.1],
    'referral-top: alone': [1, 1, 5.26],
    'referral-top': [5, 4, 126.1],
  },
  small: {
    conversations: [1, 1, 6.11],
    'conversations by month': [3, 1, 10.88],
    'other contacts by month': [3, 1, 2.01],
    kind: [5, 1, 2.01],
    concern: [10, 10, 640.7],
    environment: [8, 8, 464],
    'relation-top': [6, 6, 307.7],
    'age-top': [4, 4, 175.3],
    'gender-top': [4, 4, 175.3],
    'referral-top: alone': [1, 1, 7.91],
    'referral-top': [5, 4, 202.7],
    outcome: [6, 6, 307.7],
  },
  medium: {
    conversations: [1, 1, 6.08],
    'conversations by month': [3, 1, 22.88],
    'other contacts by month': [3, 1, 2.4],
    kind: [5, 1, 2.19],
    channel: [5, 5, 481.1],
    daypart: [4, 4, 323.8],
    concern: [10, 10, 1334],
    environment: [8, 8, 966.7],
    relation: [14, 14, 2178],
    caller_age: [3, 3, 204.9],
    age: [7, 7, 798.7],
    'gender-top': [4, 4, 329.6],
    'area-top': [10, 10, 1334],
    language: [5, 5, 486.2],
    contact: [3, 3, 204.9],
    length: [5, 5, 486.2],
    'referral: alone': [1, 1, 6.95],
    referral: [16, 8, 1001],
    outcome: [6, 6, 642],
  },
  large: {
    conversations: [1, 1, 9.95],
    'conversations by month': [3, 1, 30],
    'other contacts by month': [3, 1, 2.42],
    kind: [5, 1, 2.02],
    channel: [5, 5, 686.3],
    daypart: [4, 4, 455],
    concern: [10, 10, 2517],
    environment: [8, 8, 2099],
    relation: [14, 14, 5202],
    caller_age: [3, 3, 233.8],
    age: [7, 7, 1341],
    'gender-top': [4, 4, 425.8],
    area: [23, 23, 14344],
    language: [5, 5, 649.4],
    contact: [3, 3, 233.8],
    length: [5, 5, 649.4],
    'referral: alone': [1, 1, 23.22],
    referral: [16, 8, 1703],
    outcome: [6, 6, 935.1],
    'month-by-concern': [30, 1, 22.1],
    'environment-by-relation': [48, 1, 20.93],
    'concern-by-relation': [60, 1, 20],
    'environment-by-age': [56, 1, 18.48],
    'environment-by-gender': [32, 1, 21.81],
    'area-by-environment': [80, 1, 16.05],
    'concern-by-referral: alone': [10, 1, 10.86],
    'concern-by-referral': [50, 3, 213.9],
  },
};

/** sigma^2 at another rho: half of rho needs twice the noise, exactly. */
function atRho(sigma2: number, rho: number): Rational {
  const [atMost, most, less] = [exact(sigma2), exact(MAX_RHO), exact(rho)];
  return reduced({
    numerator: atMost.numerator * most.numerator * less.denominator,
    denominator: atMost.denominator * most.denominator * less.numerator,
  });
}

/** The variance of each family of a preset; null where the plan is none, or its families are not those of the data. */
export function presetVariances({ preset, rho }: Plan, families: readonly Family[]): Rational[] | null {
  if (preset === 'own') return null;
  const rows = variances[preset];
  const found = families.flatMap(({ id, scale, queries }) => {
    const [count, ofScale, sigma2 = NaN] = rows[id] ?? [];
    return count === queries.length && ofScale === scale ? [atRho(sigma2, rho)] : [];
  });
  return found.length === families.length && families.length === Object.keys(rows).length ? found : null;
}
