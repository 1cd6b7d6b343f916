/** Every question that applies: those asked of every contact on top, the others in three columns. */
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { columns } from './columns.js';
import { applies, chosenIn, daypart, type Draft } from './draft.js';
import { focusQuestion } from './focus.js';
import { Measured } from './measured.js';
import { Question } from './question.js';

/** What is wrong, by dimension id: the API's code for it. */
export type AnswerErrors = ReadonlyMap<string, string>;

interface Props {
  readonly vocabulary: Vocabulary;
  readonly draft: Draft;
  readonly errors: AnswerErrors;
  readonly onChoose: (dimension: Dimension, code: string | null) => void;
}

export function Questions({ vocabulary, draft, errors, onChoose }: Props) {
  const { locale, words } = useLanguage();
  const top = useRef<HTMLDivElement>(null);
  const [daypartOpen, setDaypartOpen] = useState(false);
  const always = vocabulary.dimensions.filter(({ applies: universe }) => universe === 'all');
  const cut = useMemo(
    () =>
      columns(
        vocabulary.dimensions.filter(({ applies: universe }) => universe !== 'all'),
        locale,
      ),
    [vocabulary, locale],
  );

  const errorIn = (dimension: Dimension): string | null => {
    const code = errors.get(dimension.id);
    if (code === undefined) return null;
    if (code === 'missing' && dimension.max > 1) return words.call.problems['missing-several'];
    const known: Readonly<Partial<Record<string, string>>> = words.call.problems;
    return known[code] ?? words.call.problems.other;
  };
  const question = (dimension: Dimension) => {
    const chosen = chosenIn(draft.chosen, dimension.id);
    const [code] = chosen;
    if (dimension.id === daypart && code !== undefined && !daypartOpen && !errors.has(daypart)) {
      const open = () => {
        flushSync(() => {
          setDaypartOpen(true);
        });
        focusQuestion(top.current, dimension.id);
      };
      return <Measured key={dimension.id} dimension={dimension} code={code} onOpen={open} />;
    }
    return (
      <Question
        key={dimension.id}
        dimension={dimension}
        chosen={chosen}
        error={errorIn(dimension)}
        onChoose={(next) => {
          onChoose(dimension, next);
        }}
      />
    );
  };

  const shown = cut.map((column) => column.filter((dimension) => applies(dimension, draft.chosen)));
  return (
    <>
      <div className="always" ref={top}>
        {always.map(question)}
      </div>
      <div className="columns">
        {shown.map((column) => {
          const [first] = column;
          return (
            first !== undefined && (
              <div className="column" key={first.id}>
                {column.map(question)}
              </div>
            )
          );
        })}
      </div>
    </>
  );
}
