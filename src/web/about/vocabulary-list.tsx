/** Every question of the vocabulary with every answer there is to it. */
import { leafCodes } from '../../contract/codes.js';
import { CONVERSATION, KIND } from '../../contract/kind.js';
import type { Code, Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';

interface AnswersProps {
  readonly dimension: Dimension;
  /** The codes of one level: those without a parent, or the children of a group. */
  readonly codes: readonly Code[];
}

/** Answers on one line; a group of them on a line of its own, after what they have in common. */
function Answers({ dimension, codes }: AnswersProps) {
  const { locale } = useLanguage();
  return (
    <ul>
      {codes.map(({ id, group, label }) =>
        group === true ? (
          <li key={id} className="group">
            <span>{label[locale]}:</span>{' '}
            <Answers dimension={dimension} codes={dimension.codes.filter(({ parent }) => parent === id)} />
          </li>
        ) : (
          <li key={id}>{label[locale]}</li>
        ),
      )}
    </ul>
  );
}

function Questions({
  title,
  dimensions,
}: {
  readonly title: string;
  readonly dimensions: readonly Dimension[];
}) {
  const { locale, words } = useLanguage();
  if (dimensions.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className="questions-asked">
        {dimensions.map((dimension) => (
          <div key={dimension.id} data-dimension={dimension.id}>
            <dt>
              {dimension.label[locale]}
              {dimension.max > 1 && <span className="aside soft"> {words.call.upTo(dimension.max)}</span>}
            </dt>
            <dd>
              <Answers
                dimension={dimension}
                codes={dimension.codes.filter(({ parent }) => parent === undefined)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

export function VocabularyList({ vocabulary }: { readonly vocabulary: Vocabulary }) {
  const { locale, words } = useLanguage();
  const { dimensions, version } = vocabulary;
  const kinds = dimensions.find(({ id }) => id === KIND)?.codes ?? [];
  const answers = dimensions.reduce((sum, dimension) => sum + leafCodes(dimension).length, 0);
  const of = (applies: Dimension['applies']) =>
    dimensions.filter((dimension) => dimension.applies === applies);
  return (
    <>
      <p className="soft">{words.about.counted(dimensions.length, answers, version)}</p>
      <Questions title={words.about.ofAll} dimensions={of('all')} />
      <Questions
        title={words.about.ofConversations(kinds.find(({ id }) => id === CONVERSATION)?.label[locale] ?? '')}
        dimensions={of('conversation')}
      />
    </>
  );
}
