import type { FormDimension } from './form-vocabulary.js';

/** What every layout of a question is given. */
export interface ChoiceProps {
  readonly dimension: FormDimension;
  readonly chosen: readonly string[];
  /** Whether an answer that is a group says what it stands for. */
  readonly hints: boolean;
  /** Null takes the choice back. */
  readonly onChoose: (code: string | null) => void;
  /** The id of the question's text. */
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}
