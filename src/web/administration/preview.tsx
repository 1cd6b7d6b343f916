/** The form as it will be: the questions as handlers get them. Nothing is sent from here. */
import { useMemo, useState } from 'react';
import { vocabularyInUse } from '../../contract/draft-rules.js';
import type { Dimension } from '../../contract/vocabulary.js';
import { choose, chosenIn, emptyDraft, isAsked } from '../call/draft.js';
import { Question } from '../call/question.js';
import type { Dimensions } from './editing.js';
import { useAdministration } from './words.js';

export function Preview({ dimensions }: { readonly dimensions: Dimensions }) {
  const { t } = useAdministration();
  const vocabulary = useMemo(
    () => vocabularyInUse({ version: 1, dimensions: [...dimensions] }),
    [dimensions],
  );
  const [draft, setDraft] = useState(() => emptyDraft(vocabulary, new Date()));
  const question = (dimension: Dimension) => (
    <Question
      key={dimension.id}
      dimension={dimension}
      chosen={chosenIn(draft.chosen, dimension.id)}
      error={null}
      onChoose={(code) => {
        const now = new Date();
        setDraft((before) => choose(before, vocabulary, dimension, code, now));
      }}
    />
  );
  const asked = vocabulary.dimensions.filter((dimension) => isAsked(dimension, draft.chosen));
  return (
    <details className="preview">
      <summary>{t.vocabulary.preview}</summary>
      <p className="soft">{t.vocabulary.previewWhy}</p>
      <div className="preview-always">
        {asked.filter((dimension) => dimension.applies === 'all').map(question)}
      </div>
      <div className="preview-columns">
        {asked.filter((dimension) => dimension.applies !== 'all').map(question)}
      </div>
    </details>
  );
}
