/** Every question that applies: those asked of every contact on top, the others in three columns. */
import { useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { wordFor } from '../../contract/words.js';
import { useLanguage } from '../messages/language.js';
import { columns } from './columns.js';
import { chosenIn, daypart, heldIn, isAsked, length, type Draft } from './draft.js';
import { focusQuestion } from './focus.js';
import type { FormDimension, FormVocabulary } from './form-vocabulary.js';
import { onQuestionKey } from './keys.js';
import { Measured } from './measured.js';
import type { AnswerErrors } from './outcome.js';
import { Question } from './question.js';

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly draft: Draft;
  readonly errors: AnswerErrors;
  /** Whether the timer measures the length. */
  readonly timed: boolean;
  readonly onChoose: (dimension: FormDimension, code: string | null) => void;
  /** What stands beside the first questions: the timer. */
  readonly beside: ReactNode;
  readonly inert: boolean;
}

export function Questions({ vocabulary, draft, errors, timed, onChoose, beside, inert }: Props) {
  const { locale, words } = useLanguage();
  /** The dimensions whose measured answer the handler has opened. */
  const [opened, setOpened] = useState<readonly string[]>([]);
  const always = vocabulary.dimensions.filter(({ applies: universe }) => universe === 'all');
  const { widths, cut, hints } = useMemo(
    () =>
      columns(
        vocabulary.dimensions.filter(({ applies: universe }) => universe !== 'all'),
        locale,
      ),
    [vocabulary, locale],
  );

  const errorIn = (dimension: FormDimension): string | null => {
    const code = errors.get(dimension.id);
    if (code === undefined) return null;
    if (code === 'missing' && dimension.max > 1) return words.call.problems['missing-several'];
    return wordFor(words.call.problems, code) ?? words.call.problems.other;
  };
  /** Whether the clock has answered, and nobody has wanted to see the choices. */
  const isQuiet = ({ id }: FormDimension): boolean => {
    const measured = id === daypart || (id === length && timed);
    return measured && !opened.includes(id) && !errors.has(id) && !draft.said.includes(id);
  };
  const question = (dimension: FormDimension) => {
    const [code] = chosenIn(draft.chosen, dimension.id);
    if (code !== undefined && isQuiet(dimension)) {
      const open = (line: HTMLElement) => {
        const questions = line.closest('.questions');
        flushSync(() => {
          setOpened([...opened, dimension.id]);
        });
        focusQuestion(questions, dimension.id);
      };
      return <Measured key={dimension.id} dimension={dimension} code={code} onOpen={open} />;
    }
    return (
      <Question
        key={dimension.id}
        dimension={dimension}
        chosen={heldIn(dimension, draft.chosen)}
        hints={hints}
        error={errorIn(dimension)}
        onChoose={(next) => {
          onChoose(dimension, next);
        }}
      />
    );
  };

  const first = always.filter((dimension) => !isQuiet(dimension));
  const quiet = always.filter(isQuiet);
  return (
    <div
      className="questions"
      data-few={hints}
      inert={inert}
      onKeyDown={(event) => {
        onQuestionKey(event.nativeEvent);
      }}
    >
      <div className="always">
        {first.map(question)}
        <div className="beside">
          {quiet.map(question)}
          {beside}
        </div>
      </div>
      <div
        className="columns"
        style={{ '--shares': widths.map((width) => `${width}fr`).join(' ') } as CSSProperties}
      >
        {cut.map((column) => {
          const [head] = column;
          const asked = column.filter((dimension) => isAsked(dimension, draft.chosen));
          return (
            head !== undefined &&
            asked.length > 0 && (
              <div className="column" key={head.id}>
                {asked.map(question)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
