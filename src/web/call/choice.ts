import type { Dimension } from '../../contract/vocabulary.js';

/** What every layout of a question is given. */
export interface ChoiceProps {
  readonly dimension: Dimension;
  readonly chosen: readonly string[];
  /** Null takes the choice back. */
  readonly onChoose: (code: string | null) => void;
  /** The id of the question's text. */
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}
