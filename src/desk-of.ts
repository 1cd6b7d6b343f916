/** The desk's word on quarters that have not begun, as the keeper may read it. */
import { planOf } from './desk/planning/plan.js';
import { vocabularyOf } from './desk/planning/vocabulary.js';
import type { Desk } from './keeping/quarter.js';
import type { Database } from './platform/database.js';

export function deskOf(keeper: Database): Desk {
  return {
    planOf: (quarter) => planOf({ desk: keeper, reader: keeper }, quarter),
    vocabularyOf: vocabularyOf(keeper),
  };
}
