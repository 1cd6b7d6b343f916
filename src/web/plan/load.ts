/** A quarter's plan, and the questions that it is about. */
import { getPlan } from '../../contract/api/planning.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { Quarter } from '../../contract/period.js';
import type { QuarterPlan } from '../../contract/plan-choice.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { call, type Reply } from '../api.js';

export interface LoadedPlan {
  readonly plan: QuarterPlan;
  readonly vocabulary: Vocabulary;
}

export async function loadPlan(quarter: Quarter): Promise<Reply<LoadedPlan>> {
  const [plan, vocabulary] = await Promise.all([call(getPlan, { params: { quarter } }), call(getVocabulary)]);
  if (!plan.ok) return plan;
  if (!vocabulary.ok) return vocabulary;
  return { ok: true, status: 200, body: { plan: plan.body, vocabulary: vocabulary.body } };
}
